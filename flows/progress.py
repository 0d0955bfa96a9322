"""Tells a person what goes on while a run works: on standard error, one sentence a line."""

from __future__ import annotations

from collections.abc import Callable

_tellers: list[Callable[[str], None]] = []


def tell_through(teller: Callable[[str], None]) -> None:
    """Sends what is said from now on to a teller, such as a terminal's progress line.

    Args:
        teller: Takes one sentence.
    """
    _tellers[:] = [teller]


def say(sentence: str) -> None:
    """Says a sentence to whoever listens.

    Args:
        sentence: What goes on.
    """
    for teller in _tellers:
        teller(sentence)
