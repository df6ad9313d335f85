"""A match list as plain text for a terminal."""

from typing import Any

from matchmaker.messages import number, say
from matchmaker.tandems import summarize


def render_match(answer: dict[str, Any], language: str) -> str:
    """The answer to `match` for people: how the list came about, then each row with reasons."""
    lines = [_origin(answer, language)]
    if answer["need"]["status"] == "closed":
        lines.append(say("This need is closed.", language))
    for notice in filter(None, (answer["encoder_notice"], answer["scorer_notice"])):
        lines.append(say("Note: {notice}", language, notice=say(notice, language)))
    if answer["abstained"]:
        fields = ", ".join(say(field, language) for field in answer["abstained"])
        lines.append(
            say("No list: this is missing or too short: {fields}.", language, fields=fields)
        )
    elif not answer["results"]:
        lines.append(say("No startup is left after the rules.", language))
    for result in answer["results"]:
        lines += ["", *_row(result, answer["texts"], language)]
    return "\n".join(lines)


def _origin(answer: dict[str, Any], language: str) -> str:
    excluded = ", ".join(
        f"{count} {say(rule, language)}" for rule, count in answer["excluded"].items()
    )
    return say(
        "A computed proposal, not a decision: {shown} of {considered} solutions shown, "
        "excluded by rule: {excluded}.",
        language,
        shown=len(answer["results"]),
        considered=answer["considered"],
        excluded=excluded or say("none", language),
    )


def _row(result: dict[str, Any], texts: dict[str, str], language: str) -> list[str]:
    found = summarize(result, texts)
    name = found.startup + (f" – {found.solution}" if found.solution else "")
    mark = f" ({say(found.mark, language)})" if found.mark else ""
    lines = [f"{found.rank:>2}. {name}{mark}"]
    lines.append(
        "    "
        + say(
            "{band}: score {score}, firm {sme}, startup {startup}, known {coverage} %",
            language,
            band=say(found.band, language),
            score=number(found.score, language),
            sme=number(found.sme, language),
            startup=number(found.startup_view, language),
            coverage=round(100 * found.coverage),
        )
    )
    if found.talks_in_ten is not None:
        lines.append("    " + say(found.chance, language, count=found.talks_in_ten))
    quotes = [
        say(
            "The need says “{need}” – the solution says “{solution}”.",
            language,
            need=need,
            solution=solution,
        )
        for need, solution in found.quotes
    ]
    lines += [f"    + {reason}" for reason in dict.fromkeys([*quotes, *found.reasons])]
    lines += [f"    - {text}" for text in found.against] or [
        "    - " + say("no counter-reason found", language)
    ]
    return lines
