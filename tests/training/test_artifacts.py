"""Trained scorers as files: what was saved comes back, and nothing else does."""

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matchmaker.errors import ConflictError, InvalidInputError
from matchmaker.scoring import Calibration, ScorerParameters, SideParameters, weighable
from matchmaker.training import SavedScorer, load_scorer, save_scorer
from tests.training.saved import learned

NUMBERS = st.floats(-1e6, 1e6, allow_nan=False)


@st.composite
def sides(draw: st.DrawFn) -> SideParameters:
    """Any weights of any features, in any order, with any covariance, singular ones among them."""
    names = draw(st.lists(st.sampled_from(weighable()), min_size=1, max_size=5, unique=True))
    size = len(names) + 1
    rank = draw(st.integers(0, size))
    rows = st.lists(st.floats(-10, 10), min_size=size * rank, max_size=size * rank)
    root = np.array(draw(rows)).reshape(size, rank)
    weights = {name: draw(NUMBERS) for name in names}
    return SideParameters(draw(NUMBERS), weights, root @ root.T)


@st.composite
def scorers(draw: st.DrawFn) -> ScorerParameters:
    calibration = st.builds(Calibration, NUMBERS, NUMBERS, st.sampled_from(["product", "min"]))
    chosen = draw(st.none() | calibration)
    return ScorerParameters("any", draw(sides()), draw(sides()), chosen)


@given(scorers())
def test_what_was_saved_is_what_is_loaded_bit_by_bit(parameters: ScorerParameters) -> None:
    with TemporaryDirectory() as folder:
        saved = save_scorer(Path(folder), parameters, {}, "")
        found = load_scorer(Path(folder), saved.version, saved.digest)

    assert found.version == saved.version
    for before, after in ((parameters.sme, found.sme), (parameters.startup, found.startup)):
        assert after.intercept == before.intercept
        assert list(after.weights.items()) == list(before.weights.items())
        np.testing.assert_array_equal(after.covariance, before.covariance)
    assert found.calibration == parameters.calibration


def test_a_name_means_these_numbers_and_no_others(tmp_path: Path) -> None:
    one, same, other = (save_scorer(tmp_path, learned(factor), {}, "") for factor in (2, 2, 3))

    assert one == same
    assert one.version != other.version
    assert one.version == f"learned-{one.digest[:12]}"
    folders = sorted((tmp_path / "scorers").iterdir())
    assert [folder.name for folder in folders] == sorted([one.version, other.version])
    for folder in folders:
        # Nothing unfinished is left behind.
        assert sorted(file.name for file in folder.iterdir()) == [
            "metrics.json", "model_card.md", "parameters.json",
        ]  # fmt: skip


def test_metrics_and_card_lie_beside_the_numbers(tmp_path: Path) -> None:
    saved = save_scorer(tmp_path, learned(), {"n": np.int64(3), "x": float("nan")}, "# Größe")
    folder = tmp_path / "scorers" / saved.version

    assert orjson.loads((folder / "metrics.json").read_bytes()) == {"n": 3, "x": None}
    assert (folder / "model_card.md").read_text("utf-8") == "# Größe"


@pytest.fixture
def stored(tmp_path: Path) -> tuple[Path, SavedScorer]:
    saved = save_scorer(tmp_path, learned(calibration=Calibration(1.5, -0.2)), {"n": 3}, "# Card")
    return tmp_path, saved


# What a byte of the file may be part of.
POSITIONS = {
    "a brace": rb"\{",
    "the name of a side": rb'"sme"',
    "the name of a feature": rb'"tag_fit"',
    "a digit": rb"(?<=: )\d",
    "a decimal point": rb"(?<=\d)\.(?=\d)",
    "a sign": rb"-(?=\d)",
    "the covariance": rb"(?<=\n        )\d\.\d+",
    "the calibration": rb'"slope": 1\.5',
    "the rule": rb"harmonic_mean",
    "space": rb"\n ",
    "the last byte": rb"\}\Z",
}


@pytest.mark.parametrize("what", POSITIONS)
@pytest.mark.parametrize("bit", range(8))
def test_a_flipped_bit_is_found_wherever_it_is(
    stored: tuple[Path, SavedScorer], what: str, bit: int
) -> None:
    folder, saved = stored
    path = folder / "scorers" / saved.version / "parameters.json"
    content = bytearray(path.read_bytes())
    found = re.search(POSITIONS[what], content)
    assert found, content
    content[found.start()] ^= 1 << bit
    path.write_bytes(content)

    with pytest.raises(ConflictError, match=f"{saved.version}.*not those that were saved"):
        load_scorer(folder, saved.version, saved.digest)


