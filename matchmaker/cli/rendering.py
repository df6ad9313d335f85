"""A match list as plain text for a terminal."""

from typing import Any

from matchmaker.messages import number, say

MOST_REASONS = 3
MOST_COUNTER_REASONS = 2
# A contribution to the log-odds below this is in the files, but no reason to a reader.
LEAST_SHOWN = 0.03


def render_match(answer: dict[str, Any], language: str) -> str:
    """The answer to `match` for people: how the list came about, then each row with reasons."""
    lines = [_origin(answer, language)]
    if answer["encoder_notice"]:
        notice = say(answer["encoder_notice"], language)
        lines.append(say("Note: {notice}", language, notice=notice))
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
    title = result["solution"]["title"]
    name = result["startup"]["name"] + (f" – {title}" if title else "")
    lines = [f"{result['rank']:>2}. {name}"]
    lines.append(
        "    "
        + say(
            "{band}: score {score}, firm {sme}, startup {startup}, known {coverage} %",
            language,
            band=say(result["band"], language),
            score=number(result["reciprocal_score"], language),
            sme=number(result["sides"]["sme"]["preference"], language),
            startup=number(result["sides"]["startup"]["preference"], language),
            coverage=round(100 * result["coverage"]),
        )
    )
    quotes = [_quotes(found, texts, language) for found in result["evidence"]]
    lines += [f"    + {reason}" for reason in dict.fromkeys([*quotes, *_reasons(result)])]
    against = [
        found["text"] for found in result["against"] if found["contribution"] <= -LEAST_SHOWN
    ]
    lines += [f"    - {text}" for text in list(dict.fromkeys(against))[:MOST_COUNTER_REASONS]] or [
        "    - " + say("no counter-reason found", language)
    ]
    return lines


def _reasons(result: dict[str, Any]) -> list[str]:
    """The strongest reasons of both sides, each sentence once; quotes come beside them."""
    both = [*result["sides"]["sme"]["contributions"], *result["sides"]["startup"]["contributions"]]
    ordered = sorted(both, key=lambda reason: -reason["contribution"])
    texts = [reason["text"] for reason in ordered if reason["contribution"] >= LEAST_SHOWN]
    return list(dict.fromkeys(texts))[:MOST_REASONS]


def _quotes(found: dict[str, Any], texts: dict[str, str], language: str) -> str:
    return say(
        "The need says “{need}” – the solution says “{solution}”.",
        language,
        need=texts[found["need_text_version"]][slice(*found["need_span"])],
        solution=texts[found["solution_text_version"]][slice(*found["solution_span"])],
    )
