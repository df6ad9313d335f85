"""What every command shares: options, the open database, answers, errors and progress."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from uuid import UUID

import typer

if TYPE_CHECKING:
    from matchmaker.config import Settings
    from matchmaker.database import SessionFactory
    from matchmaker.embedding import Encoder
    from matchmaker.tandems import Matching

app = typer.Typer(
    name="matchmaker",
    help="Pairs SMEs with startups that can solve a concrete problem of theirs, and says why.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

JsonOption = Annotated[bool, typer.Option("--json", help="Answer with one JSON document.")]
ConfigOption = Annotated[
    Path | None, typer.Option("--config", help="A configuration file of your own.")
]
OfficeOption = Annotated[
    str | None, typer.Option("--office", help="Short name of the office; the first one if absent.")
]
LanguageOption = Annotated[str, typer.Option("--lang", help="Language of the sentences: de or en.")]


@dataclass(frozen=True, slots=True)
class Workplace:
    """An open database and the office whose records a command works on."""

    settings: "Settings"
    factory: "SessionFactory"
    office_id: UUID

    def matching(self) -> "Matching":
        """The office's engine, with the configured encoder and the scorer that serves."""
        from matchmaker.tandems import Matching
        from matchmaker.training import Champions

        encoder = load_encoder(self.settings)
        champion = Champions(self.settings)
        return Matching(self.factory, self.office_id, encoder, self.settings, champion)


def load_encoder(settings: "Settings") -> "Encoder":
    """The configured encoder; a fallback says on standard error why it answers."""
    from matchmaker import embedding
    from matchmaker.config import shipped_folder

    encoder = embedding.load_encoder(settings.embedding, shipped_folder())
    if encoder.notice:
        say_aside(encoder.notice)
    return encoder


@contextmanager
def workplace(config: Path | None, office: str | None) -> Iterator[Workplace]:
    """Open the configured database as an office; errors become exit codes."""
    with plain_errors():
        from matchmaker.config import load_settings
        from matchmaker.database import open_engine, open_sessions, reading
        from matchmaker.errors import NotFoundError
        from matchmaker.installation import current_revision, get_office, newest_revision

        settings = load_settings(config)
        engine = open_engine(settings.database_url)
        if current_revision(engine) != newest_revision():
            raise NotFoundError(
                "The database is empty or older than this program: run 'matchmaker init' first."
            )
        factory = open_sessions(engine)
        with reading(factory) as session:
            office_id = get_office(session, office).id
        try:
            yield Workplace(settings, factory, office_id)
        finally:
            engine.dispose()


@contextmanager
def plain_errors() -> Iterator[None]:
    """Turn errors into one line on standard error and the exit code of `contract.md`.

    2 for a wrong call or wrong input, 1 for everything that could not be done.
    """
    from matchmaker.errors import InvalidInputError, MatchmakerError

    try:
        yield
    except (typer.Exit, typer.Abort, KeyboardInterrupt):
        raise
    except InvalidInputError as error:
        say_aside(f"{error.field}: {error}" if error.field else str(error))
        raise typer.Exit(2) from None
    except MatchmakerError as error:
        say_aside(str(error))
        raise typer.Exit(1) from None
    except OSError as error:
        say_aside(f"{error.filename or 'File'}: {error.strerror or error}")
        raise typer.Exit(1) from None
    except Exception as error:
        say_aside(_plain(error))
        raise typer.Exit(1) from None


def _plain(error: Exception) -> str:
    """An unexpected error in one line, without a stack trace."""
    from sqlalchemy.exc import DBAPIError

    cause = error.orig if isinstance(error, DBAPIError) else error
    lines = str(cause).strip().splitlines() or ["no details"]
    return f"This could not be done ({type(cause).__name__}): {lines[0]}"


def say_aside(text: str) -> None:
    """A line for people on standard error, so that standard output holds only the answer."""
    print(text, file=sys.stderr)


def give(answer: Any, as_json: bool, render: Callable[[Any], str]) -> None:
    """Print the answer: as one JSON document, or rendered for people."""
    if as_json:
        import orjson

        print(orjson.dumps(answer, option=orjson.OPT_INDENT_2, default=str).decode())
    else:
        print(render(answer))


@contextmanager
def progress_bar(title: str, total: int | None = None) -> Iterator[Callable[[int], None]]:
    """Progress of long work on standard error; silent where that is no terminal."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(title, total=total)
        yield lambda steps: progress.advance(task, steps)


def key_values(answer: dict[str, Any]) -> str:
    """A short answer, one line a key."""
    return "\n".join(f"{key}: {value}" for key, value in answer.items())
