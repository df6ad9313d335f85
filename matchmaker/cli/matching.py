"""Commands that embed, match, explain and evaluate."""

from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from uuid import UUID

import typer

from matchmaker.cli.frame import (
    ConfigOption,
    JsonOption,
    LanguageOption,
    OfficeOption,
    app,
    give,
    key_values,
    load_encoder,
    plain_errors,
    progress_bar,
    workplace,
)


@app.command()
def embed(
    file: Annotated[Path, typer.Argument(help="One text per line, or JSONL with the field text.")],
    role: Annotated[str, typer.Option(help="need or profile.")],
    out: Annotated[Path, typer.Option(help="Where the vectors go (.npy).")],
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Turn the texts of a file into unit vectors."""
    with plain_errors():
        import numpy as np

        from matchmaker.config import load_settings
        from matchmaker.embedding import read_texts, role_named

        texts = read_texts(file)
        chosen = role_named(role)
        encoder = load_encoder(load_settings(config))
        with progress_bar("Embedding", len(texts)) as advance:
            vectors = encoder.embed(texts, chosen, advance)
        with out.open("wb") as target:
            np.save(target, vectors)
        answer = {
            "n": len(texts),
            "dimension": encoder.dimension,
            "encoder": encoder.version,
            "encoder_notice": encoder.notice,
        }
        give(answer, as_json, key_values)


@app.command()
def match(
    text: Annotated[str | None, typer.Option(help="A need in words; nothing is stored.")] = None,
    need: Annotated[str | None, typer.Option(help="The id of a stored need.")] = None,
    top: Annotated[int, typer.Option(min=1, max=200, help="Rows of the answer.")] = 10,
    lang: LanguageOption = "de",
    fresh: Annotated[bool, typer.Option("--fresh", help="Compute again in any case.")] = False,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    office: OfficeOption = None,
) -> None:
    """Propose startups for a need, with reasons that quote both texts."""
    from matchmaker.cli.rendering import render_match

    with workplace(config, office) as place:
        from matchmaker.database import reading
        from matchmaker.errors import InvalidInputError
        from matchmaker.messages import LANGUAGES
        from matchmaker.profiles import get_need_id, passing_need

        if (text is None) == (need is None):
            raise InvalidInputError("Give either --text or --need.", field="match")
        if lang not in LANGUAGES:
            raise InvalidInputError(f"{lang} is not one of de, en.", field="--lang")
        if text is not None:
            answer = place.matching().match_text(passing_need(text), top, lang)
        else:
            with reading(place.factory) as session:
                need_id = get_need_id(session, place.office_id, need or "")
            answer = place.matching().match_need(need_id, lang, top, actor="cli", fresh=fresh)
        give(answer, as_json, lambda found: render_match(found, lang))


@app.command("why-not")
def why_not(
    need: Annotated[str, typer.Option(help="The id of the need.")],
    startup: Annotated[str, typer.Option(help="The id of the startup or of its solution.")],
    as_json: JsonOption = False,
    config: ConfigOption = None,
    office: OfficeOption = None,
) -> None:
    """Say why a startup is not in the list of a need: rule, rank, missing field, not yet seen."""
    with workplace(config, office) as place:
        from matchmaker.database import reading
        from matchmaker.profiles import get_need_id, get_startup_id

        with reading(place.factory) as session:
            need_id = get_need_id(session, place.office_id, need)
            startup_id = get_startup_id(session, place.office_id, startup)
        found = place.matching().why_not(need_id, startup_id)
        give({"cause": found.cause, "detail": found.detail}, as_json, key_values)


@app.command("record-event")
def record_event(
    list_entry: Annotated[UUID, typer.Option(help="The id of the row of a match list.")],
    kind: Annotated[str, typer.Option(help="What happened, e.g. judged_fit or first_talk.")],
    reason: Annotated[str | None, typer.Option(help="The reason code of a no or an end.")] = None,
    side: Annotated[str | None, typer.Option(help="sme or startup.")] = None,
    at: Annotated[datetime | None, typer.Option(help="When it happened; now if absent.")] = None,
    until: Annotated[str | None, typer.Option(help="no_capacity, timing: YYYY-MM-DD.")] = None,
    maturity: Annotated[int | None, typer.Option(help="too_early: the TRL it waits for.")] = None,
    evidence: Annotated[str | None, typer.Option(help="it_security: the missing proof.")] = None,
    country: Annotated[str | None, typer.Option(help="wrong_region: the seat, e.g. DE.")] = None,
    asked_side: Annotated[
        str | None, typer.Option(help="description_unclear: who wrote it, sme or startup.")
    ] = None,
    question: Annotated[
        str | None, typer.Option(help="benefit_unclear, description_unclear: sent as it is.")
    ] = None,
    as_json: JsonOption = False,
    config: ConfigOption = None,
    office: OfficeOption = None,
) -> None:
    """Record what became of a proposal; what a no does to later lists follows with it."""
    with workplace(config, office) as place:
        from matchmaker import feedback
        from matchmaker.database import transaction

        stated = {
            "until": until,
            "maturity": maturity,
            "evidence": evidence,
            "country": country,
            "asked_side": asked_side,
            "question": question,
        }
        contact = place.settings.operator.contact
        with transaction(place.factory) as session:
            event = feedback.record_event(
                session,
                place.office_id,
                list_entry_id=list_entry,
                kind=kind,
                reason=reason,
                side=side,
                at=at.astimezone() if at else None,
                told=feedback.FollowUp.of(stated),
                origin="cli",
                actor="cli",
                reply_to=contact.email if contact else None,
            )
            answer = {"event": str(event.id)}
        give(answer, as_json, key_values)


@app.command()
def nightly(
    as_json: JsonOption = False, config: ConfigOption = None, office: OfficeOption = None
) -> None:
    """Ask owners, rank every open need again, publish all lists together, clear up, send mail."""
    from dataclasses import asdict

    with workplace(config, office) as place:
        from matchmaker.database import now, transaction
        from matchmaker.mail import send_waiting
        from matchmaker.nightly import run
        from matchmaker.submissions import ask_owners, purge
        from matchmaker.web import owner_writer

        retention = place.settings.retention
        with transaction(place.factory) as session:
            asked = ask_owners(session, retention, now(), owner_writer(place.settings))
        matching = place.matching()
        with progress_bar("Embedding") as embedded, progress_bar("Ranking") as ranked:
            report = run(matching, embedded, ranked)
        answer = asdict(report) | {"run": str(report.run), "asked": asked}
        with transaction(place.factory) as session:
            answer["purged"] = purge(session, retention, now())
        if place.settings.mail.host is not None:
            answer["mail"] = asdict(send_waiting(place.factory, place.settings.mail))
        give(answer, as_json, key_values)


@app.command()
def evaluate(
    needs: Annotated[Path, typer.Option(help="Needs of the bench form (JSONL).")],
    startups: Annotated[Path, typer.Option(help="Startups of the bench form (JSONL).")],
    as_json: JsonOption = False,
    config: ConfigOption = None,
) -> None:
    """Measure retrieval and scoring on needs whose right startups are known."""
    with plain_errors():
        from matchmaker.benchmark import evaluate_files
        from matchmaker.config import load_settings

        settings = load_settings(config)
        encoder = load_encoder(settings)
        with progress_bar("Ranking") as advance:
            answer = evaluate_files(needs, startups, encoder, settings, advance)
        give(answer, as_json, _summary)


def _summary(answer: dict[str, Any]) -> str:
    rows = [("all", answer), *sorted(answer["by_language"].items())]
    lines = [
        f"{'':8}{'n':>4} {'R@1':>6} {'R@5':>6} {'R@10':>6} {'MRR':>6} {'nDCG':>6} {'len.10':>6}"
    ]
    for name, part in rows:
        strict = part["strict"]
        numbers = [strict[k] for k in ("recall@1", "recall@5", "recall@10", "mrr", "ndcg@10")]
        numbers.append(part["lenient"]["recall@10"])
        lines.append(f"{name:8}{part['n']:>4} " + " ".join(f"{value:6.3f}" for value in numbers))
    lines.append(f"{answer['milliseconds_per_need']:.0f} ms per need")
    return "\n".join(lines)
