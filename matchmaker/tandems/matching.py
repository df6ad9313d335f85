"""Match lists: for a stored need, for a text typed in, for all open needs at once."""

from dataclasses import replace
from typing import Any
from uuid import UUID

from matchmaker import profiles
from matchmaker.config import Settings
from matchmaker.database import SessionFactory, now, reading, transaction
from matchmaker.days import day_of
from matchmaker.embedding import Encoder
from matchmaker.errors import ConflictError, NotFoundError
from matchmaker.tandems.answers import answer, localize
from matchmaker.tandems.holds import judged_needs
from matchmaker.tandems.listings import find_listings
from matchmaker.tandems.placements import (
    Decision,
    RuleStandsAgainstError,
    check_note,
    find_placed,
    get_placed,
    place,
)
from matchmaker.tandems.proposing import Proposer
from matchmaker.tandems.publishing import find_newest_list, publish, read_list
from matchmaker.tandems.reading import ReadNeed
from matchmaker.tandems.reverse import fitting_needs, startup_answer
from matchmaker.tandems.vectors import Progress, Vectors
from matchmaker.tandems.warm import Champion, Warm
from matchmaker.tandems.why_not import WhyNot, startup_rows, why_not
from matchmaker.values import NOTHING_PLACED, NeedProfile, Placed, ProposedList


