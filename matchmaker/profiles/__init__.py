"""The organizations, their needs and solutions: how they come in, who sees them, what is known.

`visible_profiles` is the one door into retrieval.
"""

from matchmaker.profiles.alike import find_alike
from matchmaker.profiles.branches import branch_title, resolve_branch
from matchmaker.profiles.changes import record_id
from matchmaker.profiles.intake import (
    Delivery,
    ImportReport,
    Progress,
    Rejected,
    export_file,
    import_file,
    take_file,
    undo_batch,
)
from matchmaker.profiles.keys import is_legal_form
from matchmaker.profiles.lookup import get_need_id, get_startup_id
from matchmaker.profiles.naming import NamedSolution, find_named_solutions, name_solutions
from matchmaker.profiles.passing import passing_need
from matchmaker.profiles.record_facts import (
    Country,
    Day,
    Facts,
    MaturityTrl,
    NeedChanges,
    NeedFacts,
    NeedSubstance,
    OneOf,
    PartyChanges,
    PartyFacts,
    SecurityProof,
    SolutionChanges,
    SolutionFacts,
    Wording,
)
from matchmaker.profiles.records import (
    create_record,
    delete_record,
    get_record,
    list_records,
    update_record,
)
from matchmaker.profiles.searching import answers, search_terms
from matchmaker.profiles.snapshot import get_need, take_needs, take_open_needs, take_snapshot
from matchmaker.profiles.texts import clean_text, new_text_version
from matchmaker.profiles.vectors import (
    find_sentence_vectors,
    find_vectors,
    save_sentence_vectors,
    save_vectors,
)
from matchmaker.profiles.visibility import is_visible, sees, visible_needs, visible_profiles
from matchmaker.profiles.vocabulary import IT_SECURITY
from matchmaker.profiles.voucher import voucher_age_rule

__all__ = [
    "IT_SECURITY",
    "Country",
    "Day",
    "Delivery",
    "Facts",
    "ImportReport",
    "MaturityTrl",
    "NamedSolution",
    "NeedChanges",
    "NeedFacts",
    "NeedSubstance",
    "OneOf",
    "PartyChanges",
    "PartyFacts",
    "Progress",
    "Rejected",
    "SecurityProof",
    "SolutionChanges",
    "SolutionFacts",
    "Wording",
    "answers",
    "branch_title",
    "clean_text",
    "create_record",
    "delete_record",
    "export_file",
    "find_alike",
    "find_named_solutions",
    "find_sentence_vectors",
    "find_vectors",
    "get_need",
    "get_need_id",
    "get_record",
    "get_startup_id",
    "import_file",
    "is_legal_form",
    "is_visible",
    "list_records",
    "name_solutions",
    "new_text_version",
    "passing_need",
    "record_id",
    "resolve_branch",
    "save_sentence_vectors",
    "save_vectors",
    "search_terms",
    "sees",
    "take_file",
    "take_needs",
    "take_open_needs",
    "take_snapshot",
    "undo_batch",
    "update_record",
    "visible_needs",
    "visible_profiles",
    "voucher_age_rule",
]
