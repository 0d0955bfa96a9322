"""Speaks the OpenAI-compatible chat protocol with whatever server the user named; the only module that does.

What belongs here: requests, answers whole or in pieces, what is tried again, and when it is given up. What does not:
what is asked (`tasks.second.questions`), what of an answer may be used (`tasks.second.answers`).
"""

from __future__ import annotations

import asyncio
import ipaddress
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import httpx
from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, stop_after_attempt, wait_random_exponential

from flows.second.spoken import Spoken, in_pieces, whole
from flows.settings import Settings
from tasks.second.answers import reply_schema
from warehouse.errors import EnvironmentProblem, UserError
from warehouse.storage.given import read_given

Message = Mapping[str, str]

_MOST_BYTES = 4_000_000
_TRIES = 5
_LONGEST_PAUSE = 60.0
_AGAIN_LATER = (408, 409, 425, 429)
_OURS = ("model", "messages", "stream", "response_format")
_FORMATS: tuple[Mapping[str, Any] | None, ...] = (
    {"type": "json_schema", "json_schema": {"name": "figures", "strict": True, "schema": reply_schema()}},
    {"type": "json_object"},
    None,
)
"""Ways to hold a server to the form of an answer, strictest first; one that knows none of them is only asked for it."""


class ReaderRefusedError(EnvironmentProblem):
    """The server will not answer as it is asked: a wrong address, key, model or parameter."""


class GaveUpError(Exception):
    """A request was tried as often as makes sense; the question stays unanswered."""


class _LaterError(Exception):
    """The server asks for patience, or could not be reached."""

    def __init__(self, why: str, after: float | None = None):
        super().__init__(why)
        self.after = after


@dataclass(slots=True)
class Server:
    """A server that was named, and how it is asked.

    Attributes:
        url: Address of its chat completions.
        model: The model.
        parameters: What is told it beside the question; part of the digest of an answer.
        key: The key; empty for none. Never shown.
        timeout: Seconds until an answer must be whole.
        stream: Have the answer come in pieces.
        pause: Seconds before a request is first repeated.
    """

    url: str
    model: str
    parameters: Mapping[str, Any]
    key: str = field(default="", repr=False)
    timeout: float = 120
    stream: bool = False
    pause: float = 1
    _format: int = 0
    _client: httpx.AsyncClient | None = field(default=None, repr=False)

    @property
    def leaves_the_machine(self) -> bool:
        """Whether what is sent goes to another machine."""
        host = urlsplit(self.url).hostname or ""
        try:
            return not ipaddress.ip_address(host).is_loopback
        except ValueError:
            return host.rstrip(".").lower() != "localhost"

    async def __aenter__(self) -> Server:
        # A proxy of the environment is for other machines: what is meant for this one must not go through it.
        head = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        self._client = httpx.AsyncClient(
            headers=head,
            timeout=httpx.Timeout(self.timeout, connect=min(10.0, self.timeout)),
            follow_redirects=False,  # neither text nor key goes to an address that the user did not name
            trust_env=self.leaves_the_machine,
        )
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._client:
            await self._client.aclose()

    def body(self, messages: Sequence[Message], longest: int) -> dict[str, Any]:
        """Gives a request as it is sent.

        Args:
            messages: What is said to the model.
            longest: Tokens that the answer may have, where the user's parameters do not say.
        """
        asked: dict[str, Any] = {"model": self.model, "messages": list(messages), **self.parameters}
        if "max_completion_tokens" not in asked:
            asked.setdefault("max_tokens", longest)
        if shape := _FORMATS[self._format]:
            asked["response_format"] = shape
        return asked | ({"stream": True, "stream_options": {"include_usage": True}} if self.stream else {})

    async def ask(self, messages: Sequence[Message], longest: int) -> Spoken:
        """Asks once, patiently: what may pass is tried again with growing pauses.

        Args:
            messages: What is said to the model.
            longest: Tokens that the answer may have.

        Raises:
            ReaderRefusedError: The server will not.
            GaveUpError: It did not answer however often it was asked.
        """
        trying = AsyncRetrying(
            retry=retry_if_exception_type(_LaterError),
            stop=stop_after_attempt(_TRIES),
            wait=self._wait,
            reraise=True,
        )
        try:
            async for attempt in trying:
                with attempt:
                    return await self._ask_once(messages, longest)
        except _LaterError as error:
            raise GaveUpError(str(error)) from None
        raise AssertionError

    def _wait(self, state: RetryCallState) -> float:
        """As long as the server asks for, else twice as long each time."""
        failed = state.outcome.exception() if state.outcome else None
        if isinstance(failed, _LaterError) and failed.after is not None:
            return min(failed.after, _LONGEST_PAUSE)
        return wait_random_exponential(multiplier=self.pause, max=_LONGEST_PAUSE)(state)

    async def _ask_once(self, messages: Sequence[Message], longest: int) -> Spoken:
        assert self._client is not None
        while True:
            asked = self._format
            try:
                async with asyncio.timeout(self.timeout):
                    sent = self._client.build_request("POST", self.url, json=self.body(messages, longest))
                    answer = await self._client.send(sent, stream=True)
                    try:
                        raw = await _bounded(answer)
                    finally:
                        await answer.aclose()
            except (httpx.TransportError, httpx.DecodingError, TimeoutError) as error:
                raise _LaterError(_why(error)) from None
            if answer.status_code == 200:
                pieces = "text/event-stream" in answer.headers.get("content-type", "")
                return in_pieces(raw) if pieces else whole(raw)
            if answer.status_code in (400, 422) and self._simpler_than(asked, raw):
                continue
            self._refuse(answer, raw)

    def _simpler_than(self, asked: int, raw: bytes) -> bool:
        """Asks in a simpler form from now on, where the server does not know the one that was tried."""
        told = raw[:4000].lower()
        if not any(word in told for word in (b"response_format", b"schema", b"grammar", b"json_object", b"format")):
            return False
        if asked + 1 >= len(_FORMATS):
            return False
        self._format = max(self._format, asked + 1)
        return True

    def _refuse(self, answer: httpx.Response, raw: bytes) -> None:
        status = answer.status_code
        if status in _AGAIN_LATER or status >= 500:
            raise _LaterError(f"it answered {status}", _seconds(answer.headers.get("retry-after", "")))
        told = " ".join(raw[:300].decode("utf-8", "replace").split())
        if self.key:
            told = told.replace(self.key, "…")
        hint = {
            401: "check BROADSHEET_READER_KEY",
            403: "check BROADSHEET_READER_KEY",
            404: "check BROADSHEET_READER_URL and BROADSHEET_READER_MODEL",
        }.get(status, "check BROADSHEET_READER_URL, BROADSHEET_READER_MODEL and BROADSHEET_READER_PARAMETERS")
        raise ReaderRefusedError(f"The server at {self.url} refused with {status} ({told}): {hint}.")


