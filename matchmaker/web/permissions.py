"""Who may open which page: one table, without which no page is routed."""

from collections.abc import Mapping
from types import MappingProxyType

from matchmaker.tables import ROLES

# The pages that need no account.
EVERYONE: frozenset[str] = frozenset({"everyone"})
# Any account, for what is about the account itself.
ANY_ROLE = frozenset(ROLES)
DESK = frozenset({"officer", "manager"})

PERMISSIONS: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        **dict.fromkeys(
            ("start", "how_we_propose", "privacy", "accessibility", "imprint"), EVERYONE
        ),
        **dict.fromkeys(
            ("need", "need_firm", "need_contact", "need_check", "need_sent", "confirm", "status"),
            EVERYONE,
        ),
        "challenge": EVERYONE,
        "log_in": EVERYONE,
        "log_out": ANY_ROLE,
        "account": ANY_ROLE,
        "second_factor": ANY_ROLE,
        "sessions": ANY_ROLE,
        **dict.fromkeys(("inbox", "desk_need", "desk_held", "desk_pair"), DESK),
    }
)
