"""Reads what a chat server sends back, whole or in pieces: the model's text, and what the server counted.

What belongs here: the protocol's answers. What does not: requests (`server`), what of the text may be used
(`tasks.second.answers`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Spoken:
    """What a model said.

    Attributes:
        text: The answer.
        tokens: Tokens sent and received, as the server counts them; 0 where it does not.
    """

    text: str
    tokens: tuple[int, int] = (0, 0)


def whole(raw: bytes) -> Spoken:
    """Reads an answer that came whole; one in no known form is what the model said, and will not pass the checks.

    Args:
        raw: Its bytes.
    """
    try:
        told = json.loads(raw)
        text = told["choices"][0]["message"]["content"]
        return Spoken(text if isinstance(text, str) else "", _tokens(told))
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        return Spoken(raw[:2000].decode("utf-8", "replace"))


def in_pieces(raw: bytes) -> Spoken:
    """Puts an answer together that came as events; what can't be read among them is left out.

    Args:
        raw: Its bytes.
    """
    pieces: list[str] = []
    tokens = (0, 0)
    for line in raw.decode("utf-8", "replace").splitlines():
        if not line.startswith("data:") or line[5:].strip() == "[DONE]":
            continue
        try:
            told = json.loads(line[5:])
            tokens = _tokens(told) if told.get("usage") else tokens
            pieces += [choice["delta"].get("content") or "" for choice in told.get("choices", ())[:1]]
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
            continue
    return Spoken("".join(piece for piece in pieces if isinstance(piece, str)), tokens)


def _tokens(told: Any) -> tuple[int, int]:
    usage = told.get("usage") if isinstance(told, dict) else None
    counts = [usage.get(name) if isinstance(usage, dict) else 0 for name in ("prompt_tokens", "completion_tokens")]
    sent, received = (count if isinstance(count, int) and count >= 0 else 0 for count in counts)
    return sent, received
