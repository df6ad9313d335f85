"""What each side of a pair is known to want, from the events about the pair in their order."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import cast
from uuid import UUID

from matchmaker.days import day_of
from matchmaker.feedback.events import EVENT_KINDS
from matchmaker.feedback.grades import NO, Word, word_of
from matchmaker.feedback.stages import STEPS, standing_moves
from matchmaker.feedback.verdicts import VERDICTS, WITHDRAWN
from matchmaker.tables import TANDEM_STAGES, Event
from matchmaker.values import Side

Pair = tuple[UUID, UUID]

_ORDER = {kind: number for number, kind in enumerate(EVENT_KINDS)}


@dataclass(frozen=True, slots=True)
class Told:
    """An event and the pair of need and solution that it is about."""

    event: Event
    pair: Pair


@dataclass(frozen=True, slots=True)
class Case:
    """One side of a pair. `grade` is None while it has not answered, and so is `decided`.

    `asked` is the event since which it could answer, `entry_id` the proposal that it answered,
    `stage` the furthest that the pair got.
    """

    pair: Pair
    side: Side
    grade: float | None
    asked: Event
    decided: Event | None
    shown_at: datetime | None
    entry_id: UUID | None
    stage: str | None


@dataclass(slots=True)
class _Mind:
    """What one side is known to want, while the events are read."""

    side: Side
    asked: Event | None = None
    grade: float | None = None
    decided: Event | None = None
    asked_before: Event | None = None
    is_over: bool = False

    def hear(self, event: Event, word: Word) -> None:
        if word.wipes:
            self.grade = self.decided = None
        if word.asks == self.side:
            if self.asked is None or self.is_over:
                self.asked = event
            self.is_over = False
        said = word.grades.get(self.side)
        # After a yes only more than that is news; a no always is.
        if said is not None and (said == NO or self.grade is None or said >= self.grade):
            self.grade, self.decided, self.asked_before = said, event, self.asked
        self.is_over |= word.is_answer


def cases_of(told: Iterable[Told]) -> list[Case]:
    """The sides of all pairs that have answered or are waited for, by pair and side.

    The order in which the events come does not matter.
    """
    of_pair: dict[Pair, list[Event]] = defaultdict(list)
    known = list(told)
    for one in known:
        of_pair[one.pair].append(one.event)
    words = _words(known)
    return [
        case
        for pair in sorted(of_pair)
        for case in _of_one_pair(pair, sorted(of_pair[pair], key=_order), words)
    ]


def _of_one_pair(pair: Pair, events: Sequence[Event], words: Mapping[UUID, Word]) -> Iterator[Case]:
    first = events[0]
    minds = (_Mind("sme", asked=first), _Mind("startup"))
    for event in events:
        for mind in minds:
            if event.id in words:
                mind.hear(event, words[event.id])
    reached = [TANDEM_STAGES.index(e.kind) for e in events if e.id in words and _is_stage(e.kind)]
    shown = [event.happened_at for event in events if event.kind == "shown"]
    for mind in minds:
        asked = mind.asked if mind.decided is None else mind.asked_before or first
        if asked is None or (mind.decided is None and mind.is_over):
            continue
        yield Case(
            pair=pair,
            side=mind.side,
            grade=mind.grade,
            asked=asked,
            decided=mind.decided,
            shown_at=min(shown, default=None),
            entry_id=_entry(events, asked, mind.decided),
            stage=TANDEM_STAGES[max(reached)] if reached else None,
        )


def _is_stage(kind: str) -> bool:
    return kind in TANDEM_STAGES and kind != "ended"


def _entry(events: Sequence[Event], asked: Event, decided: Event | None) -> UUID | None:
    """The proposal that was answered: that of the answer, else the newest one before it.

    While there is no answer it is that of the question, else the first one.
    """
    until = events.index(decided or asked) + 1
    before = [e.match_list_entry_id for e in events[:until] if e.match_list_entry_id]
    if before:
        return before[-1]
    later = (e.match_list_entry_id for e in events[until:] if e.match_list_entry_id)
    return next(later, None) if decided is None else None


def _words(told: Sequence[Told]) -> dict[UUID, Word]:
    """What the events say that nobody took back, by their ids."""
    withdrawn = {one.event.details["withdraws"] for one in told if one.event.kind == WITHDRAWN}
    words: dict[UUID, Word] = {}
    of_tandem: dict[UUID, list[Event]] = defaultdict(list)
    # What an office brought in by a file has no tandem, and may name only the last of its steps.
    without: dict[Pair, list[Event]] = defaultdict(list)
    for one in told:
        event = one.event
        if event.kind in VERDICTS:
            if str(event.id) not in withdrawn:
                words[event.id] = _word(event, None)
        elif event.tandem_id is not None:
            of_tandem[event.tandem_id].append(event)
        elif event.kind in STEPS:
            without[one.pair].append(event)
    for events in of_tandem.values():
        before = None
        for move in standing_moves(sorted(events, key=lambda e: (e.recorded_at, e.id))):
            words[move.event.id] = _word(move.event, before)
            before = move.stage
    for events in without.values():
        before = None
        for event in sorted(events, key=_order):
            words[event.id] = _word(event, before)
            before = event.kind
    return words


def _word(event: Event, before: str | None) -> Word:
    return word_of(event.kind, event.reason, cast("Side | None", event.side), before)


def _order(event: Event) -> tuple[date, datetime, int, UUID]:
    """By day, since a step that is told later may have no hour; then as they were told."""
    return day_of(event.happened_at), event.recorded_at, _ORDER.get(event.kind, 0), event.id