def test_numbers_of_another_version_are_refused(stored: tuple[Path, SavedScorer]) -> None:
    folder, saved = stored
    other = save_scorer(folder, learned(3.0), {}, "")
    source = folder / "scorers" / other.version / "parameters.json"
    (folder / "scorers" / saved.version / "parameters.json").write_bytes(source.read_bytes())

    with pytest.raises(ConflictError, match="not those that were saved"):
        load_scorer(folder, saved.version, saved.digest)
    # Whoever could also change the digest still could not change what the name says.
    with pytest.raises(ConflictError, match="not those that were saved"):
        load_scorer(folder, saved.version, other.digest)


@pytest.mark.parametrize("name", ["parameters.json", "metrics.json", "model_card.md"])
def test_a_missing_file_is_named(stored: tuple[Path, SavedScorer], name: str) -> None:
    folder, saved = stored
    (folder / "scorers" / saved.version / name).unlink()

    with pytest.raises(ConflictError, match=f"{saved.version} lacks its file {name}"):
        load_scorer(folder, saved.version, saved.digest)
    # Saving the same numbers again makes it whole.
    assert save_scorer(folder, learned(calibration=Calibration(1.5, -0.2)), {}, "") == saved
    load_scorer(folder, saved.version, saved.digest)


Spoil = Callable[[SideParameters], SideParameters]


def with_weight(name: str, weight: float) -> Spoil:
    return lambda side: SideParameters(side.intercept, {name: weight}, np.zeros((2, 2)))


def with_covariance(change: Callable[[np.ndarray], np.ndarray]) -> Spoil:
    return lambda side: replace(side, covariance=change(side.covariance.copy()))


def set_cell(row: int, column: int, value: float) -> Spoil:
    def change(covariance: np.ndarray) -> np.ndarray:
        covariance[row, column] = value
        return covariance

    return with_covariance(change)


SPOILED: dict[str, tuple[Spoil, str]] = {
    "an unknown feature": (with_weight("moon_phase", 1.0), "no feature named moon_phase"),
    "the office's own word": (with_weight("judged_poor_fit", 1.0), "named judged_poor_fit"),
    "a weight that is not a number": (with_weight("tag_fit", float("nan")), "finite"),
    "an endless weight": (with_weight("tag_fit", float("inf")), "finite"),
    "no weights": (lambda side: replace(side, weights={}), "at least 1 item"),
    "an endless intercept": (lambda side: replace(side, intercept=float("-inf")), "finite"),
    "an endless variance": (set_cell(1, 1, float("inf")), "finite"),
    "a lopsided covariance": (set_cell(0, 1, 0.001), "not symmetric"),
    "a negative variance": (set_cell(2, 2, -0.01), "not positive semi-definite"),
    "an enormous negative variance": (set_cell(2, 2, -1e300), "not positive semi-definite"),
    "too small a covariance": (with_covariance(lambda c: c[1:, 1:]), "rows of"),
    "a ragged covariance": (with_covariance(lambda c: c[:, 1:]), "rows of"),
}


@pytest.mark.parametrize("what", SPOILED)
def test_numbers_that_make_no_sense_are_neither_saved_nor_loaded(tmp_path: Path, what: str) -> None:
    spoil, words = SPOILED[what]
    good = learned()
    for spoiled in (
        replace(good, sme=spoil(good.sme)),
        replace(good, startup=spoil(good.startup)),
    ):
        with pytest.raises(InvalidInputError, match=words):
            save_scorer(tmp_path, spoiled, {}, "")
    assert not (tmp_path / "scorers").exists()


@pytest.mark.parametrize(
    "content",
    [b"", b"{}", b"[1]", b'{"sme": {}}', b"import os", b"\x80\x04K\x01."],
    ids=["nothing", "empty", "list", "half", "code", "pickle"],
)
def test_anything_else_under_its_own_digest_is_refused_in_words(
    tmp_path: Path, content: bytes
) -> None:
    import hashlib

    saved = save_scorer(tmp_path, learned(), {}, "")
    digest = hashlib.sha256(content).hexdigest()
    folder = (tmp_path / "scorers" / saved.version).rename(
        tmp_path / "scorers" / f"learned-{digest[:12]}"
    )
    (folder / "parameters.json").write_bytes(content)

    with pytest.raises(ConflictError, match="make no sense"):
        load_scorer(tmp_path, folder.name, digest)
