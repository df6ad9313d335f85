"""The sentences that speak for a pair: exact spans of both stored texts."""

from dataclasses import dataclass
from functools import cached_property

from matchmaker.language import sentence_spans, terms
from matchmaker.values import Evidence, FloatArray, Span, Text

MOST_QUOTES = 3


@dataclass(frozen=True)
class Sentences:
    """The sentences of one text: `vectors` has one unit row per span of `spans`."""

    text: Text
    vectors: FloatArray

    @cached_property
    def spans(self) -> list[Span]:
        """Where the sentences stand. Only those of shown rows are ever looked for."""
        return sentence_spans(self.text.text)

    def quote(self, position: int) -> str:
        """The words of one sentence."""
        start, end = self.spans[position]
        return self.text.text[start:end]


def find_evidence(
    need: Sentences, solution: Sentences, floor: float, *, needs_shared_word: bool
) -> tuple[Evidence, ...]:
    """The best answer to each sentence of the need, where it is good enough, best first.

    Parameters
    ----------
    need, solution : the two texts by sentences.
    floor : the cosine from which a pair of sentences counts (`Background.floor`).
    needs_shared_word : whether the two sentences must also share a word.
        An encoder that knows letters but no meanings takes "Kita" for a relative of "KI".

    Returns
    -------
    tuple of Evidence
        At most `MOST_QUOTES`, each sentence of either side at most once; empty where nothing
        reaches the floor.
    """
    if not len(need.vectors) or not len(solution.vectors):
        return ()
    cosines = need.vectors @ solution.vectors.T
    pairs = sorted(
        ((float(cosines[i, j]), i, j) for i, j in zip(*(cosines >= floor).nonzero(), strict=True)),
        key=lambda pair: (-pair[0], pair[1], pair[2]),
    )
    found: list[Evidence] = []
    used_need: set[int] = set()
    used_solution: set[int] = set()
    for similarity, i, j in pairs:
        if i in used_need or j in used_solution:
            continue
        if needs_shared_word and not shared_words(need, i, solution, j):
            continue
        used_need.add(i)
        used_solution.add(j)
        found.append(
            Evidence(
                need.text.version_id,
                need.spans[i],
                solution.text.version_id,
                solution.spans[j],
                min(similarity, 1.0),
            )
        )
        if len(found) == MOST_QUOTES:
            break
    return tuple(found)


def shared_words(need: Sentences, i: int, solution: Sentences, j: int) -> set[str]:
    """The lemmas that two sentences have in common."""
    return _lemmas(need, i) & _lemmas(solution, j)


def _lemmas(sentences: Sentences, position: int) -> set[str]:
    return {term.lemma for term in terms(sentences.quote(position), sentences.text.language)}
