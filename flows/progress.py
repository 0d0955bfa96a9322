"""Tells a person what goes on while a run works: on standard error, one sentence a line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

Teller = Callable[[str], None]

_tellers: list[Teller] = []


def tell_through(teller: Teller) -> None:
    """Sends what is said from now on to a teller, such as a terminal's progress line.

    Args:
        teller: Takes one sentence.
    """
    _tellers[:] = [teller]


@contextmanager
def also_telling(teller: Teller) -> Iterator[None]:
    """Sends what is said to one more teller for as long as the block runs.

    Args:
        teller: Takes one sentence.
    """
    _tellers.append(teller)
    try:
        yield
    finally:
        if teller in _tellers:
            _tellers.remove(teller)


def say(sentence: str) -> None:
    """Says a sentence to whoever listens.

    Args:
        sentence: What goes on.
    """
    for teller in _tellers:
        teller(sentence)
