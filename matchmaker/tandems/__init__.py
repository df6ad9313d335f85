"""From a need to a stored, explained match list, and to what becomes of its proposals."""

from matchmaker.tandems.advising import advise_pair, advise_startup
from matchmaker.tandems.answers import RunVersions
from matchmaker.tandems.coaching import Lift, Outlook, Statement, Suggestion
from matchmaker.tandems.comparing import CAUSES, Cause, Change
from matchmaker.tandems.corpus import Corpus, build_corpus, load_corpus
from matchmaker.tandems.holds import CLOSES, CONDITION, HOLD_RULES, in_force
from matchmaker.tandems.listings import Listing, find_listings
from matchmaker.tandems.matching import Matching
from matchmaker.tandems.placements import (
    LONGEST_NOTE,
    Decision,
    RuleStandsAgainstError,
    find_placements,
)
from matchmaker.tandems.proposing import Proposer, Ranking
from matchmaker.tandems.publishing import (
    find_newest_answer,
    find_newest_list,
    get_list_of_entry,
    publish,
    read_list,
)
from matchmaker.tandems.reading import ReadNeed
from matchmaker.tandems.records import compare_lists, find_list_before
from matchmaker.tandems.spreadsheet import Cell, write_spreadsheet, write_table
from matchmaker.tandems.summary import Summary, summarize
from matchmaker.tandems.vectors import Progress, Vectors
from matchmaker.tandems.warm import Champion
from matchmaker.tandems.why_not import WhyNot

__all__ = [
    "CAUSES",
    "CLOSES",
    "CONDITION",
    "HOLD_RULES",
    "LONGEST_NOTE",
    "Cause",
    "Cell",
    "Champion",
    "Change",
    "Corpus",
    "Decision",
    "Lift",
    "Listing",
    "Matching",
    "Outlook",
    "Progress",
    "Proposer",
    "Ranking",
    "ReadNeed",
    "RuleStandsAgainstError",
    "RunVersions",
    "Statement",
    "Suggestion",
    "Summary",
    "Vectors",
    "WhyNot",
    "advise_pair",
    "advise_startup",
    "build_corpus",
    "compare_lists",
    "find_list_before",
    "find_listings",
    "find_newest_answer",
    "find_newest_list",
    "find_placements",
    "get_list_of_entry",
    "in_force",
    "load_corpus",
    "publish",
    "read_list",
    "summarize",
    "write_spreadsheet",
    "write_table",
]