class Matching:
    """One office's engine, warm: it keeps the corpus in memory until the data changes.

    `champion` says whose numbers score; the expert's where there is none. Another champion serves
    from the next request on.
    """

    def __init__(
        self,
        factory: SessionFactory,
        office_id: UUID,
        encoder: Encoder,
        settings: Settings,
        champion: Champion | None = None,
    ) -> None:
        self._factory = factory
        self._office_id = office_id
        self._settings = settings
        self._warm = Warm(factory, office_id, Vectors(factory, encoder), settings, champion)

    def proposer(self, progress: Progress | None = None) -> Proposer:
        """The proposer over the newest data, with the scorer that serves now."""
        return self._warm.proposer(progress)

    def match_text(self, need: NeedProfile, length: int, language: str) -> dict[str, Any]:
        """Answer a need that is stored nowhere; neither it nor its list is kept."""
        proposer = self.proposer()
        proposed = proposer.propose(proposer.read_passing(need), length)
        shown = {proposal.solution_id for proposal in proposed.proposals}
        versions = proposer.versions
        quoted = [need.text] + [s.text for s in proposer.corpus.snapshot.solutions if s.id in shown]
        return answer(
            need={
                "id": None,
                "external_id": None,
                "title": need.title,
                "status": None,
                "text_version": str(need.text.version_id),
            },
            list_id=None,
            run_id=None,
            generated_at=now(),
            versions=replace(versions, encoder_notice=proposed.notice or versions.encoder_notice),
            considered=proposed.considered,
            excluded=proposed.excluded,
            abstained=proposed.abstained,
            results=[
                localize(proposal.document, language) | {"list_entry": None}
                for proposal in proposed.proposals
            ],
            texts={str(text.version_id): text.text for text in quoted},
        )

    def match_need(
        self,
        need_id: UUID,
        language: str,
        top: int | None = None,
        *,
        actor: str = "match",
        fresh: bool = False,
    ) -> dict[str, Any]:
        """The list of a stored need: the newest stored one while its inputs are unchanged.

        Otherwise, or when `fresh`, a new list is computed and published. `top` cuts the
        answer; a larger number than the stored length computes a longer list. `actor` is who
        asks, for the ledger.

        Raises
        ------
        NotFoundError
            There is no such need, or it belongs to another office alone.
        """
        proposer = self.proposer()
        need, placed = self.get_need(need_id)
        with reading(self._factory) as session:
            newest = find_newest_list(session, self._office_id, need_id)
        length = max(self._settings.lists.length, top or 0)
        input_digest = proposer.input_digest(need, placed)
        if (
            not fresh
            and newest is not None
            and newest.input_digest == input_digest
            and newest.length >= length
        ):
            list_id = newest.id
        else:
            list_id = self._publish_one(proposer, need, placed, length, actor)
        with reading(self._factory) as session:
            return read_list(session, self._office_id, list_id, language, top)

    def why_not(self, need_id: UUID, startup_id: UUID) -> WhyNot:
        """Why a startup (or a solution, by its id) is not in the newest list of a need.

        Raises
        ------
        NotFoundError
            The office sees no such need or startup, or the need has no list yet.
        ConflictError
            The startup is in the list.
        """
        proposer = self.proposer()
        need, placed = self.get_need(need_id)
        with reading(self._factory) as session:
            newest = find_newest_list(session, self._office_id, need_id)
            if newest is None:
                raise NotFoundError(f"The need {need_id} has no match list yet.")
            return why_not(session, proposer, need, placed, newest, startup_id)

    def decide(self, need_id: UUID, decision: Decision, *, actor: str) -> UUID:
        """Record what an officer decided about a solution, and publish the list that follows.

        Both happen or neither does. Returns the id of the new list, as long as the one before.

        Raises
        ------
        NotFoundError
            The office sees no such need or solution, or there is nothing to take back.
        InvalidInputError
            The note is missing or too long.
        RuleStandsAgainstError
            A rule leaves out what should be pinned or added.
        ConflictError
            Somebody else decided something about the same list at the same time.
        """
        check_note(decision)
        proposer = self.proposer()
        need, before = self.get_need(need_id)
        with reading(self._factory) as session:
            newest = find_newest_list(session, self._office_id, need_id)
        placed = decision.applied_to(before)
        if decision.kind in ("pinned", "added"):
            (row,) = startup_rows(proposer, decision.solution_id)
            if rule := proposer.corpus.index.rules(need, placed)[row]:
                raise RuleStandsAgainstError(rule)
        length = max(self._settings.lists.length, newest.length if newest else 0)
        return self._publish_one(proposer, need, placed, length, actor, decision)

    def match_startup(self, startup_id: UUID, language: str, top: int) -> dict[str, Any]:
        """The open needs that fit a startup (or a solution, by its id) best; nothing is stored.

        Raises
        ------
        NotFoundError
            The office sees no such startup.
        """
        proposer = self.proposer()
        rows = startup_rows(proposer, startup_id)
        solutions = [proposer.corpus.snapshot.solutions[row] for row in rows]
        reads = self.read_open_needs(proposer)
        with reading(self._factory) as session:
            listings = find_listings(session, self._office_id, [one.id for one in solutions])
        fits, excluded = fitting_needs(proposer, reads, rows, top)
        return startup_answer(
            solutions,
            fits,
            versions=proposer.versions,
            considered=len(reads),
            excluded=excluded,
            listings=listings,
            language=language,
        )

    def publish_all(self, actor: str, progress: Progress | None = None) -> tuple[UUID, int]:
        """Compute and publish the lists of all open needs together.

        Returns the id of the run and the number of pairs that were scored. `progress` is
        told of every need that is done.
        """
        proposer = self.proposer()
        with reading(self._factory) as session:
            open_needs = profiles.take_open_needs(session, self._office_id, now())
            decided = find_placed(session, self._office_id)
        moment, length = now(), self._settings.lists.length
        lists: list[tuple[ProposedList, str]] = []
        pairs = 0
        needs = judged_needs(self._factory, self._office_id, open_needs)
        for need in needs:
            placed = decided.get(need.id, NOTHING_PLACED)
            proposed = proposer.propose(proposer.read_stored(need, placed), length, day_of(moment))
            pairs += proposed.scored
            lists.append((proposed, proposer.input_digest(need, placed)))
            if progress:
                progress(1)
        with transaction(self._factory) as session:
            run_id, _ = publish(
                session,
                self._office_id,
                lists,
                proposer.versions,
                length=length,
                as_of=moment,
                actor=actor,
            )
        return run_id, pairs

    def _publish_one(
        self,
        proposer: Proposer,
        need: NeedProfile,
        placed: Placed,
        length: int,
        actor: str,
        decision: Decision | None = None,
    ) -> UUID:
        """Compute one list and publish it, with the decision that it follows if there is one."""
        proposed = proposer.propose(proposer.read_stored(need, placed), length, day_of(now()))
        with transaction(self._factory) as session:
            if decision is not None:
                place(session, self._office_id, need.id, decision, actor=actor)
                if get_placed(session, self._office_id, need.id) != placed:
                    raise ConflictError("Somebody else has just changed this list; try again.")
            _, list_ids = publish(
                session,
                self._office_id,
                [(proposed, proposer.input_digest(need, placed))],
                proposer.versions,
                length=length,
                as_of=now(),
                actor=actor,
            )
        return list_ids[0]

    def read_open_needs(self, proposer: Proposer) -> list[ReadNeed]:
        """Every open need that the office sees, with what was judged and placed for it."""
        with reading(self._factory) as session:
            needs = profiles.take_open_needs(session, self._office_id, now())
            placed = find_placed(session, self._office_id)
        return proposer.read_all(judged_needs(self._factory, self._office_id, needs), placed)

    def get_need(self, need_id: UUID) -> tuple[NeedProfile, Placed]:
        """One need with what was judged, and what was placed for it.

        Raises
        ------
        NotFoundError
            There is no such need, or it belongs to another office alone.
        """
        with reading(self._factory) as session:
            need = profiles.get_need(session, self._office_id, need_id, now())
            placed = get_placed(session, self._office_id, need_id)
        (need,) = judged_needs(self._factory, self._office_id, [need])
        return need, placed
