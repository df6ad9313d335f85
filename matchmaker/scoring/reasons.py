"""A sentence for each contribution, in German and English.

The sentences are chosen from the same value and signal that the score consists of.
"""

from matchmaker.scoring.field_reasons import FIELD_REASONS
from matchmaker.scoring.pair import Pair
from matchmaker.scoring.text_reasons import TEXT_REASONS


def reason_text(feature: str, pair: Pair, value: float, signal: float, language: str) -> str:
    """Say in one sentence what the feature found and on which facts."""
    say_why = TEXT_REASONS.get(feature) or FIELD_REASONS[feature]
    return say_why(pair, value, signal, language)
