"""Commands that serve, open doors and measure speed."""

import os
from pathlib import Path
from typing import Annotated

import typer

from matchmaker.cli.frame import (
    ConfigOption,
    JsonOption,
    LanguageOption,
    OfficeOption,
    Workplace,
    app,
    give,
    key_values,
    load_encoder,
    plain_errors,
    progress_bar,
    say_aside,
    workplace,
)

# The terminal shows the beginning; the files hold the whole list.
ROWS_OF_THE_DEMO = 3
DEMO_ACCOUNT = "demo@amt.example"

bench = typer.Typer(help="Measure speed on synthetic data, against the floor and against peers.")
app.add_typer(bench, name="bench")


@app.command()
def token(
    label: Annotated[str, typer.Argument(help="Who or what it is for.")],
    revoke: Annotated[bool, typer.Option("--revoke", help="Take the token back.")] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    office: OfficeOption = None,
) -> None:
    """Make a token for the REST API. It is shown once; only its hash is stored."""
    with workplace(config, office) as place:
        from matchmaker import web
        from matchmaker.database import transaction

        answer = {"label": label}
        with transaction(place.factory) as session:
            if revoke:
                web.revoke_token(session, place.office_id, label)
            else:
                answer["token"] = web.issue_token(session, place.office_id, label)
        give(answer, as_json, key_values)


@app.command()
def demo(
    folder: Annotated[Path, typer.Option(help="Where it is built, from scratch.")] = Path(
        "var/demo"
    ),
    lang: LanguageOption = "de",
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Build the invented demo region and show one of its match lists."""
    from matchmaker.cli.learning_words import render_learning
    from matchmaker.cli.rendering import render_match

    with plain_errors():
        from matchmaker import demo as region
        from matchmaker.config import load_settings

        settings = load_settings(config)
        with progress_bar("Demo region") as advance:
            shown = region.build(folder, load_encoder(settings), settings, lang, advance)
        first = {**shown.answer, "results": shown.answer["results"][:ROWS_OF_THE_DEMO]}
        give(
            shown.answer,
            as_json,
            lambda _: f"{render_match(first, lang)}\n\n{render_learning(shown, lang)}",
        )
        say_aside(
            f"Written to {folder}: match_list.json, match_list.xlsx, outcomes.csv, demo.sqlite"
        )


@app.command()
def serve(
    demo_folder: Annotated[
        Path | None, typer.Option("--demo", help="Serve the demo region built in this folder.")
    ] = None,
    config: ConfigOption = None,
) -> None:
    """Serve the REST API on the configured address."""
    # Requests run side by side; several BLAS threads each would only get in each other's way.
    for library in ("OMP", "OPENBLAS", "MKL"):
        os.environ.setdefault(f"{library}_NUM_THREADS", "1")
    if demo_folder is not None:
        from matchmaker.demo import database_url

        os.environ["MATCHMAKER_DATABASE_URL"] = database_url(demo_folder)
        os.environ["MATCHMAKER_DATA_FOLDER"] = str(demo_folder)
    with workplace(config, None) as place:
        import uvicorn

        from matchmaker import web

        settings = place.settings
        application = web.create_app(settings, place.factory, load_encoder(settings))
        address = f"http://{settings.web.host}:{settings.web.port}"
        say_aside(f"The API is described at {address}/openapi.json.")
        if demo_folder is None:
            say_aside("'matchmaker token NAME' makes a key for it.")
        else:
            say_aside(_invitation(place, address))
        uvicorn.run(application, host=settings.web.host, port=settings.web.port, log_level="info")


def _invitation(place: Workplace, address: str) -> str:
    """How to log in to the demo region, and a first request, with a new password and key."""
    from matchmaker import accounts, web
    from matchmaker.database import now, transaction

    with transaction(place.factory) as session:
        label = f"demo {now():%Y-%m-%d %H:%M:%S}"
        key = web.issue_token(session, place.office_id, label)
        password = accounts.open_account(session, place.office_id, DEMO_ACCOUNT, actor="demo")
    need = '{"text": "Wir suchen eine Prüfung für unsere Schweißnähte.", "top": 3}'
    return (
        f"Log in at {address}/de/anmelden as {DEMO_ACCOUNT} with the password {password}\n"
        f"The public form is at {address}/de/bedarf\n"
        f"Try the API:\n  curl -s {address}/api/v1/match -H 'Authorization: Bearer {key}' \\\n"
        f"    -H 'Content-Type: application/json' -d '{need}'"
    )


@bench.command()
def request(
    startups: Annotated[int, typer.Option(min=10)] = 2_000,
    needs: Annotated[int, typer.Option(min=5, help="Requests that are measured.")] = 100,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Time one fresh explained list through the API, with warm vectors."""
    with plain_errors():
        from matchmaker.benchmark import measure_requests
        from matchmaker.config import load_settings

        settings = load_settings(config)
        with progress_bar("Requests", needs) as advance:
            answer = measure_requests(startups, needs, load_encoder(settings), settings, advance)
        give(answer, as_json, key_values)


@bench.command()
def pages(
    startups: Annotated[int, typer.Option(min=10)] = 5_000,
    needs: Annotated[int, typer.Option(min=5, help="Needs whose pages are measured.")] = 50,
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Time the desk's pages: a fresh list, a stored one, its PDF, the inbox."""
    with plain_errors():
        from matchmaker.benchmark import measure_pages
        from matchmaker.config import load_settings

        settings = load_settings(config)
        with progress_bar("Pages", needs) as advance:
            answer = measure_pages(startups, needs, load_encoder(settings), settings, advance)
        give(answer, as_json, key_values)


@app.command()
def measure(
    data: Annotated[Path, typer.Argument(help="The folder with the real data.")],
    out: Annotated[Path, typer.Option(help="Where the figures go.")] = Path("docs/measured"),
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Measure quality and real imports on data that is not part of the repository."""
    with plain_errors():
        from matchmaker.benchmark import measure_all
        from matchmaker.config import load_settings

        settings = load_settings(config)
        with progress_bar("Measuring") as advance:
            answer = measure_all(data, out, load_encoder(settings), settings, advance)
        written = ", ".join(f"{name}.json" for name in answer)
        give(answer, as_json, lambda _: f"Written to {out}: {written}")
