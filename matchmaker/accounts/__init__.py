"""Who may log in: accounts with argon2 passwords, second factors, and revocable sessions."""

from matchmaker.accounts.officers import (
    create_officer,
    disable_officer,
    open_account,
    set_password,
)
from matchmaker.accounts.second_factor import (
    confirm_second_factor,
    new_secret,
    provisioning_address,
)
from matchmaker.accounts.sessions import (
    Visitor,
    end_every_session,
    end_session,
    find_visitor,
    keep_alive,
    log_in,
)

__all__ = [
    "Visitor",
    "confirm_second_factor",
    "create_officer",
    "disable_officer",
    "end_every_session",
    "end_session",
    "find_visitor",
    "keep_alive",
    "log_in",
    "new_secret",
    "open_account",
    "provisioning_address",
    "set_password",
]
