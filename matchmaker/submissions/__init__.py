"""The way from a public form to records of the office: draft, confirmation, owner."""

from matchmaker.submissions.confirming import (
    MOST_CONFIRMATIONS,
    accept_brought,
    confirm,
    find_by_confirmation,
    renew_confirmation,
    submit,
)
from matchmaker.submissions.drafts import find_draft, save_answers, start_draft
from matchmaker.submissions.holding import (
    REJECTIONS,
    count_held,
    get_held,
    list_held,
    reject,
    release,
)
from matchmaker.submissions.owning import (
    ENDED,
    erase,
    find_by_status,
    owner_document,
    rewrite,
    withdraw,
)
from matchmaker.submissions.pausing import (
    Question,
    Write,
    ask_owners,
    is_asked,
    pause,
    resume,
    say_still_right,
)
from matchmaker.submissions.proposals import SMALLEST_CELL, Proposed, how_often_proposed
from matchmaker.submissions.purging import purge
from matchmaker.submissions.reissuing import (
    find_by_need,
    link_issued_at,
    reissue_status_link,
)
from matchmaker.submissions.startup_records import FIRST, solutions_of
from matchmaker.submissions.suspicion import (
    DECISIONS,
    decide,
    get_registration,
    list_registrations,
)

__all__ = [
    "DECISIONS",
    "ENDED",
    "FIRST",
    "MOST_CONFIRMATIONS",
    "REJECTIONS",
    "SMALLEST_CELL",
    "Proposed",
    "Question",
    "Write",
    "accept_brought",
    "ask_owners",
    "confirm",
    "count_held",
    "decide",
    "erase",
    "find_by_confirmation",
    "find_by_need",
    "find_by_status",
    "find_draft",
    "get_held",
    "get_registration",
    "how_often_proposed",
    "is_asked",
    "link_issued_at",
    "list_held",
    "list_registrations",
    "owner_document",
    "pause",
    "purge",
    "reissue_status_link",
    "reject",
    "release",
    "renew_confirmation",
    "resume",
    "rewrite",
    "save_answers",
    "say_still_right",
    "solutions_of",
    "start_draft",
    "submit",
    "withdraw",
]
