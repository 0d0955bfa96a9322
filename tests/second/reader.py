"""A server on loopback that speaks the OpenAI-compatible chat protocol, well or badly, as a test wants it.

What belongs here: how servers and models behave. What does not: what is right to answer, which tests say.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Row = dict[str, Any]
Brain = Callable[[Row], list[Row]]


def said(n: int, **fields: Any) -> Row:
    """What a model says of a figure."""
    none = dict.fromkeys(("measure", "comparison", "indicator", "subject", "period", "modality"))
    return {"n": n, "figure": True} | none | fields


def level_of(sent: Row) -> list[Row]:
    """A model that says of each figure that it is a level, and of nothing else."""
    return [said(figure["n"], measure="level", modality="actual") for figure in sent["数字"]]


class Reader:
    """A server: what it thinks, how it behaves, what it was asked.

    Attributes:
        address: Where it listens.
        brain: Gives the answer to a message.
        behaviours: Of the first requests, one each; afterwards it is well-behaved. Where the name ends in `!`, whatever
            is asked about the same message is answered so.
        requests: Bodies and headers of all requests.
    """

    def __init__(self) -> None:
        self.address = ""
        self.reset()

    def reset(self) -> None:
        self.brain: Brain = level_of
        self.behaviours: list[str] = []
        self.requests: list[tuple[Row, dict[str, str]]] = []
        self.most: int | None = None
        self.enough = threading.Event()
        self._lasting: dict[str, str] = {}
        self._lock = threading.Lock()

    def behaviour(self, body: Row, headers: dict[str, str]) -> str:
        """Notes a request and says how it is answered."""
        message = body["messages"][1]["content"]
        with self._lock:
            self.requests.append((body, headers))
            if self.most is not None and len(self.requests) > self.most:
                self.enough.set()
                return "silent"
            if message in self._lasting:
                return self._lasting[message]
            how = self.behaviours.pop(0) if self.behaviours else ""
            if how.endswith("!"):
                how = self._lasting[message] = how[:-1]
            return how

    def messages(self) -> list[str]:
        """What was asked, once a request."""
        return [body["messages"][1]["content"] for body, _ in self.requests]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    reader: Reader

    def log_message(self, *_: Any) -> None:
        pass

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        how = self.reader.behaviour(body, dict(self.headers))
        text = json.dumps({"figures": self.reader.brain(json.loads(body["messages"][1]["content"]))})
        if how == "silent":
            time.sleep(600)
        if how in _STATUS:
            self._send(_STATUS[how], b'{"error": {"message": "response_format is not known"}}', **{"Retry-After": "0"})
        elif how == "drop":
            self.close_connection = True
            self.connection.close()
        elif how == "slow":
            time.sleep(1.5)
            self._answer(text)
        elif how == "no protocol":
            self._send(200, b"<html>gateway</html>")
        elif how == "stream" or body.get("stream"):
            self._stream(text)
        else:
            self._answer(_SAYS.get(how, lambda text: text)(text))

    def _answer(self, text: str) -> None:
        told = {"choices": [{"message": {"role": "assistant", "content": text}}]}
        self._send(200, json.dumps(told | {"usage": {"prompt_tokens": 1000, "completion_tokens": 500}}).encode())

    def _stream(self, text: str) -> None:
        pieces = [text[at : at + 7] for at in range(0, len(text), 7)]
        events = [{"choices": [{"delta": {"content": piece}}]} for piece in pieces]
        lines = [": hello", *(f"data: {json.dumps(event)}" for event in events), "data: {half", "data: [DONE]"]
        self._send(200, "".join(f"{line}\n\n" for line in lines).encode(), kind="text/event-stream")

    def _send(self, status: int, body: bytes, kind: str = "application/json", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


_STATUS = {"busy": 429, "broken": 500, "no format": 400, "no key": 401}
_SAYS: dict[str, Callable[[str], str]] = {
    "garbage": lambda _: "\x00好的，没问题！☃",
    "truncated": lambda text: text[: len(text) // 2],
    "fenced": lambda text: f"<think>{{嗯}}</think>\n```json\n{text}\n```",
    "another language": lambda text: text.replace('"measure"', '"性质"'),
    "a list": lambda text: f"[{text}]",
    "a value": lambda text: text.replace('"figure": true', '"figure": true, "value": 0'),
    "too many": lambda text: text.replace("]}", ', {"n": 99, "figure": true}]}'),
    "deep": lambda _: "[" * 50_000,
}


@contextmanager
def served() -> Iterator[Reader]:
    """Starts the server, on a free port of this machine."""
    reader = Reader()
    handler = type("Handler", (_Handler,), {"reader": reader})
    listening = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    listening.daemon_threads = True
    reader.address = f"http://127.0.0.1:{listening.server_address[1]}/v1"
    threading.Thread(target=listening.serve_forever, daemon=True).start()
    try:
        yield reader
    finally:
        listening.shutdown()
        listening.server_close()
