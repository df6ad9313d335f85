"""How often somebody may try: to log in, to send the public form, and to leave files.

Counted in memory: each process of the server counts its own.
"""

from fastapi import Request
from limits import parse
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter

_PER_ACCOUNT = parse("5/15minutes")
_PER_PLACE = parse("30/15minutes")
_NEEDS_PER_ADDRESS = parse("5/day")
_NEEDS_PER_PLACE = parse("20/hour")
_FILES_PER_PLACE = parse("60/hour")


class Attempts:
    """Few times for an account or an address, somewhat more from one place.

    A right password forgets the wrong ones before it.
    """

    def __init__(self) -> None:
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    def may_log_in(self, email: str, request: Request) -> bool:
        """Count one more attempt; False if there were too many."""
        of_account = self._limiter.hit(_PER_ACCOUNT, "account", email)
        from_place = self._limiter.hit(_PER_PLACE, "place", _host(request))
        return of_account and from_place

    def succeeded(self, email: str) -> None:
        """Forget what was counted for the account."""
        self._limiter.clear(_PER_ACCOUNT, "account", email)

    def may_send(self, email: str, request: Request) -> bool:
        """Count one more sent form; False if there were too many.

        Without this, the form could fill a stranger's mail box.
        """
        to_address = self._limiter.hit(_NEEDS_PER_ADDRESS, "need", email)
        from_place = self._limiter.hit(_NEEDS_PER_PLACE, "needs", _host(request))
        return to_address and from_place

    def may_leave_file(self, request: Request) -> bool:
        """Count one more file; False if there were too many.

        Without this, forms that nobody finishes could fill the disk.
        """
        return self._limiter.hit(_FILES_PER_PLACE, "files", _host(request))


def _host(request: Request) -> str:
    return request.client.host if request.client else ""
