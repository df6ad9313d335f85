"""Settings: the shipped file, an own file, the environment."""

from pathlib import Path

import pytest

from matchmaker.config import load_settings
from matchmaker.errors import InvalidInputError


def own_file(folder: Path, content: str) -> Path:
    file = folder / "own.yaml"
    file.write_text(content, encoding="utf-8")
    return file


def test_an_own_file_names_only_what_differs(tmp_path: Path) -> None:
    own = load_settings(own_file(tmp_path, "retrieval: {fusion: {dense: 2.5}}"))

    assert own.retrieval.fusion.dense == 2.5
    assert own.retrieval.fusion.parts == load_settings().retrieval.fusion.parts
    assert load_settings().retrieval.fusion.dense != 2.5


def test_the_environment_beats_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHMAKER_LISTS__LENGTH", "7")
    monkeypatch.setenv("MATCHMAKER_CONFIG", str(own_file(tmp_path, "lists: {length: 5}\nseed: 3")))

    assert (load_settings().lists.length, load_settings().seed) == (7, 3)


def test_the_environment_can_switch_the_model_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MATCHMAKER_EMBEDDING__MODEL", "null")

    assert load_settings().embedding.model is None


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("lists: {length: 0}", "lists.length"),
        ("lists: {lenght: 5}", "lists.lenght"),
        ("scoring: {rule: geometric}", "scoring.rule"),
        ("lists: [", "cannot be read"),
    ],
)
def test_a_wrong_setting_is_named(tmp_path: Path, content: str, says: str) -> None:
    with pytest.raises(InvalidInputError, match=says) as refused:
        load_settings(own_file(tmp_path, content))
    assert refused.value.field
