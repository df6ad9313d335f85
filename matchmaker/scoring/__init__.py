"""How much each side would want the other, and why.

Features measure a pair, two logistic models weigh them, a rule joins the two preferences,
and the explanation is read off the same numbers.
"""

# Importing the two modules fills the registry of features.
from matchmaker.scoring import field_features, text_features
from matchmaker.scoring.background import Background, Languages, measure_background, random_pairs
from matchmaker.scoring.columns import (
    SIZE_CLASSES,
    Column,
    SetColumn,
    need_columns,
    solution_columns,
    take,
)
from matchmaker.scoring.evidence import Sentences, find_evidence
from matchmaker.scoring.explanation import explain
from matchmaker.scoring.feature import FEATURES, Feature, Measured
from matchmaker.scoring.hubs import hubness
from matchmaker.scoring.pair import Pair
from matchmaker.scoring.parameters import (
    Calibration,
    ScorerParameters,
    SideParameters,
    expert_parameters,
)
from matchmaker.scoring.reciprocal import RECIPROCAL_RULES, logistic
from matchmaker.scoring.scorer import VERDICT, Scorer, feature_version, weighable
from matchmaker.scoring.text_features import Yardstick, sentence_answers

__all__ = [
    "FEATURES",
    "RECIPROCAL_RULES",
    "SIZE_CLASSES",
    "VERDICT",
    "Background",
    "Calibration",
    "Column",
    "Feature",
    "Languages",
    "Measured",
    "Pair",
    "Scorer",
    "ScorerParameters",
    "Sentences",
    "SetColumn",
    "SideParameters",
    "Yardstick",
    "expert_parameters",
    "explain",
    "feature_version",
    "field_features",
    "find_evidence",
    "hubness",
    "logistic",
    "measure_background",
    "need_columns",
    "random_pairs",
    "sentence_answers",
    "solution_columns",
    "take",
    "text_features",
    "weighable",
]
