"""A sentence for each contribution, in German and English.

A text reason quotes both texts. A field reason names the fact on either side. The sentences
are chosen from the same value and signal that the score consists of.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matchmaker.messages import number, say
from matchmaker.scoring.columns import SIZE_CLASSES, named_tags, size_class
from matchmaker.values import NeedProfile, SolutionProfile

BranchTitle = Callable[[str, str], str]

# One standard deviation of unrelated texts (`Yardstick.signal`).
LEAST_CLEAR_SIGNAL = 0.5
MOST_BRANCHES = 2


@dataclass(frozen=True, slots=True)
class Pair:
    """What the sentences about one pair may speak of.

    `quotes` are the two sentences of the best evidence, `shared` the words both texts use
    as each of them writes it, `branch_title` turns a branch code into words of a language.
    """

    need: NeedProfile
    solution: SolutionProfile
    quotes: tuple[str, str] | None
    shared: Sequence[tuple[str, str]]
    branch_title: BranchTitle


Reason = Callable[[Pair, float, float, str], str]


def reason_text(feature: str, pair: Pair, value: float, signal: float, language: str) -> str:
    """Say in one sentence what the feature found and on which facts."""
    return _REASONS[feature](pair, value, signal, language)


def _whole_text(pair: Pair, value: float, signal: float, language: str) -> str:
    message = _by_signal(
        signal,
        "Read as a whole, the two texts are closer than unrelated ones (cosine {value}).",
        "Read as a whole, the two texts are no closer than unrelated ones (cosine {value}).",
        "Read as a whole, the two texts are about as close as unrelated ones (cosine {value}).",
    )
    return say(message, language, value=number(value, language))


def _sentences(pair: Pair, value: float, signal: float, language: str) -> str:
    if pair.quotes and signal > 0:
        need, solution = pair.quotes
        return say(
            "The need says “{need}” – the solution says “{solution}”.",
            language,
            need=need,
            solution=solution,
        )
    message = _by_signal(
        signal,
        "Its sentences answer the need better than unrelated ones do (cosine {value}).",
        "Its sentences answer the need no better than unrelated ones do (cosine {value}).",
        "Its sentences answer the need about as well as unrelated ones do (cosine {value}).",
    )
    return say(message, language, value=number(value, language))


def _overlap(pair: Pair, value: float, signal: float, language: str) -> str:
    if not pair.shared:
        return say("The two texts share no telling word.", language)
    message = _by_signal(
        signal,
        "Both texts use: {words}.",
        "The two texts share few words: {words}.",
        "Words that both texts use: {words}.",
    )
    words = [_as_written(ours, theirs, language) for ours, theirs in pair.shared]
    return say(message, language, words=", ".join(words))


def _as_written(ours: str, theirs: str, language: str) -> str:
    if ours.casefold() == theirs.casefold():
        return say("“{word}”", language, word=ours)
    return say("“{ours}”/“{theirs}”", language, ours=ours, theirs=theirs)


def _looks_for(pair: Pair, value: float, signal: float, language: str) -> str:
    wish = pair.solution.party.looks_for
    firm = pair.need.party.description if pair.need.party else None
    message = _by_signal(
        signal,
        "The startup looks for “{wish}”, and the firm says “{firm}”.",
        "The startup looks for “{wish}”; the firm says “{firm}”, "
        "no closer to it than unrelated texts.",
        "The startup looks for “{wish}”; the firm says “{firm}”.",
    )
    return say(
        message,
        language,
        wish=_shorten(wish.text if wish else ""),
        firm=_shorten(firm.text if firm else pair.need.text.text),
    )


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


_REASONS: Mapping[str, Reason] = {
    "need_solution_similarity": _whole_text,
    "sentence_similarity": _sentences,
    "lexical_overlap": _overlap,
    "looks_for_similarity": _looks_for,
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
}


def _by_signal(signal: float, positive: str, negative: str, neutral: str) -> str:
    """What is within the scatter of unrelated texts must not sound like a reason."""
    if abs(signal) < LEAST_CLEAR_SIGNAL:
        return neutral
    return positive if signal > 0 else negative


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


def _shorten(text: str, length: int = 120) -> str:
    """The beginning of a text, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + " …"
