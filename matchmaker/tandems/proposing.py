"""From a need to an explained list: search, score both sides, explain what is shown."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast
from uuid import UUID

import numpy as np

from matchmaker.config import Settings
from matchmaker.profiles import branch_title
from matchmaker.scoring import (
    Column,
    Pair,
    Scorer,
    Sentences,
    SetColumn,
    Yardstick,
    explain,
    feature_version,
    find_evidence,
    need_columns,
    sentence_answers,
    take,
)
from matchmaker.tandems.answers import RunVersions
from matchmaker.tandems.composing import Row, Rows, compose, give_away
from matchmaker.tandems.corpus import Corpus, digest
from matchmaker.tandems.reading import ReadNeed, read_needs
from matchmaker.tandems.vectors import Vectors
from matchmaker.values import (
    NOTHING_PLACED,
    Candidates,
    FloatArray,
    IntArray,
    NeedProfile,
    Placed,
    PlacementKind,
    Proposal,
    ProposedList,
    ScoredPairs,
    Unlisted,
)

MOST_SHARED_WORDS = 6


UNREAD_LANGUAGE = (
    "The language model does not read the language of this need; only its words are compared."
)


@dataclass(frozen=True, slots=True)
class Ranking:
    """All scored candidates of a need, with the sentences their evidence is found in."""

    read: ReadNeed
    candidates: Candidates
    scored: ScoredPairs
    sentences: dict[str, Sentences]


class Proposer:
    """Answers needs from one corpus. Holds no transaction and changes nothing but the
    cache of vectors."""

    def __init__(
        self, corpus: Corpus, vectors: Vectors, scorer: Scorer, settings: Settings
    ) -> None:
        self.corpus = corpus
        self.scorer = scorer
        self._vectors = vectors
        self._settings = settings

    @property
    def versions(self) -> RunVersions:
        """What its lists are computed with."""
        return RunVersions(
            encoder=self._vectors.encoder.version,
            encoder_notice=self._vectors.encoder.notice,
            scorer=self.scorer.version,
            scorer_notice=self.scorer.parameters.notice,
            features=feature_version(),
            seed=self._settings.seed,
        )

    def input_digest(self, need: NeedProfile, placed: Placed) -> str:
        """The SHA-256 of everything that a list follows from, except the day, which only decides
        what is drawn by lot: reading a list tomorrow does not make it another one."""
        decided = sorted((str(solution), kind) for solution, kind in placed.items())
        share = self._settings.lists.discovery_share
        return digest(
            [self.corpus.digest, need, self.scorer.settled_by, feature_version(), decided, share]
        )

    def read_stored(self, need: NeedProfile, placed: Placed = NOTHING_PLACED) -> ReadNeed:
        """Look up, or compute and keep, the vectors of a stored need."""
        return self.read_all([need], {need.id: placed})[0]

    def read_all(
        self, needs: Sequence[NeedProfile], placed: Mapping[UUID, Placed]
    ) -> list[ReadNeed]:
        """The same for many needs at once; `placed` by the id of the need."""
        return read_needs(self._vectors, needs, placed)

    def read_passing(self, need: NeedProfile) -> ReadNeed:
        """Compute the vectors of a need that was typed in ad hoc and is stored nowhere."""
        vector, sentences = self._vectors.of_passing_text(need.text, "query")
        return ReadNeed(need, vector, sentences, vector)

    def rank(self, read: ReadNeed, rows: Sequence[int] | None = None) -> Ranking:
        """Search and score, or only score the solutions of `rows`; nothing is explained yet."""
        return self.weigh(read, self.find(read, rows))

    def find(self, read: ReadNeed, rows: Sequence[int] | None = None) -> Candidates:
        """The solutions worth scoring, or those of `rows`."""
        index = self.corpus.index
        if rows is None:
            return index.search(read.need, read.vector, read.placed)
        return index.pick(read.need, read.vector, rows, read.placed)

    def weigh(self, read: ReadNeed, candidates: Candidates) -> Ranking:
        """Score the candidates of a need."""
        columns, sentences = self._columns(read, candidates)
        return Ranking(read, candidates, self.scorer.score(candidates, columns), sentences)

    def suppose(
        self, read: ReadNeed, candidates: Candidates, rows: IntArray, stated: dict[str, Column]
    ) -> FloatArray:
        """The scores of `rows`, which are among the candidates, with other facts; shape (n_rows,).

        `stated` has the columns of solutions (`solution_columns`), one row for each of `rows`;
        a row may be there several times. Texts stay as they are.
        """
        places = {row: place for place, row in enumerate(candidates.row.tolist())}
        chosen = [places[row] for row in rows.tolist()]
        supposed = replace(
            candidates,
            row=rows,
            cosine=candidates.cosine[chosen],
            overlap=candidates.overlap[chosen],
            fused=candidates.fused[chosen],
        )
        columns, _ = self._columns(read, supposed)
        # Numbered, so that each score finds back to its row.
        numbered = replace(supposed, row=np.arange(len(rows)))
        scored = self.scorer.score(numbered, columns | stated)
        scores: FloatArray = scored.reciprocal_score[np.argsort(scored.row)]
        return scores

    def propose(self, read: ReadNeed, length: int, day: date | None = None) -> ProposedList:
        """The explained list for one need: `length` proposals, and those placed by hand.

        Pinned ones come first; an added one stands where its score puts it, at the end if need
        be. Neither takes a place from another. The discoveries of the `day` stand behind all
        others; without a day there are none, for lists that are kept nowhere.
        """
        ranking = self.rank(read)
        # The same lot all day, and until other solutions are compared.
        occasion = (self._settings.seed, read.need.id, self.corpus.digest, day)
        shown = compose(
            self.rows(ranking, length) if day else Rows(length),
            self._kinds(ranking),
            [self.corpus.snapshot.solutions[row].id for row in ranking.scored.row],
            occasion,
        )
        return ProposedList(
            need=read.need,
            considered=ranking.candidates.considered,
            excluded=ranking.candidates.excluded,
            scored=len(ranking.scored.row),
            abstained=ranking.candidates.missing,
            proposals=tuple(self.explain(ranking, row, rank) for rank, row in enumerate(shown, 1)),
            notice=None if self._vectors.reads(read.need.text) else UNREAD_LANGUAGE,
            unlisted=self._unlisted(ranking, [row.position for row in shown]),
        )

    def rows(self, ranking: Ranking, length: int) -> Rows:
        """Which places of the ranking go into a stored list for certain, and which by lot."""
        return give_away(length, self._settings.lists.discovery_share, self._kinds(ranking))

    def _kinds(self, ranking: Ranking) -> list[PlacementKind | None]:
        solutions, placed = self.corpus.snapshot.solutions, ranking.read.placed
        return [placed.get(solutions[row].id) for row in ranking.scored.row]

    def _unlisted(self, ranking: Ranking, shown: Sequence[int]) -> Unlisted:
        solutions, scored = self.corpus.snapshot.solutions, ranking.scored
        ruled_out: dict[str, list[UUID]] = defaultdict(list)
        for row, rule in ranking.candidates.ruled_out.items():
            ruled_out[rule].append(solutions[row].id)
        listed = set(shown)
        behind = [
            (solutions[row], float(score))
            for position, (row, score) in enumerate(
                zip(scored.row, scored.reciprocal_score, strict=True)
            )
            if position not in listed
        ]
        return Unlisted(
            ruled_out={rule: tuple(ids) for rule, ids in sorted(ruled_out.items())},
            behind=tuple((one.id, score, one.text.version_id) for one, score in behind),
        )

    def _columns(
        self, read: ReadNeed, candidates: Candidates
    ) -> tuple[dict[str, Any], dict[str, Sentences]]:
        """What the features read, and the sentences of the candidates by text hash."""
        rows, need = candidates.row, read.need
        solutions = self.corpus.snapshot.solutions
        texts = [solutions[row].text for row in rows]
        sentences = self._vectors.of_sentences(texts, "passage")
        languages = [(need.text.language, solutions[row].text.language) for row in rows]
        background = self.corpus.background
        hubs = self.corpus.hubness[rows]
        wishes = self.corpus.looks_for[rows]
        # A startup without a stated wish has a zero vector, and no opinion; the same holds
        # for a firm whose words have none.
        is_stated = wishes.any(axis=1) & read.self_description.any()
        wish_cosine = np.einsum("ij,j->i", wishes, read.self_description)
        wish_cosine = np.where(is_stated, wish_cosine, np.nan)
        firm = need.party.description if need.party and need.party.description else need.text
        stated = [solutions[row].party.looks_for for row in rows]
        wish_languages = [(wish.language if wish else None, firm.language) for wish in stated]
        tags = cast("SetColumn", self.corpus.columns["solution_tags"])
        columns = {
            **_verdicts(need, [solutions[row].id for row in rows]),
            **take(self.corpus.columns, rows),
            **need_columns(need, tags.vocabulary),
            "need_solution_cosine": candidates.cosine,
            "need_solution_overlap": candidates.overlap,
            "need_sentence_answers": sentence_answers(
                read.sentences.vectors, [sentences[text.text_hash].vectors for text in texts]
            ),
            "sme_looked_for_cosine": wish_cosine,
            "cosine_yardstick": _yardstick(background.level("cosine", languages), hubs),
            "wish_yardstick": Yardstick(*background.level("cosine", wish_languages)),
            "sentences_yardstick": _yardstick(background.level("sentences", languages), hubs),
            "overlap_yardstick": Yardstick(*background.level("overlap", languages)),
        }
        return columns, sentences

    def explain(self, ranking: Ranking, row: Row, rank: int) -> Proposal:
        """Explain a row, which people see at `rank`."""
        position = row.position
        scored, need = ranking.scored, ranking.read.need
        solution = self.corpus.snapshot.solutions[scored.row[position]]
        # The same wording may be stored twice; the quote must name this solution's version.
        theirs = Sentences(solution.text, ranking.sentences[solution.text.text_hash].vectors)
        floor = self.corpus.background.floor((need.text.language, solution.text.language))
        evidence = find_evidence(
            ranking.read.sentences,
            theirs,
            floor,
            needs_shared_word=self._vectors.encoder.is_fallback,
        )
        quotes = None
        if evidence:
            best = evidence[0]
            quotes = (
                need.text.text[slice(*best.need_span)],
                solution.text.text[slice(*best.solution_span)],
            )
        shared = self.corpus.index.shared_words(need, int(scored.row[position]))
        pair = Pair(need, solution, quotes, shared[:MOST_SHARED_WORDS], branch_title)
        document = explain(
            scored,
            position,
            pair,
            evidence,
            rank=rank,
            placed=ranking.read.placed.get(solution.id),
            is_discovery=row.drawn_with is not None,
            rule=self.scorer.rule,
            bands=self._settings.scoring.bands,
        )
        return Proposal(
            rank=rank,
            solution_id=solution.id,
            solution_text_version_id=solution.text.version_id,
            sme_preference=document["sides"]["sme"]["preference"],
            startup_preference=document["sides"]["startup"]["preference"],
            reciprocal_score=document["reciprocal_score"],
            match_probability=document["match_probability"],
            exposure_propensity=1.0 if row.drawn_with is None else row.drawn_with,
            document=document,
        )


def _verdicts(need: NeedProfile, solution_ids: list[UUID]) -> dict[str, Any]:
    """The column of what the office said, where it said anything about these pairs."""
    said = np.array([solution_id in need.poor_fits for solution_id in solution_ids], dtype=bool)
    return {"office_says_poor_fit": said} if said.any() else {}


def _yardstick(level: tuple[FloatArray, FloatArray], hubs: FloatArray) -> Yardstick:
    """Unrelated texts, as seen by profiles some of which are near to everything."""
    mean, sd = level
    return Yardstick(mean + hubs, sd)
