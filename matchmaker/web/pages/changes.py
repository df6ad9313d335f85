"""What changed since the list before, and why, in sentences."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from matchmaker import tandems
from matchmaker.messages import number
from matchmaker.profiles import name_solutions
from matchmaker.tables import MatchList, Placement
from matchmaker.tandems import Cause
from matchmaker.web.pages.placements import officer_names
from matchmaker.web.pages.statements import FEATURES
from matchmaker.web.rendering import speak

# What an officer's hand did last, and what it undid.
PLACED_WORDS = {
    "pinned": "Pinned by {officer}.",
    "added": "Added by hand by {officer}.",
    "hidden": "Hidden by {officer}: {note}",
}
LIFTED_WORDS = {
    "pinned": "No longer pinned, by {officer}.",
    "added": "No longer added by hand, by {officer}.",
    "hidden": "Shown again by {officer}.",
}
CAUSE_WORDS = {
    "rule_now": "A rule now leaves it out: {after}.",
    "rule_no_more": "A rule no longer leaves it out: {before}.",
    "text": "Its text changed.",
    "need_text": "The text of the need changed.",
    "encoder": "The language model is another one.",
    "scorer": "The weighing of the reasons is another one.",
    "feature": "“{feature}” now counts {after} instead of {before} for the {side}.",
    "score": "Its score is now {after} instead of {before}.",
    "discovery": "The last places go to discoveries; these are drawn by lot.",
    "others_before": "Others now stand before it.",
    "others_left": "Others no longer stand before it.",
    "longer": "The list is longer than before.",
    "shorter": "The list is shorter than before.",
    "abstained": "The need now says too little for a list.",
    "answered": "The need said too little for a list before.",
    "seen_first": "It was not among those compared before.",
    "seen_no_more": "It is no longer among those compared.",
    "not_kept": "The older list did not keep the reason.",
}
SIDE_WORDS = {"sme": "firm", "startup": "startup"}
_OTHERS = {"others_before", "others_left"}
NO_NAME = "a startup that you no longer see"


@dataclass(frozen=True, slots=True)
class ChangedRow:
    """One row that came, went or moved, with its causes as one text."""

    kind: str
    name: str
    before: int | None
    after: int | None
    causes: str


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed since the list before, which is of `since`.

    `followers` moved only because others came or left; they need one line for all of them.
    """

    before_id: UUID
    since: datetime
    rows: Sequence[ChangedRow]
    followers: Sequence[ChangedRow]


def changes_of(session: Session, office_id: UUID, list_id: UUID, language: str) -> Changes | None:
    """What changed from the list before to this one; None where this is the first."""
    before = tandems.find_list_before(session, office_id, list_id)
    if before is None:
        return None
    after = session.get_one(MatchList, list_id)
    found = tandems.compare_lists(session, before.id, list_id)
    names = name_solutions(session, office_id) if found else {}
    deeds = [
        one
        for one in tandems.find_placements(session, office_id, after.need_id)
        if one.made_at <= after.created_at
    ]
    officers = officer_names(session, deeds)
    rows: list[ChangedRow] = []
    followers: list[ChangedRow] = []
    for change in found:
        named = names.get(change.solution_id)
        follows = change.kind == "moved" and _OTHERS.issuperset(c.kind for c in change.causes)
        name = speak(NO_NAME, language)
        if named is not None:
            name = named.startup if follows else named.label
        deed = next((d for d in reversed(deeds) if d.solution_id == change.solution_id), None)
        causes = " ".join(say_cause(cause, deed, officers, language) for cause in change.causes)
        row = ChangedRow(change.kind, name, change.before, change.after, causes)
        (followers if follows else rows).append(row)
    return Changes(before.id, before.created_at, rows, followers)


def say_cause(
    cause: Cause, deed: Placement | None, officers: dict[UUID, str], language: str
) -> str:
    """A cause as a sentence; `deed` is the newest placement of the pair."""
    if cause.kind == "placed":
        return _say_placed(cause, deed, officers, language)
    values: dict[str, str] = {"before": "", "after": ""}
    if cause.kind == "feature":
        values["feature"] = speak(FEATURES[cause.feature or ""], language)
        values["side"] = speak(SIDE_WORDS[cause.side or ""], language)
    if isinstance(cause.before, float) and isinstance(cause.after, float):
        values |= _two_numbers(cause.before, cause.after, language)
    elif cause.kind in ("rule_now", "rule_no_more"):
        values["before"] = speak(str(cause.before), language)
        values["after"] = speak(str(cause.after), language)
    return speak(CAUSE_WORDS[cause.kind], language).format(**values)


def _say_placed(
    cause: Cause, deed: Placement | None, officers: dict[UUID, str], language: str
) -> str:
    by = note = ""
    if deed is not None:
        by = officers[deed.officer_id if cause.after else deed.lifted_by_id or deed.officer_id]
        note = deed.note or ""
    words = PLACED_WORDS[str(cause.after)] if cause.after else LIFTED_WORDS[str(cause.before)]
    return speak(words, language).format(officer=by, note=note)


def _two_numbers(before: float, after: float, language: str) -> dict[str, str]:
    """Two numbers with as many digits as it takes to see that they differ."""
    decimals = next((d for d in (2, 3, 4) if round(before, d) != round(after, d)), 5)
    return {
        "before": number(before, language, decimals),
        "after": number(after, language, decimals),
    }
