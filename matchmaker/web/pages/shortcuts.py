"""Single keys for the desk, which everybody can switch off (WCAG 2.1.4)."""

from datetime import timedelta

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from matchmaker.web.addresses import address, language_of
from matchmaker.web.forms import PostedForm
from matchmaker.web.pages.showing import page_route, set_cookie

router = APIRouter()

COOKIE = "keys"
_REMEMBERED = timedelta(days=365)


def are_keys_on(request: Request) -> bool:
    """Whether this browser wants single keys; it does until somebody switches them off."""
    return request.cookies.get(COOKIE) != "off"


@page_route(router, "shortcuts", method="POST")
def switch_keys(request: Request, posted: PostedForm) -> Response:
    """Switch the keys on or off in this browser, and go back to where that was asked."""
    language = language_of(request.url.path)
    wanted = posted.get("next", [""])[0]
    place = wanted if wanted.startswith(address("inbox", language)) else address("inbox", language)
    answer = RedirectResponse(f"{place}#keys", 303)
    chosen = "off" if posted.get("keys") == ["off"] else "on"
    set_cookie(request, answer, COOKIE, chosen, _REMEMBERED)
    return answer
