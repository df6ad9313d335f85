"""A profile as people see it: everything for its owner and the desk, less for firms."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from matchmaker import submissions
from matchmaker.database import now
from matchmaker.profiles import voucher_age_rule
from matchmaker.web.forms import Field, Filled, typed
from matchmaker.web.pages.startup_fields import CONTACT, FIRM, REVEALING, SOLUTION, TERMS

VOUCHER = {
    "yes": "Founded less than ten years ago, as some vouchers demand.",
    "no": "Founded ten years ago or more; some vouchers are only for younger startups.",
    "unclear": "Founded less than ten years ago, as some vouchers demand? Unclear: the day of the "
    "founding is missing.",
}


@dataclass(frozen=True, slots=True)
class ProfileView:
    """The answers of a startup, ready to be shown."""

    answers: Mapping[str, Any]

    @property
    def solutions(self) -> dict[str, Filled]:
        """Each solution by its key, the first one first."""
        return {
            key: typed(SOLUTION, one)
            for key, one in submissions.solutions_of(self.answers).items()
        }  # fmt: skip

    @property
    def others(self) -> dict[str, Filled]:
        """The solutions beside the first one."""
        return {key: one for key, one in self.solutions.items() if key != submissions.FIRST}

    @property
    def firm(self) -> Filled:
        """The answers about the startup itself."""
        return typed((*TERMS, *FIRM, *CONTACT), self.answers)

    @property
    def solution_fields(self) -> Sequence[Field]:
        """What may be said about a solution."""
        return SOLUTION

    @property
    def shown_of_solution(self) -> Sequence[Field]:
        """What firms see of a solution."""
        return _anonymous(SOLUTION)

    @property
    def shown_of_firm(self) -> Sequence[Field]:
        """What firms see of the startup."""
        return _anonymous((*TERMS, *FIRM))

    @property
    def voucher(self) -> str:
        """What the founding date means for vouchers, today."""
        founded_on = self.answers.get("founded_on")
        day = date.fromisoformat(founded_on) if founded_on else None
        return VOUCHER[voucher_age_rule(day, now().date())]


def _anonymous(fields: Sequence[Field]) -> Sequence[Field]:
    return [field for field in fields if field.name not in REVEALING]
