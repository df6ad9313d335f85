"""The way of a need from the public form to a record of the office: draft, confirmation, owner."""

from matchmaker.submissions.confirming import (
    MOST_CONFIRMATIONS,
    confirm,
    find_by_confirmation,
    renew_confirmation,
    submit,
)
from matchmaker.submissions.drafts import find_draft, save_answers, start_draft
from matchmaker.submissions.owning import (
    erase,
    find_by_status,
    owner_document,
    rewrite,
    withdraw,
)
from matchmaker.submissions.purging import purge
from matchmaker.submissions.reissuing import (
    find_by_need,
    link_issued_at,
    reissue_status_link,
)

__all__ = [
    "MOST_CONFIRMATIONS",
    "confirm",
    "erase",
    "find_by_confirmation",
    "find_by_need",
    "find_by_status",
    "find_draft",
    "link_issued_at",
    "owner_document",
    "purge",
    "reissue_status_link",
    "renew_confirmation",
    "rewrite",
    "save_answers",
    "start_draft",
    "submit",
    "withdraw",
]
