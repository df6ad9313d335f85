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
        **dict.fromkeys(
            (
                "startup",
                "startup_terms",
                "startup_firm",
                "startup_contact",
                "startup_more",
                "startup_check",
                "startup_sent",
                "profile",
            ),
            EVERYONE,
        ),
        "challenge": EVERYONE,
        "log_in": EVERYONE,
        "log_out": ANY_ROLE,
        "account": ANY_ROLE,
        "second_factor": ANY_ROLE,
        "sessions": ANY_ROLE,
        "hub": frozenset({"partner"}),
        **dict.fromkeys(("inbox", "desk_need", "desk_review", "desk_pair", "registrations"), DESK),
        **dict.fromkeys(("desk_startups", "desk_startup", "desk_held"), DESK),
        **dict.fromkeys(("tandems", "tandem", "desk_hold", "shortcuts"), DESK),
        "scorers": DESK | {"administrator"},
        "scorer_change": frozenset({"manager", "administrator"}),
    }
)
