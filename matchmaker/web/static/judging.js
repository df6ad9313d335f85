// Keys for a list of proposals. Each of them presses a button or follows a link that is there
// for everybody; without this file the page does the same.
"use strict";

const rows = [...document.querySelectorAll(".proposal")];
const help = document.getElementById("keys");
const said = document.getElementById("said");
const title = (row) => row.querySelector("h3 a");
// The browser has moved the focus to what the address names.
let current = rows.findIndex((row) => "#" + title(row).id === location.hash);

const reasons = (row) => row.querySelector("details.no");

function go(to) {
  if (rows.length === 0) return;
  current = Math.min(Math.max(to, 0), rows.length - 1);
  title(rows[current]).focus();
}

function chosen() {
  const focused = rows.findIndex((row) => row.contains(document.activeElement));
  if (focused >= 0) current = focused;
  return rows[Math.max(current, 0)];
}

function openReasons(row) {
  reasons(row).open = true;
  row.querySelector("[data-key]").focus();
}

function chooseReason(row, key) {
  if (!reasons(row).open) return false;
  if (key === "Escape") {
    reasons(row).open = false;
    row.querySelector("summary").focus();
    return true;
  }
  const button = row.querySelector(`[data-key="${CSS.escape(key)}"]`);
  button?.click();
  return button !== null;
}

const keys = {
  j: () => go(current + 1),
  k: () => go(current - 1),
  o: (row) => title(row).click(),
  "+": (row) => row.querySelector("[value=judged_fit]").click(),
  "-": openReasons,
  "/": () => location.assign(help.dataset.search),
  "?": () => {
    help.open = !help.open;
    help.querySelector("summary").focus();
  },
};
const needsNoRow = ["/", "?"];

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
  if (event.target.closest("input, textarea, select")) return;
  const row = chosen();
  if (row === undefined && !needsNoRow.includes(event.key)) return;
  if (row !== undefined && chooseReason(row, event.key)) {
    event.preventDefault();
  } else if (Object.hasOwn(keys, event.key)) {
    event.preventDefault();
    keys[event.key](row);
  }
});

if (current >= 0) {
  // A live region speaks of what changes after the page is there.
  const verdict = rows[current].querySelector(".said");
  if (verdict) setTimeout(() => (said.textContent = verdict.textContent), 100);
}
