"""What the README shows is what the program prints."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_demo_output_in_the_readme_is_real(tmp_path: Path) -> None:
    blocks = re.findall(r"<!-- demo output.*?-->\n```\n(.*?)```", README, flags=re.DOTALL)
    assert len(blocks) == 2
    command = [str(Path(sys.executable).parent / "matchmaker"), "demo", "--folder", str(tmp_path)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert printed.startswith(blocks[0])
    assert blocks[0].count("\n    + ") >= 3
    assert printed.endswith(blocks[1])


def test_the_figures_in_the_readme_are_the_measured_ones() -> None:
    def measured(name: str) -> Any:
        return json.loads((ROOT / "docs" / "measured" / f"{name}.json").read_bytes())

    imports, tandems, request = measured("imports"), measured("tandems"), measured("request")
    profiles = [entry for entry in imports["files"] if entry["file"].startswith("profiles/")]
    seconds = sum(entry["seconds"] for entry in profiles)
    created = min(entry["created_share"] for entry in profiles)
    stages = [
        tandems["ablations"]["retrieval"][name]["strict"]["recall@10"]
        for name in ("dense", "lexical", "hybrid")
    ]
    languages = [
        tandems["product"]["by_language"][pair]["strict"]["recall@10"]
        for pair in ("de>de", "de>en")
    ]

    assert f"| {seconds:.0f} s, {100 * created:.2f} % created |" in README
    assert "| " + " / ".join(f"{value:.2f}" for value in stages) + " |" in README
    assert "| " + " / ".join(f"{value:.2f}" for value in languages) + " |" in README
    assert f"| {request['p50_ms']:.0f} / {request['p95_ms']:.0f} ms |" in README
    reciprocal = measured("reciprocal")
    sides = [
        " / ".join(
            f"{reciprocal[information]['rules'][rule]['match_auc']['value']:.2f}"
            for rule in ("one_sided", "harmonic_mean")
        )
        for information in ("cold", "warm")
    ]
    assert f"| {'; '.join(sides)} |" in README


def test_asking_both_sides_reaches_the_published_figures_and_beats_asking_one() -> None:
    reciprocal = json.loads((ROOT / "docs" / "measured" / "reciprocal.json").read_bytes())

    assert all(goal["measured"] >= goal["goal"] for goal in reciprocal["goals"])
    for information in ("cold", "warm"):
        gains = reciprocal[information]["gain_over_one_sided"]
        assert all(gain["interval"][0] > 0 for rule in gains.values() for gain in rule.values())


def test_every_command_in_the_readme_exists() -> None:
    program = str(Path(sys.executable).parent / "matchmaker")
    listed = subprocess.run([program, "--help"], capture_output=True, text=True, check=True).stdout
    used = set(re.findall(r"^matchmaker ([a-z-]+)", README, flags=re.MULTILINE))

    assert len(used) >= 6
    assert all(command in listed for command in used)


def test_every_file_that_the_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\(([^)]+)\)", README)

    for link in links:
        assert link.startswith("https://") or (ROOT / link).exists(), link


def test_the_card_of_the_model_gives_the_measured_figures() -> None:
    card = (ROOT / "models" / "matchmaker-minilm-de-en" / "README.md").read_text("utf-8")
    encoder = json.loads((ROOT / "docs" / "measured" / "encoder.json").read_bytes())
    tandems = json.loads((ROOT / "docs" / "measured" / "tandems.json").read_bytes())
    product = tandems["product"]
    figures = {
        "| STSb-de, Spearman": encoder["similarity"]["de"]["spearman"],
        "| STSb-en": encoder["similarity"]["en"]["spearman"],
        "| STSb de–en": encoder["similarity"]["de-en"]["spearman"],
        "| held-out Tatoeba pairs found, German to English": encoder["translation"]["de>en"],
        "| English to German": encoder["translation"]["en>de"],
        "| tandems, finished lists, strict R@1": product["strict"]["recall@1"],
        "| strict R@10": product["strict"]["recall@10"],
        "| lenient R@10": product["lenient"]["recall@10"],
        "| 500 invented startups": encoder["twins"]["ratio"],
        "| 50 lay clinical phrases": encoder["clinical"]["recall@10"],
    }
    lines = card.splitlines()
    for beginning, value in figures.items():
        (line,) = [line for line in lines if line.startswith(beginning) and line.count("|") == 4]
        measured, goal = float(line.split("|")[3].split()[0]), float(line.split("|")[2])
        assert measured == round(value, 3), line
        assert ("missed" in line) is (measured < goal), line
    assert encoder["encoder"] == tandems["encoder"]
