"""The way of a need from the public form to a record of the office: draft, confirmation, owner."""

from matchmaker.submissions.confirming import (
    MOST_CONFIRMATIONS,
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
    erase,
    find_by_status,
    owner_document,
    rewrite,
    withdraw,
)
from matchmaker.submissions.purging import purge

__all__ = [
    "MOST_CONFIRMATIONS",
    "REJECTIONS",
    "confirm",
    "count_held",
    "erase",
    "find_by_confirmation",
    "find_by_status",
    "find_draft",
    "get_held",
    "list_held",
    "owner_document",
    "purge",
    "reject",
    "release",
    "renew_confirmation",
    "rewrite",
    "save_answers",
    "start_draft",
    "submit",
    "withdraw",
]
