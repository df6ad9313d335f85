"""Sentences for the features of stated facts; each names the fact on either side."""

from collections.abc import Mapping
from datetime import date

from matchmaker.messages import number, say
from matchmaker.scoring.columns import SIZE_CLASSES, named_tags, size_class
from matchmaker.scoring.pair import Pair, Reason

MOST_BRANCHES = 2


def _tags(pair: Pair, value: float, signal: float, language: str) -> str:
    tags = sorted(pair.solution.tags)
    named = named_tags(pair.need, dict.fromkeys(tags, 0))
    if named:
        return say(
            "The need names these tags of the solution: {tags}.",
            language,
            tags=", ".join(sorted(named)),
        )
    return say(
        "The need names none of the solution's tags ({tags}).", language, tags=", ".join(tags[:5])
    )


def _branch(pair: Pair, value: float, signal: float, language: str) -> str:
    firm = pair.need.branches or (pair.need.party.branches if pair.need.party else frozenset())
    message = (
        "The firm's branch is {firm}; the solution is made for {target}."
        if value == 1
        else "The firm's branch is {firm}, but the solution is made for {target}."
    )
    return say(
        message,
        language,
        firm=_branches(firm, pair, language),
        target=_branches(pair.solution.target_branches, pair, language, first=firm),
    )


def _maturity(pair: Pair, value: float, signal: float, language: str) -> str:
    message = (
        "Mature enough: wanted is TRL {wanted}, the solution is at TRL {offered}."
        if value == 0
        else "Not mature enough: wanted is TRL {wanted}, the solution is at TRL {offered}."
    )
    return say(
        message,
        language,
        wanted=pair.need.maturity_wanted_trl,
        offered=pair.solution.maturity_trl,
    )


def _cooperation(pair: Pair, value: float, signal: float, language: str) -> str:
    return say(
        "Form of cooperation: wanted {wanted}, offered {offered}.",
        language,
        wanted=_words(pair.need.cooperation_forms, language),
        offered=_words(pair.solution.cooperation_forms, language),
    )


def _lateness(pair: Pair, value: float, signal: float, language: str) -> str:
    message = (
        "In time: needed by {needed}, free from {free}."
        if value == 0
        else "Too late: needed by {needed}, free only from {free}."
    )
    return say(
        message,
        language,
        needed=_date(pair.need.needed_by_on, language),
        free=_date(pair.solution.available_from_on, language),
    )


def _size(pair: Pair, value: float, signal: float, language: str) -> str:
    employees = pair.need.party.employees if pair.need.party else None
    size = size_class(employees)
    return say(
        "The firm has {employees} staff ({size}); reference customers are {sizes}.",
        language,
        employees=employees,
        size=say(SIZE_CLASSES[size or 0], language),
        sizes=_words(pair.solution.customer_sizes, language),
    )


def _language(pair: Pair, value: float, signal: float, language: str) -> str:
    firm = pair.need.party.languages if pair.need.party else frozenset()
    if not firm and pair.need.text.language:
        firm = frozenset({pair.need.text.language})
    return say(
        "Languages: the firm {firm}, the startup {startup}.",
        language,
        firm=_words(firm, language),
        startup=_words(pair.solution.party.languages, language),
    )


def _distance(pair: Pair, value: float, signal: float, language: str) -> str:
    return say(
        "{km} km apart: {firm} and {startup}.",
        language,
        km=number(value, language, 0),
        firm=(pair.need.party.town if pair.need.party else None) or "?",
        startup=pair.solution.party.town or "?",
    )


def _seat(pair: Pair, value: float, signal: float, language: str) -> str:
    return say(
        "Seat: demanded {wanted}, the startup is seated in {offered}.",
        language,
        wanted=pair.need.seat_country,
        offered=pair.solution.party.country,
    )


def _security(pair: Pair, value: float, signal: float, language: str) -> str:
    return say(
        "IT security: demanded {wanted}, stated {offered}.",
        language,
        wanted=_words(pair.need.it_security, language),
        offered=_words(pair.solution.it_security, language),
    )


def _judged(pair: Pair, value: float, signal: float, language: str) -> str:
    return say("Our office judged this pair: it does not fit in substance.", language)


def _words(words: frozenset[str], language: str) -> str:
    return ", ".join(say(word, language) for word in sorted(words))


def _branches(
    branches: frozenset[str], pair: Pair, language: str, first: frozenset[str] = frozenset()
) -> str:
    """The titles of the branches, those of `first` in front, cut to what a reader takes in."""
    ordered = sorted(branches, key=lambda branch: (branch not in first, branch))
    titles = [pair.branch_title(branch, language) for branch in ordered]
    return " / ".join(titles[:MOST_BRANCHES] + ["…"] * (len(titles) > MOST_BRANCHES))


def _date(day: date | None, language: str) -> str:
    from babel.dates import format_date

    return "?" if day is None else str(format_date(day, format="short", locale=language))


FIELD_REASONS: Mapping[str, Reason] = {
    "tag_fit": _tags,
    "branch_fit": _branch,
    "maturity_gap": _maturity,
    "cooperation_fit": _cooperation,
    "days_late": _lateness,
    "size_experience": _size,
    "language_fit": _language,
    "seat_distance_km": _distance,
    "seat_demand": _seat,
    "it_security_share": _security,
    "judged_poor_fit": _judged,
}
