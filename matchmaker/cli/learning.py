"""Commands about the trained scorers: which there are, which serves, and the way back."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from matchmaker.cli.frame import (
    ConfigOption,
    JsonOption,
    OfficeOption,
    Workplace,
    app,
    give,
    key_values,
    workplace,
)

if TYPE_CHECKING:
    from matchmaker.tables import ScorerVersion


@app.command()
def train(
    as_json: JsonOption = False, config: ConfigOption = None, office: OfficeOption = None
) -> None:
    """Learn from the outcomes so far; what was learned serves if it wins on needs it never saw."""
    with workplace(config, office) as place:
        from dataclasses import asdict

        from matchmaker import training
        from matchmaker.database import now

        matching = place.matching()
        report = training.train(
            place.factory, matching, place.office_id, place.settings, now(), actor="cli"
        )
        give(asdict(report), as_json, lambda _: training.report_text(report, "en"))


@app.command()
def promote(
    version: Annotated[str, typer.Argument(help="The scorer that shall serve, by its version.")],
    as_json: JsonOption = False,
    config: ConfigOption = None,
    office: OfficeOption = None,
) -> None:
    """Let a trained scorer serve, from the next answer on."""
    with workplace(config, office) as place:
        from matchmaker import training
        from matchmaker.database import transaction

        with transaction(place.factory) as session:
            found = training.get_version(session, place.office_id, version)
            training.load_scorer(place.settings.data_folder, found.version, found.digest)
            before = training.find_champion(session, place.office_id)
            seen = before.version if before else None
            promoted = training.promote(session, place.office_id, version, seen=seen, actor="cli")
        answer = _decision(place, promoted, challenger=version, reason=promoted.reason)
        give(answer, as_json, key_values)


@app.command()
def rollback(
    as_json: JsonOption = False, config: ConfigOption = None, office: OfficeOption = None
) -> None:
    """Let the scorer before serve again, at last the weights set by experts."""
    with workplace(config, office) as place:
        from matchmaker import training
        from matchmaker.database import transaction

        with transaction(place.factory) as session:
            champion = training.find_champion(session, place.office_id)
            seen = champion.version if champion else None
            before = training.rollback(session, place.office_id, seen=seen, actor="cli")
        answer = _decision(place, before, challenger=None, reason=training.ROLLED_BACK)
        give(answer, as_json, key_values)


@app.command()
def scorers(
    as_json: JsonOption = False, config: ConfigOption = None, office: OfficeOption = None
) -> None:
    """List the trained scorers, and say of each whether it can be read."""
    with workplace(config, office) as place:
        from matchmaker import training
        from matchmaker.database import reading

        with reading(place.factory) as session:
            versions = training.list_versions(session, place.office_id)
        serving = next((one for one in versions if one.state == "champion"), None)
        answer = {
            "champion": _name(place, serving),
            "scorers": [_row(place, one) for one in versions],
        }
        give(answer, as_json, _table)


def _decision(
    place: Workplace, champion: "ScorerVersion | None", *, challenger: str | None, reason: str
) -> dict[str, Any]:
    """The answer of `contract.md` about what serves now."""
    return {
        "challenger": challenger,
        "champion": _name(place, champion),
        "promoted": challenger is not None,
        "reason": reason,
        "metrics": champion.metrics if champion else {},
        "labels": champion.labels if champion else {},
    }


def _name(place: Workplace, champion: "ScorerVersion | None") -> str:
    from matchmaker.scoring import expert_parameters

    return champion.version if champion else expert_parameters(place.settings.scoring).version


def _row(place: Workplace, version: "ScorerVersion") -> dict[str, Any]:
    """What is stored about a scorer, and `problem`: why it cannot be read, null if it can."""
    from matchmaker.errors import ConflictError
    from matchmaker.training import load_scorer

    problem = None
    try:
        load_scorer(place.settings.data_folder, version.version, version.digest)
    except (ConflictError, OSError) as error:
        problem = str(error)
    return {
        "version": version.version,
        "state": version.state,
        "reason": version.reason,
        "details": version.details,
        "trained_at": version.trained_at,
        "promoted_at": version.promoted_at,
        "first_label_on": version.first_label_on,
        "last_label_on": version.last_label_on,
        "labels": version.labels,
        "metrics": version.metrics,
        "problem": problem,
    }


def _table(answer: dict[str, Any]) -> str:
    lines = [f"{answer['champion']} serves."]
    for one in answer["scorers"]:
        words = f"{one['version']}  {one['state']:<10}  {one['trained_at']:%Y-%m-%d}  "
        lines.append(words + (one["problem"] or one["reason"]))
    return "\n".join(lines)
