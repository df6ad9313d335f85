"""From a need to a stored, explained match list, and to what becomes of its proposals."""

from matchmaker.tandems.answers import RunVersions
from matchmaker.tandems.corpus import Corpus, build_corpus, load_corpus
from matchmaker.tandems.holds import CLOSES, CONDITION, HOLD_RULES, in_force
from matchmaker.tandems.matching import Matching
from matchmaker.tandems.proposing import Proposer, Ranking, ReadNeed
from matchmaker.tandems.publishing import (
    find_newest_answer,
    find_newest_list,
    get_list_of_entry,
    publish,
    read_list,
)
from matchmaker.tandems.spreadsheet import write_spreadsheet
from matchmaker.tandems.summary import Summary, summarize
from matchmaker.tandems.vectors import Progress, Vectors
from matchmaker.tandems.why_not import WhyNot

__all__ = [
    "CLOSES",
    "CONDITION",
    "HOLD_RULES",
    "Corpus",
    "Matching",
    "Progress",
    "Proposer",
    "Ranking",
    "ReadNeed",
    "RunVersions",
    "Summary",
    "Vectors",
    "WhyNot",
    "build_corpus",
    "find_newest_answer",
    "find_newest_list",
    "get_list_of_entry",
    "in_force",
    "load_corpus",
    "publish",
    "read_list",
    "summarize",
    "write_spreadsheet",
]
