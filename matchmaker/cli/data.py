"""Commands that bring data in and take it out."""

from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from matchmaker.cli.frame import (
    ConfigOption,
    JsonOption,
    OfficeOption,
    app,
    give,
    key_values,
    plain_errors,
    progress_bar,
    workplace,
)

MOST_REJECTIONS_SHOWN = 20


@app.command()
def init(as_json: JsonOption = False, config: ConfigOption = None) -> None:
    """Create the database, or bring it to the newest revision."""
    with plain_errors():
        from matchmaker.config import load_settings
        from matchmaker.database import open_engine, open_sessions, transaction
        from matchmaker.installation import ensure_office, migrate

        settings = load_settings(config)
        engine = open_engine(settings.database_url)
        revision = migrate(engine)
        with transaction(open_sessions(engine)) as session:
            office = ensure_office(session, settings.office).slug
        engine.dispose()
        give({"revision": revision, "office": office}, as_json, key_values)


@app.command("import")
def import_file(
    kind: Annotated[str, typer.Argument(help="startups, companies, needs, places or outcomes.")],
    file: Annotated[Path, typer.Argument(help="CSV, XLSX, ODS or JSONL, each also .gz.")],
    mapping: Annotated[
        str | None, typer.Option(help="Name of a source whose columns were saved.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Report only.")] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    office: OfficeOption = None,
) -> None:
    """Bring in a file: good rows go in together, bad ones are named with row and reason."""
    from dataclasses import asdict
    from functools import partial

    with workplace(config, office) as place:
        from matchmaker import feedback, profiles

        bring_in = partial(profiles.import_file, place.factory, kind)
        if kind == "outcomes":
            bring_in = partial(feedback.import_outcomes, place.factory)
        with progress_bar(f"Importing {file.name}") as advance:
            report = bring_in(
                file,
                office_id=place.office_id,
                actor="cli",
                mapping=mapping,
                dry_run=dry_run,
                progress=advance,
            )
        give(asdict(report), as_json, _render_report)


@app.command()
def undo(
    batch: Annotated[UUID, typer.Argument(help="The batch that an import named.")],
    as_json: JsonOption = False,
    config: ConfigOption = None,
    office: OfficeOption = None,
) -> None:
    """Take an import back, as far as nothing was built upon it."""
    from dataclasses import asdict

    with workplace(config, office) as place:
        from matchmaker import profiles
        from matchmaker.database import transaction

        with transaction(place.factory) as session:
            report = profiles.undo_batch(session, place.office_id, batch, actor="cli")
        give(asdict(report), as_json, key_values)


@app.command()
def export(
    kind: Annotated[str, typer.Argument(help="startups, companies or needs.")],
    file: Annotated[Path, typer.Argument(help="Where it goes: .csv, .xlsx or .jsonl, also .gz.")],
    as_json: JsonOption = False,
    config: ConfigOption = None,
    office: OfficeOption = None,
) -> None:
    """Write an office's records to a file that `import` reads again."""
    with workplace(config, office) as place:
        from matchmaker import profiles
        from matchmaker.database import reading

        with reading(place.factory) as session:
            rows = profiles.export_file(session, place.office_id, kind, file)
        give({"rows": rows, "file": str(file)}, as_json, key_values)


def _render_report(report: dict[str, Any]) -> str:
    counts = ("read", "created", "updated", "unchanged")
    lines = [", ".join(f"{name} {report[name]}" for name in counts)]
    lines.append(f"rejected {len(report['rejected'])}")
    for rejected in report["rejected"][:MOST_REJECTIONS_SHOWN]:
        where = f"row {rejected['row']}"
        if rejected["column"]:
            where += f", column {rejected['column']}"
        lines.append(f"  {where}: {rejected['reason']}")
    left = len(report["rejected"]) - MOST_REJECTIONS_SHOWN
    if left > 0:
        lines.append(f"  and {left} more; --json names them all")
    if report["batch"]:
        lines.append(f"batch {report['batch']} ('matchmaker undo' takes it back)")
    return "\n".join(lines)
