"""The index over one office's visible solutions, and the search in it."""

from collections import Counter
from collections.abc import Sequence

import numpy as np

from matchmaker.config import RetrievalSettings
from matchmaker.retrieval.eligibility import excluding_rules
from matchmaker.retrieval.fusion import standardize_per_language
from matchmaker.retrieval.lexical import (
    LexicalIndex,
    need_terms,
    need_words,
    solution_terms,
    solution_words,
)
from matchmaker.values import (
    NOTHING_PLACED,
    BoolArray,
    Candidates,
    FloatArray,
    IntArray,
    NeedProfile,
    Placed,
    Snapshot,
)


class ProfileIndex:
    """Everything needed to find the solutions nearest to a need, built once per snapshot.

    Parameters
    ----------
    snapshot : the visible solutions, n of them, and the blocked pairs.
    vectors : ndarray of shape (n, dimension)
        Unit vectors of the solution texts as passages; a zero row where the text is empty.
    settings : weights and sizes, see `config.yaml`.
    """

    def __init__(
        self, snapshot: Snapshot, vectors: FloatArray, settings: RetrievalSettings
    ) -> None:
        self._snapshot = snapshot
        self._vectors = vectors
        self._settings = settings
        self._has_vector: BoolArray = np.asarray(vectors.any(axis=1))
        documents = [solution_terms(solution) for solution in snapshot.solutions]
        self._documents = documents
        self._lexical = LexicalIndex(documents)
        self._languages = [solution.text.language for solution in snapshot.solutions]
        self._has_enough_text = [
            len(set(document)) >= settings.minimum_terms for document in documents
        ]

    def rules(self, need: NeedProfile, placed: Placed = NOTHING_PLACED) -> list[str | None]:
        """The rule that excludes each solution from this need's list, None where none does."""
        return excluding_rules(
            need, self._snapshot.solutions, self._snapshot.blocked, self._has_enough_text, placed
        )

    def overlap_between(self, row: int) -> FloatArray:
        """Share of one solution's words that each solution uses, shape (n,), 0 to 1."""
        return self._lexical.overlap(self._documents[row])

    def shared_words(self, need: NeedProfile, row: int) -> list[tuple[str, str]]:
        """Words that the need and one solution share, as written on either side, rarest first."""
        return self._lexical.shared_words(
            need_words(need), solution_words(self._snapshot.solutions[row])
        )

    def search(
        self, need: NeedProfile, vector: FloatArray, placed: Placed = NOTHING_PLACED
    ) -> Candidates:
        """The candidates for a need, best first; ties go to the smaller id.

        Parameters
        ----------
        need : the need.
        vector : ndarray of shape (dimension,)
            Unit vector of the need's text as a query.
        placed : what the office decided about solutions for this need
            Hidden ones are left out; pinned and added ones are candidates however far they
            are, unless a rule takes them out.

        Returns
        -------
        Candidates
            Without any candidate, and with `missing` set, when the need says too little. A
            text without a vector has no cosine: NaN there, and no voice in the dense ranking.
        """
        rules = self.rules(need, placed)
        words = need_terms(need)
        if len(set(words)) < self._settings.minimum_terms:
            return self._nothing(rules)
        rows = np.flatnonzero([rule is None for rule in rules])
        languages = [self._languages[row] for row in rows]
        weights = self._settings.fusion
        fused = (
            weights.dense * standardize_per_language(self._vectors[rows] @ vector, languages)
            + weights.lemmas
            * standardize_per_language(self._lexical.lemma_scores(words)[rows], languages)
            + weights.parts
            * standardize_per_language(self._lexical.part_scores(words)[rows], languages)
        )
        # Rows are in the order of ids, and a stable sort keeps that order among equals.
        order = np.argsort(-fused, kind="stable")
        is_placed = np.array([self._snapshot.solutions[row].id in placed for row in rows], bool)
        is_near = np.arange(len(order)) < self._settings.candidates_per_need
        order = order[is_near | is_placed[order]]
        return self._candidates(rules, need, vector, rows[order], fused[order])

    def pick(
        self,
        need: NeedProfile,
        vector: FloatArray,
        rows: Sequence[int],
        placed: Placed = NOTHING_PLACED,
    ) -> Candidates:
        """The named solutions as candidates, however far they are, in the order of their rows.

        As `search` gives them, but for `fused`: NaN, since they are ranked against nobody. What
        a rule takes out is left out here, too; `considered` and `excluded` count all solutions.
        """
        rules = self.rules(need, placed)
        if len(set(need_terms(need))) < self._settings.minimum_terms:
            return self._nothing(rules)
        chosen = np.array(sorted(row for row in rows if rules[row] is None), dtype=np.intp)
        return self._candidates(rules, need, vector, chosen, np.full(len(chosen), np.nan))

    def _candidates(
        self,
        rules: Sequence[str | None],
        need: NeedProfile,
        vector: FloatArray,
        rows: IntArray,
        fused: FloatArray,
    ) -> Candidates:
        has_cosine = self._has_vector[rows] & bool(vector.any())
        return Candidates(
            row=rows,
            # Not by BLAS, whose last bit depends on which other rows are asked for.
            cosine=np.where(has_cosine, np.einsum("ij,j->i", self._vectors[rows], vector), np.nan),
            overlap=self._lexical.overlap(need_terms(need))[rows],
            fused=fused,
            considered=len(rules),
            excluded=_counted(rules),
            ruled_out=_by_row(rules),
        )

    def _nothing(self, rules: Sequence[str | None]) -> Candidates:
        nothing = np.empty(0)
        return Candidates(
            row=np.empty(0, dtype=np.intp),
            cosine=nothing,
            overlap=nothing,
            fused=nothing,
            considered=len(rules),
            excluded=_counted(rules),
            missing=("need.text",),
            ruled_out=_by_row(rules),
        )


def _by_row(rules: Sequence[str | None]) -> dict[int, str]:
    return {row: rule for row, rule in enumerate(rules) if rule}


def _counted(rules: Sequence[str | None]) -> dict[str, int]:
    return dict(sorted(Counter(rule for rule in rules if rule).items()))
