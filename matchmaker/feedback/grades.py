"""What one event says about whether a side wanted a pair: two tables, and how they are read.

Nothing here reads or writes the database.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from matchmaker.feedback.stages import END, RESTS
from matchmaker.feedback.verdicts import FIT, NO_FIT
from matchmaker.values import Side

NO = 0.0
SUCCEEDED = "succeeded"
TRUST = "trust"

# How surely a side wanted the pair, judged by what it did about it. These are steps of one label:
# each costs a side more than the one before, so each says more. All lie above a half, since even
# the least of them is a yes and must never count against a pair; an office's own belief is barely
# one, because no side was asked.
GRADES: Mapping[str, float] = MappingProxyType(
    {
        FIT: 0.6,  # an officer believes it
        "both_agreed": 0.7,  # it agreed to be introduced: a word, no work
        "first_talk": 0.8,  # it took the time
        "pilot": 0.9,  # it took the risk
        "agreement": 0.95,  # it signed
        "alive_after_12_months": 1.0,  # it did not regret it
    }
)

# Whose no each reason is, where the event does not say; None is no label at all. A no teaches
# only where a feature can see its cause: otherwise it would be laid on those that it does see.
SPEAKS_FOR: Mapping[str, Side | None] = MappingProxyType(
    {
        "poor_fit": "sme",  # the texts, tags and branches do not answer the need
        "too_early": "sme",  # the feature of maturity sees it
        "it_security": "sme",  # the feature of demanded proofs sees it
        "no_capacity": "startup",  # it does not want this customer now
        "price": None,  # no feature knows prices
        "timing": None,  # it is about the calendar; the pair comes back on its day
        "benefit_unclear": None,  # a question, not an answer
        "description_unclear": None,  # a question, not an answer
        "wrong_region": None,  # it becomes a rule of the need, and the rule does the rest
        "already_solved": None,  # the need is gone, whoever was proposed
        "competitor": None,  # it is about two firms, who are kept apart from now on
        TRUST: None,  # it is about people; nothing of such a pair is learned, see `Word`
    }
)

# Who has to answer at a stage. The firm is asked first: whoever asks the startup has heard a yes.
_ASKED: Mapping[str, Side] = MappingProxyType({"sme_asked": "sme", "startup_asked": "startup"})
_BOTH: tuple[Side, ...] = ("sme", "startup")


@dataclass(frozen=True, slots=True)
class Word:
    """What an event says: `grades` by side, 0 for a no.

    `asks` is the side that has to answer from now on. `is_answer` ends the waiting of both sides
    even where it says nothing about what they wanted; `wipes` takes back what was said before.
    """

    grades: Mapping[Side, float] = field(default_factory=dict)
    asks: Side | None = None
    is_answer: bool = False
    wipes: bool = False


NOTHING = Word()


def word_of(kind: str, reason: str | None, side: Side | None, before: str | None) -> Word:
    """What an event of this kind says.

    Parameters
    ----------
    side : whose word it was; it beats the tables. None is the office's own.
    before : the stage at which the event found the pair; None where there was none.
    """
    if kind == FIT:
        # An officer who finds that it fits speaks of the need; nobody knows the startup's mind.
        return Word({side or "sme": GRADES[FIT]})
    if kind == NO_FIT:
        return _no(reason, side)
    if kind == END:
        if reason == SUCCEEDED:
            return Word(dict.fromkeys(_BOTH, GRADES["agreement"]))
        return NOTHING if reason == RESTS else _no(reason, side or _ASKED.get(before or ""))
    if kind == "startup_asked":
        return Word({"sme": GRADES["both_agreed"]}, asks="startup")
    if kind in GRADES:
        return Word(dict.fromkeys(_BOTH, GRADES[kind]))
    return Word(asks=_ASKED.get(kind))


def _no(reason: str | None, side: Side | None) -> Word:
    usual = SPEAKS_FOR[reason or ""]
    if usual is None:
        return Word(is_answer=True, wipes=reason == TRUST)
    return Word({side or usual: NO}, is_answer=True)
