"""What the README shows is what the program prints."""

import re
import subprocess
import sys
from pathlib import Path

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def test_the_demo_output_in_the_readme_is_real(tmp_path: Path) -> None:
    block = re.search(r"<!-- demo output.*?-->\n```\n(.*?)```", README, flags=re.DOTALL)
    assert block
    command = [str(Path(sys.executable).parent / "matchmaker"), "demo", "--folder", str(tmp_path)]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout

    assert printed.startswith(block[1])
    assert block[1].count("\n    + ") >= 3


def test_every_command_in_the_readme_exists() -> None:
    program = str(Path(sys.executable).parent / "matchmaker")
    listed = subprocess.run([program, "--help"], capture_output=True, text=True, check=True).stdout
    used = set(re.findall(r"^matchmaker ([a-z-]+)", README, flags=re.MULTILINE))

    assert len(used) >= 6
    assert all(command in listed for command in used)


def test_every_file_that_the_readme_links_to_is_there() -> None:
    links = re.findall(r"\]\(([^)]+)\)", README)

    for link in links:
        assert link.startswith("https://") or (Path(__file__).parents[1] / link).exists(), link
