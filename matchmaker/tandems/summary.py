"""A proposal in a few lines for people: the strongest reasons, the quotes, what speaks against."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST_REASONS = 3
MOST_COUNTER_REASONS = 2
# A contribution to the log-odds below this is in the files, but no reason to a reader.
LEAST_SHOWN = 0.03

TALKS = "Of 10 such pairs about {count} came to a talk."
HARDLY_ANY = "Of 10 such pairs fewer than one came to a talk."


@dataclass(frozen=True, slots=True)
class Summary:
    """One result of a match list. `quotes` are pairs of a need's and a solution's words;
    `mark` says how it came here if not by its score: `pinned` or `added` by an officer's hand,
    `discovery` by lot; None otherwise. `talks_in_ten` says how many of ten such pairs came to a
    talk, None while too few outcomes are known."""

    rank: int
    mark: str | None
    list_entry: str | None
    startup_id: str
    startup: str
    solution_id: str
    solution: str | None
    band: str
    score: float
    talks_in_ten: int | None
    sme: float
    startup_view: float
    coverage: float
    quotes: list[tuple[str, str]]
    reasons: list[str]
    against: list[str]

    @property
    def chance(self) -> str:
        """What `talks_in_ten` means, as a message that `count` goes into."""
        return TALKS if self.talks_in_ten else HARDLY_ANY

    @property
    def other_reasons(self) -> list[str]:
        """The reasons that do not say once more what a quote says."""
        return [
            reason
            for reason in self.reasons
            if not any(need in reason and solution in reason for need, solution in self.quotes)
        ]


def summarize(result: Mapping[str, Any], texts: Mapping[str, str]) -> Summary:
    """Shorten a result of `read_list`; `texts` are the texts of its answer."""
    sides = result["sides"]
    both = [*sides["sme"]["contributions"], *sides["startup"]["contributions"]]
    ordered = sorted(both, key=lambda reason: -reason["contribution"])
    reasons = [reason["text"] for reason in ordered if reason["contribution"] >= LEAST_SHOWN]
    against = [
        found["text"] for found in result["against"] if found["contribution"] <= -LEAST_SHOWN
    ]
    probability = result["match_probability"]
    return Summary(
        rank=result["rank"],
        # Older lists say neither.
        mark=result.get("placed") or ("discovery" if result.get("discovery") else None),
        list_entry=result["list_entry"],
        startup_id=result["startup"]["id"],
        startup=result["startup"]["name"],
        solution_id=result["solution"]["id"],
        solution=result["solution"]["title"],
        band=result["band"],
        score=result["reciprocal_score"],
        talks_in_ten=None if probability is None else round(10 * probability),
        sme=sides["sme"]["preference"],
        startup_view=sides["startup"]["preference"],
        coverage=result["coverage"],
        quotes=[
            (
                texts[found["need_text_version"]][slice(*found["need_span"])],
                texts[found["solution_text_version"]][slice(*found["solution_span"])],
            )
            for found in result["evidence"]
        ],
        reasons=list(dict.fromkeys(reasons))[:MOST_REASONS],
        against=list(dict.fromkeys(against))[:MOST_COUNTER_REASONS],
    )
