"""What a training came to, in numbers and in a sentence."""

from collections.abc import Mapping
from dataclasses import dataclass

from matchmaker.messages import number, say
from matchmaker.training.gate import Verdict, verdict_text
from matchmaker.training.versions import ROLLED_BACK
from matchmaker.values import Side

# The reasons that come before any comparison; all others are the gate's.
NO_LABELS, UNCHANGED, KNOWN = "no_labels", "unchanged", "known"
EARLY = {
    NO_LABELS: "Nothing was learned: no outcome is known yet that the scorer could learn from.",
    UNCHANGED: "Nothing was learned that the weights in use do not hold already.",
    KNOWN: "Nothing new was learned: an earlier training gave the same weights.",
    ROLLED_BACK: "The training gave weights that somebody took back. Only a person can let them "
    "serve again.",
}


@dataclass(frozen=True, slots=True)
class TrainingReport:
    """`challenger` is the version that was trained, None where there was nothing to learn from.

    `champion` serves from now on: a version, or the expert's. `reason` is a code, `metrics` the
    figures of the comparison; `labels` counts yes, no, open and skipped by side.
    """

    challenger: str | None
    champion: str
    promoted: bool
    reason: str
    metrics: Mapping[str, float]
    labels: Mapping[Side, Mapping[str, int]]


def report_text(report: TrainingReport, language: str) -> str:
    """The sentences for people: what was learned from, and what follows."""
    told = [
        say(
            "Answers of firms: {yes} yes, {no} no, {open} open."
            if side == "sme"
            else "Answers of startups: {yes} yes, {no} no, {open} open.",
            language,
            **{kind: number(counts[kind], language, 0) for kind in ("yes", "no", "open")},
        )
        for side, counts in report.labels.items()
    ]
    if report.reason in EARLY:
        told.append(say(EARLY[report.reason], language))
    else:
        told.append(verdict_text(Verdict(report.promoted, report.reason, report.metrics), language))
    return "\n".join(told)
