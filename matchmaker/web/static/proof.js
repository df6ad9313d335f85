// Lets the browser do the work that proof.html asks for, beside the page, in a worker of our own.
import "./vendor/altcha.js";
import "./vendor/altcha.de.js";

const worker = new URL("./vendor/altcha.worker.js", import.meta.url);
globalThis.$altcha.algorithms.set("PBKDF2/SHA-256", () => new Worker(worker));

for (const widget of document.querySelectorAll("altcha-widget")) {
  // Where it cannot be done, the form goes without it, as it does without JavaScript.
  widget.addEventListener("statechange", (event) => {
    if (event.detail.state === "error") widget.remove();
  });
}
