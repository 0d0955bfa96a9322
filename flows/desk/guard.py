"""Lets nobody in but whoever holds the address that the command printed: host, origin, token and path are looked at.

What belongs here: who is answered. What does not: the answers (`app`). What is guarded against stands in docs/desk.md.

The token in the address works once. Whoever brings it gets a key, which the page keeps for its own origin only (not in
a cookie, which other servers of this machine would be sent) and shows with every question.
"""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass, field
from hmac import compare_digest
from typing import Any
from urllib.parse import parse_qs, unquote

from flows.desk.wording import in_both

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

KEY_HEADER = b"x-desk-key"
_MOST_BYTES = 20_000_000
"""Bytes of a question; a check list of a thousand figures has some hundred thousand."""
_HEADERS = (
    (
        b"content-security-policy",
        b"default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
        b"connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"x-frame-options", b"DENY"),
    (b"referrer-policy", b"no-referrer"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cache-control", b"no-store"),
)


@dataclass(slots=True)
class Door:
    """The token that opens once, and the key of whoever brought it.

    Attributes:
        token: What stands in the address.
        key: What the page shows afterwards.
        opened: Whether the token was used.
    """

    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    key: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    opened: bool = False

    def open_with(self, token: str) -> bool:
        """Takes the token; says whether it was the right one and not used before.

        Args:
            token: What somebody brought.
        """
        if self.opened or not compare_digest(token.encode(), self.token.encode()):
            return False
        self.opened = True
        return True

    def fits(self, key: bytes) -> bool:
        """Says whether a key is the one that was given out.

        Args:
            key: What somebody showed.
        """
        return self.opened and compare_digest(key, self.key.encode())


class Guard:
    """Stands before the desk's pages and answers 403 to everybody else."""

    def __init__(self, app: App, port: int, door: Door) -> None:
        """Stands before an app.

        Args:
            app: What answers.
            port: The port of this desk.
            door: Its token and key.
        """
        self._app = app
        self._hosts = {f"127.0.0.1:{port}".encode(), f"localhost:{port}".encode()}
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers a question, or refuses it."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        refusal = "Only pages are served here." if scope["type"] != "http" else self._refusal(scope)

        async def send_guarded(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                message["headers"] = [*message.get("headers", []), *_HEADERS]
            await send(message)

        if refusal is None:
            await self._app(scope, receive, send_guarded)
        elif scope["type"] == "http":
            body = in_both(refusal).encode()
            plain = [(b"content-type", b"text/plain; charset=utf-8"), (b"content-length", str(len(body)).encode())]
            await send_guarded({"type": "http.response.start", "status": 403, "headers": plain})
            await send({"type": "http.response.body", "body": body})
        else:
            await send({"type": "websocket.close", "code": 1008})

    def _refusal(self, scope: Scope) -> str | None:
        headers = dict(scope["headers"])
        host = headers.get(b"host", b"")
        if host not in self._hosts:
            return "This desk answers to its own address only."
        origin = headers.get(b"origin")
        if (origin is not None and origin != b"http://" + host) or (origin is None and scope["method"] != "GET"):
            return "This desk answers its own page only."
        if headers.get(b"sec-fetch-site", b"none") not in (b"none", b"same-origin"):
            return "This desk answers its own page only."
        if not headers.get(b"content-length", b"0").isdigit() or b"transfer-encoding" in headers:
            return "The length of what is sent must be told."
        if int(headers.get(b"content-length", b"0")) > _MOST_BYTES:
            return "That is too long."
        return self._refused_path(scope, headers)

    def _refused_path(self, scope: Scope, headers: dict[bytes, bytes]) -> str | None:
        path = unquote(scope.get("raw_path", b"").partition(b"?")[0].decode("latin-1")) or scope["path"]
        if ".." in path or "\\" in path or "//" in path or "\x00" in path:
            return "There is nothing outside."
        if path == "/":
            given = parse_qs(scope["query_string"].decode("latin-1"), keep_blank_values=True).get("token")
            if given is None or self._door.open_with(given[0]):
                scope["desk_key"] = self._door.key if given else ""
                return None
            return "This address was used before, or is not the one that the command printed: start the desk again."
        if path.startswith("/assets/"):
            return None
        if path.startswith("/api/"):
            return (
                None if self._door.fits(headers.get(KEY_HEADER, b"")) else "Open the address that the command printed."
            )
        return "There is nothing outside."
