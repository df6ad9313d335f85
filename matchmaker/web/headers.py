"""What every answer tells the browser about safety, and requests that come from elsewhere."""

from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

# KERN draws its icons as data: images. Nothing is loaded from another host, no code stands in
# a page, no page stands in a frame.
CONTENT_SECURITY_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
_READING = {"GET", "HEAD", "OPTIONS"}
API = "/api/"


class SafeHeaders:
    """Adds the headers to every answer, and refuses forms that another site sends.

    A browser says where a request comes from (Sec-Fetch-Site; an older one by Origin). The API
    is left alone: it knows no cookies, so no other site can use somebody's log-in there.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_safely(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in _HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        if _is_foreign(scope):
            refusal = PlainTextResponse("This form was sent from another site.", 403)
            await refusal(scope, receive, send_safely)
            return
        await self._app(scope, receive, send_safely)


def _is_foreign(scope: Scope) -> bool:
    if scope["method"] in _READING or scope["path"].startswith(API):
        return False
    headers = Headers(scope=scope)
    site = headers.get("sec-fetch-site")
    if site is not None:
        return site not in ("same-origin", "none")
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc != headers.get("host")
