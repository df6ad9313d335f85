"""`promote`, `rollback` and `scorers`, called as a script would call them."""

from pathlib import Path

import pytest

from matchmaker.database import open_engine, open_sessions, transaction
from matchmaker.scoring import expert_parameters
from tests.factories import add_office
from tests.regions import shipped_settings
from tests.test_command_line import Run, answer, run
from tests.training.saved import add_scorer

__all__ = ["run"]

EXPERT = expert_parameters(shipped_settings().scoring).version
ANSWER = {"challenger", "champion", "promoted", "reason", "metrics", "labels"}


@pytest.fixture
def versions(database_url: str, tmp_path: Path) -> list[str]:
    """Two trained scorers of the first office, in the folder where the commands look."""
    engine = open_engine(database_url)
    with transaction(open_sessions(engine)) as session:
        office = add_office(session)
        added = [add_scorer(session, office.id, tmp_path / "var", n).version for n in (2.0, 3.0)]
    engine.dispose()
    return added


def test_a_scorer_is_promoted_and_taken_back_by_one_call(run: Run, versions: list[str]) -> None:
    first, second = versions
    for version in versions:
        promoted = answer(run("promote", version, "--json"))
        assert promoted.keys() == ANSWER
        assert promoted["challenger"] == promoted["champion"] == version
        assert (promoted["promoted"], promoted["reason"]) == (True, "promoted_by_hand")
        assert promoted["labels"] == {"sme": 30, "startup": 21}
        assert promoted["metrics"]["log_loss"] == 0.4

    listed = answer(run("scorers", "--json"))
    assert listed["champion"] == second
    assert {one["version"]: one["state"] for one in listed["scorers"]} == {
        second: "champion", first: "retired",
    }  # fmt: skip
    assert [one["problem"] for one in listed["scorers"]] == [None, None]

    for serving in (first, EXPERT):
        back = answer(run("rollback", "--json"))
        assert back.keys() == ANSWER
        assert (back["champion"], back["promoted"], back["reason"]) == (
            serving, False, "rolled_back",
        )  # fmt: skip
    nothing = run("rollback")
    assert (nothing.returncode, nothing.stderr.count("\n")) == (1, 1)
    assert "expert" in nothing.stderr


def test_what_cannot_be_promoted_is_said_in_a_line(
    run: Run, versions: list[str], tmp_path: Path
) -> None:
    unknown = run("promote", "learned-nowhere")
    assert (unknown.returncode, unknown.stderr.strip()) == (
        1, "There is no scorer learned-nowhere.",
    )  # fmt: skip
    path = tmp_path / "var" / "scorers" / versions[0] / "parameters.json"
    path.write_bytes(path.read_bytes()[:-2])

    damaged = run("promote", versions[0])
    assert damaged.returncode == 1
    assert "not those that were saved" in damaged.stderr
    assert answer(run("scorers", "--json"))["champion"] == EXPERT
    told = run("scorers").stdout
    assert f"{EXPERT} serves." in told
    assert "not those that were saved" in told
