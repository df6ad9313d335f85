"""Errors that people read: what happened, where, and what to do about it.

The domain raises these without a thought for HTTP or exit codes; the web and the command
line each map them once.
"""


class MatchmakerError(Exception):
    """The base of every error whose text may be shown to a user as it stands."""


class NotFoundError(MatchmakerError):
    """Nothing with this id exists, or the office that asks may not see it."""


class ConflictError(MatchmakerError):
    """The request is well formed but contradicts what is stored."""


class InvalidInputError(MatchmakerError):
    """The input breaks a rule.

    Parameters
    ----------
    message : what is wrong and what was expected.
    field : the field, column or option at fault, if there is one.
    """

    def __init__(self, message: str, *, field: str | None = None) -> None:
        super().__init__(message)
        self.field = field
