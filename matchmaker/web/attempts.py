"""How often somebody may try to log in: few times an account, somewhat more from one place."""

from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

_PER_ACCOUNT = parse("5/15minutes")
_PER_PLACE = parse("30/15minutes")


class Attempts:
    """Counts attempts in memory: each process of the server counts its own.

    A right password forgets the wrong ones before it.
    """

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def may_try(self, email: str, host: str) -> bool:
        """Count one more attempt; False if there were too many."""
        of_account = self._limiter.hit(_PER_ACCOUNT, "account", email)
        from_place = self._limiter.hit(_PER_PLACE, "place", host)
        return of_account and from_place

    def succeeded(self, email: str) -> None:
        """Forget what was counted for the account."""
        self._limiter.clear(_PER_ACCOUNT, "account", email)
