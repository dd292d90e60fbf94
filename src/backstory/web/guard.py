"""What every request passes first: who may ask, how much may come, how long it may take; and what every answer carries.

The app listens on this machine alone, but a browser also runs the pages of strangers. A page of theirs whose name is
made to point here (DNS rebinding) is known by its Host; a form or script of theirs by its Origin.
"""

import asyncio
from collections.abc import Mapping
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from backstory.web import texts
from backstory.web.wording import wording

OWN_NAMES = frozenset({"127.0.0.1", "localhost", "[::1]"})
LOOKING = frozenset({"GET", "HEAD", "OPTIONS"})
SMALL_BYTES, UPLOAD_BYTES = 1 << 20, 1 << 29
UPLOADS = ("/import", "/api/imports", "/settings/restore", "/api/restore")
SILENCE_S, BODY_S = 20.0, 600.0  # between two parts of a body, and for all of it
TOO_MUCH = "This is more than the {} MB that are taken here; nothing was changed."
POLICY = (
    "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; "
    "script-src 'self'; style-src 'self'"
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}


class Refused(Exception):
    """A request that is not served: an HTTP status and a line that says why."""

    def __init__(self, status: int, why: str) -> None:
        super().__init__(why)
        self.status = status


class Guard:
    """Around the whole app."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # no page here opens a socket
            await send({"type": "websocket.close", "code": 1008})
            return
        body = _Body(scope, receive)

        async def guarded(message: Message) -> None:
            if body.refused and not body.answered:  # what the app makes of half a body
                return
            if message["type"] == "http.response.start":
                body.answered = True
                message["headers"] = _with_headers(message["headers"])
            await send(message)

        try:
            check(scope["method"], Headers(scope=scope))
            body.check_length(Headers(scope=scope))
            await self.app(scope, body.receive, guarded)
        except Refused as refused:
            body.refused = refused
        if (why := body.refused) and not body.answered:
            body.refused = None
            await PlainTextResponse(f"{_said(why, scope)}\n", why.status, {"connection": "close"})(
                scope, receive, guarded
            )


def check(method: str, headers: Headers) -> None:
    """Raise Refused for a Host that is none of this machine's own, and for a change that another site asks for."""
    hosts = headers.getlist("host")
    if len(hosts) != 1 or _name(hosts[0]) not in OWN_NAMES:
        raise Refused(400, "This address is not served here; open the app at http://127.0.0.1.")
    if method in LOOKING:
        return
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        raise Refused(403, "Another site asked for this; nothing was changed.")
    origin = headers.get("origin") or _origin_of(headers.get("referer"))
    if origin is not None and origin != f"http://{hosts[0]}":
        raise Refused(403, "Another site asked for this; nothing was changed.")


def _said(why: Refused, scope: Scope) -> str:
    """The line in the browser's language: who is refused does not learn what the person chose."""
    if str(scope["path"]).startswith("/api/"):
        return str(why)
    return wording(texts.best(None, Headers(scope=scope).get("accept-language"))).say(str(why))


def _name(host: str) -> str:
    """The host without its port, in small letters."""
    name, colon, port = host.casefold().rpartition(":")
    return name if colon and port.isdigit() else host.casefold()


def _origin_of(address: str | None) -> str | None:
    if not address:
        return None
    parts = urlsplit(address)
    return f"{parts.scheme}://{parts.netloc}"


def _with_headers(given: list[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    there = {name.lower() for name, _ in given}
    wanted: Mapping[str, str] = HEADERS if b"cache-control" in there else HEADERS | {"cache-control": "no-store"}
    more = [(name.encode(), value.encode()) for name, value in wanted.items() if name.encode() not in there]
    return [*given, *more]


class _Body:
    """A request's body, as much as its path may send, in the time there is."""

    def __init__(self, scope: Scope, receive: Receive) -> None:
        self.most = UPLOAD_BYTES if scope["path"] in UPLOADS else SMALL_BYTES
        self.got, self.whole, self.taken = 0, False, receive
        self.ends: float | None = None
        self.refused: Refused | None = None
        self.answered = False

    def check_length(self, headers: Headers) -> None:
        length = headers.get("content-length", "0")
        if not length.isdigit() or int(length) > self.most:
            raise Refused(413, TOO_MUCH.format(self.most >> 20))

    async def receive(self) -> Message:
        if self.whole:  # from here on only the end of the connection is waited for
            return await self.taken()
        now = asyncio.get_running_loop().time()
        self.ends = self.ends or now + BODY_S
        try:
            message = await asyncio.wait_for(self.taken(), max(0.0, min(SILENCE_S, self.ends - now)))
        except TimeoutError:
            raise self._refuse(408, "The rest of the request did not come in time; nothing was changed.") from None
        self.got += len(message.get("body", b""))
        if self.got > self.most:
            raise self._refuse(413, TOO_MUCH.format(self.most >> 20))
        self.whole = not message.get("more_body", False)
        return message

    def _refuse(self, status: int, why: str) -> Refused:
        """Kept, too: what reads the body may take any exception for a mistake of the sender's."""
        self.refused = Refused(status, why)
        return self.refused