async def _bounded(answer: httpx.Response) -> bytes:
    pieces = bytearray()
    async for piece in answer.aiter_bytes():
        pieces += piece
        if len(pieces) > _MOST_BYTES:
            raise _LaterError(f"its answer has more than {_MOST_BYTES:,} bytes")
    return bytes(pieces)


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return "it took too long"
    return " ".join(str(error).split())[:200] or type(error).__name__


def _seconds(told: str) -> float | None:
    try:
        return max(0.0, float(told))
    except ValueError:
        return None  # a date, which our clock need not share


def server_of(config: Settings, timeout: float = 120, stream: bool = False) -> Server:
    """Gives the server that the environment names.

    Args:
        config: The settings.
        timeout: Seconds until an answer must be whole.
        stream: Have the answer come in pieces.

    Raises:
        UserError: A setting can't be.
    """
    address = config.reader_url.strip().rstrip("/")
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UserError(f"BROADSHEET_READER_URL is {address!r}: write it like http://127.0.0.1:8080/v1.")
    if parts.username or parts.password:
        raise UserError("BROADSHEET_READER_URL holds a password: give it as BROADSHEET_READER_KEY instead.")
    if not config.reader_model:
        raise UserError("BROADSHEET_READER_MODEL is empty: name the model as its server calls it.")
    url = address if address.endswith("/chat/completions") else f"{address}/chat/completions"
    return Server(url, config.reader_model, parameters_of(config), _key(config), timeout, stream, config.reader_pause)


def parameters_of(config: Settings) -> dict[str, Any]:
    """Gives what a model is told beside the question: the user's parameters over a temperature of 0.

    Args:
        config: The settings.

    Raises:
        UserError: They are no JSON object, or name what is not theirs to set.
    """
    given: Any = {}
    if config.reader_parameters.strip():
        try:
            given = json.loads(config.reader_parameters)
        except (ValueError, RecursionError):
            given = None
    if not isinstance(given, dict):
        raise UserError('BROADSHEET_READER_PARAMETERS is no JSON object: write it like {"max_tokens": 4000}.')
    if wrong := next((name for name in _OURS if name in given), None):
        raise UserError(f"BROADSHEET_READER_PARAMETERS may not set {wrong}: leave it out.")
    return {"temperature": 0} | given


def _key(config: Settings) -> str:
    key = config.reader_key.get_secret_value()
    if config.reader_key_file:
        try:
            key = read_given(config.reader_key_file).decode("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise UserError(f"BROADSHEET_READER_KEY_FILE {config.reader_key_file} can't be read ({error}).") from None
    if not key.isascii() or not key.isprintable():
        raise UserError("The key of the second reader has characters that no key has: check how it was copied.")
    return key
