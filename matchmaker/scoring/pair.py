"""What the sentences about one pair may speak of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matchmaker.values import NeedProfile, SolutionProfile

BranchTitle = Callable[[str, str], str]


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


# From what was measured, its signal and a language to a sentence about a pair.
Reason = Callable[[Pair, float, float, str], str]
