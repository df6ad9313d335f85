"""The commands of `contract.md`, called as a script would call them."""

import csv
import gzip
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

MATCHMAKER = str(Path(sys.executable).parent / "matchmaker")

NEED = "Unsere Schweißnähte werden von Hand geprüft, das ist langsam und nicht dokumentiert."
SOLUTIONS = [
    ("s1", "Nahtblick", "Eine Kamera prüft Schweißnähte im Takt und dokumentiert jeden Fehler."),
    ("s2", "Kitafix", "Wir vermitteln Betreuungsplätze in Kindertagesstätten der Region."),
    ("s3", "Pumpwerk", "Sensoren erkennen Schäden an Pumpen, bevor die Anlage steht."),
]

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(database_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    """Run a command on a database of its own and return what came back."""
    monkeypatch.setenv("MATCHMAKER_DATABASE_URL", database_url)
    # What a command does is the same with every encoder, and this one is there at once.
    monkeypatch.setenv("MATCHMAKER_EMBEDDING__MODEL", "null")
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([MATCHMAKER, *arguments], capture_output=True, text=True, check=False)

    return call


def answer(result: subprocess.CompletedProcess[str]) -> Any:
    assert result.returncode == 0, result.stderr
    return json.loads(result.stdout)


def write_startups(path: Path) -> Path:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["id", "name", "text", "country"])
        writer.writerows([*solution, "DE"] for solution in SOLUTIONS)
    return path


def write_needs(path: Path) -> Path:
    line = json.dumps({"id": "n1", "text": NEED, "lang": "de"}, ensure_ascii=False)
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.write(line + "\n")
    return path


def test_from_files_to_an_explained_list_and_back(run: Run, tmp_path: Path) -> None:
    assert answer(run("init", "--json"))["revision"]
    report = answer(run("import", "startups", str(write_startups(tmp_path / "s.csv")), "--json"))
    assert (report["read"], report["created"], report["rejected"]) == (3, 3, [])
    assert answer(run("import", "needs", str(write_needs(tmp_path / "n.jsonl.gz")), "--json"))

    found = answer(run("match", "--need", "n1", "--json", "--lang", "en"))
    assert found["results"][0]["startup"]["name"] == "Nahtblick"
    assert found["considered"] == 3
    assert (
        run("match", "--need", "n1", "--json").stdout
        == run("match", "--need", "n1", "--json").stdout
    )

    entry = found["results"][0]["list_entry"]
    event = answer(run("record-event", "--list-entry", entry, "--kind", "judged_fit", "--json"))
    assert event["event"]
    no = ("record-event", "--list-entry", entry, "--kind", "judged_no_fit", "--reason", "timing")
    untold = run(*no)
    assert (untold.returncode, untold.stderr.startswith("until: ")) == (2, True)
    assert answer(run(*no, "--until", "2099-01-01", "--json"))["event"]
    assert answer(run("match", "--need", "n1", "--json"))["excluded"] == {"judged_timing": 1}
    assert answer(run(*no[:4], "verdict_withdrawn", "--json"))["event"]
    nobodys = run("record-event", "--list-entry", entry, "--kind", "sme_asked")
    assert (nobodys.returncode, "names no firm" in nobodys.stderr) == (1, True)
    assert answer(run("match", "--need", "n1", "--json"))["excluded"] == {}
    refused = run("why-not", "--need", "n1", "--startup", "s1")
    assert (refused.returncode, "rank 1" in refused.stderr) == (1, True)
    night = answer(run("nightly", "--json"))
    assert (night["needs"], night["published"], night["startups"]) == (1, 1, 3)
    assert night["asked"] == {"still_right": 0, "profile_rests": 0}

    undone = run("undo", report["batch"], "--json")
    assert undone.returncode == 0, undone.stderr
    exported = answer(run("export", "startups", str(tmp_path / "out.jsonl"), "--json"))
    assert exported["rows"] >= 1


