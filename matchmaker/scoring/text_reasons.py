"""Sentences for the features of the texts; a reason in favor quotes both of them."""

from collections.abc import Mapping

from matchmaker.messages import number, say
from matchmaker.scoring.pair import Pair, Reason

# One standard deviation of unrelated texts (`Yardstick.signal`).
LEAST_CLEAR_SIGNAL = 0.5


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


def _by_signal(signal: float, positive: str, negative: str, neutral: str) -> str:
    """What is within the scatter of unrelated texts must not sound like a reason."""
    if abs(signal) < LEAST_CLEAR_SIGNAL:
        return neutral
    return positive if signal > 0 else negative


def _shorten(text: str, length: int = 120) -> str:
    """The beginning of a text, cut at a word."""
    line = " ".join(text.split())
    return line if len(line) <= length else line[:length].rsplit(" ", 1)[0] + " …"


TEXT_REASONS: Mapping[str, Reason] = {
    "need_solution_similarity": _whole_text,
    "sentence_similarity": _sentences,
    "lexical_overlap": _overlap,
    "looks_for_similarity": _looks_for,
}