def test_outcomes_of_the_past_come_in_by_a_file(run: Run, tmp_path: Path) -> None:
    run("init")
    run("import", "startups", str(write_startups(tmp_path / "s.csv")))
    run("import", "needs", str(write_needs(tmp_path / "n.jsonl.gz")))
    file = tmp_path / "ergebnisse.csv"
    rows = ["Bedarf;Startup;Ergebnis;Datum;Grund", "n1;s1;Vertrag;12.03.2024;"]
    file.write_text("\n".join([*rows, "n1;s2;Absage;2024-05-02;", "n1;s3;?;"]), encoding="utf-8")

    dry = answer(run("import", "outcomes", str(file), "--dry-run", "--json"))
    report = answer(run("import", "outcomes", str(file), "--json"))
    assert {"read", "created", "updated", "unchanged", "rejected", "batch"} <= set(report)
    assert (dry["created"], dry["batch"]) == (report["created"], None) == (1, None)
    named = [(each["row"], each["column"]) for each in report["rejected"]]
    assert named == [(3, "Grund"), (4, "Ergebnis")]
    again = run("import", "outcomes", str(file))
    assert "created 0, updated 0, unchanged 1" in again.stdout
    assert "row 3, column Grund: This needs a reason" in again.stdout
    assert answer(run("undo", report["batch"], "--json"))["deleted"] == 1


def test_a_token_is_shown_once_and_can_be_taken_back(run: Run) -> None:
    run("init")
    assert answer(run("token", "CRM", "--json"))["token"].startswith("mm_")
    again = run("token", "CRM")
    assert (again.returncode, "CRM" in again.stderr) == (1, True)
    assert answer(run("token", "CRM", "--revoke", "--json")) == {"label": "CRM"}
    assert answer(run("token", "CRM", "--json"))["token"].startswith("mm_")


def test_a_text_typed_in_is_answered_and_kept_nowhere(run: Run, tmp_path: Path) -> None:
    run("init")
    run("import", "startups", str(write_startups(tmp_path / "s.csv")))
    found = answer(run("match", "--text", NEED, "--top", "2", "--json"))

    assert len(found["results"]) == 2
    assert found["results"][0]["list_entry"] is None
    assert answer(run("export", "needs", str(tmp_path / "n.csv"), "--json"))["rows"] == 0


@pytest.mark.parametrize(
    ("arguments", "code", "says"),
    [
        (["match"], 2, "--text"),
        (["match", "--text", "x", "--lang", "fr"], 2, "fr"),
        (["match", "--need", "nobody"], 1, "nobody"),
        (["import", "startups", "missing.csv"], 2, "missing.csv"),
        (["import", "planets", "missing.csv"], 2, "planets"),
        (["match", "--text", "x", "--office", "elsewhere"], 1, "elsewhere"),
        (["init", "--config", "missing.yaml"], 2, "missing.yaml"),
        (["no-such-command"], 2, "no-such-command"),
    ],
)
def test_what_cannot_be_done_is_said_in_a_line(
    run: Run, arguments: list[str], code: int, says: str
) -> None:
    run("init")
    result = run(*arguments)

    assert (result.returncode, result.stdout) == (code, "")
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_without_a_database_the_next_step_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("MATCHMAKER_DATABASE_URL", f"sqlite:///{tmp_path / 'none.sqlite'}")
    result = subprocess.run(
        [MATCHMAKER, "match", "--text", NEED], capture_output=True, text=True, check=False
    )

    assert result.returncode == 1
    assert "matchmaker init" in result.stderr


def test_texts_become_unit_vectors_in_a_file(tmp_path: Path) -> None:
    texts = tmp_path / "texts.txt"
    texts.write_text("Pumpen überwachen\nWelding seams\n", encoding="utf-8")
    vectors_file = tmp_path / "vectors.npy"
    result = subprocess.run(
        [MATCHMAKER, "embed", str(texts), "--role", "need", "--out", str(vectors_file), "--json"],
        capture_output=True,
        text=True,
        check=False,
    )

    found = answer(result)
    vectors = np.load(vectors_file)
    assert vectors.shape == (found["n"], found["dimension"]) == (2, found["dimension"])
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


@pytest.mark.parametrize("command", [["--help"], ["init"], ["export", "needs", "n.csv"]])
def test_a_command_that_embeds_nothing_loads_no_model_library(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    monkeypatch.setenv("MATCHMAKER_DATABASE_URL", database_url)
    # What a command does is the same with every encoder, and this one is there at once.
    monkeypatch.setenv("MATCHMAKER_EMBEDDING__MODEL", "null")
    monkeypatch.chdir(tmp_path)
    code = (
        "import sys\nfrom matchmaker.cli import app\n"
        f"try: app({command!r})\nexcept SystemExit: pass\n"
        "heavy = {'torch', 'transformers', 'sentence_transformers', 'sklearn', 'scipy', 'numba'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )

    assert result.stderr.strip().splitlines()[-1] == "[]"
