"""Tells a person what goes on while a run works: on standard error, one sentence a line."""

from __future__ import annotations

import atexit
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache

from flows.telling.language import in_language
from flows.telling.terminal import shown
from tasks.workers import end_shortly

Teller = Callable[[str], None]

_tellers: list[Teller] = []
_has_audience = False


def tell_through(teller: Teller) -> None:
    """Sends what is said from now on to a teller, such as a terminal's progress line.

    Args:
        teller: Takes one sentence.
    """
    global _has_audience
    _tellers[:] = [teller]
    _has_audience = True


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


@contextmanager
def shown_progress(quiet: bool = False) -> Iterator[None]:
    """Shows what goes on while the block runs: a live line on a terminal, plain lines otherwise.

    Args:
        quiet: Show nothing.
    """
    from rich.console import Console
    from rich.text import Text

    from flows.telling.terminal import echo

    console = Console(stderr=True)
    if quiet:
        yield
    elif console.is_terminal:
        with console.status(in_language("starting")) as status:
            tell_through(lambda sentence: status.update(Text(shown(in_language(sentence)))))
            yield
    else:
        tell_through(lambda sentence: echo(sentence, err=True))
        yield


def say_to_the_log(sentence: str) -> None:
    """Says a sentence to whoever listens; on standard error where nobody sits in front of the process.

    Args:
        sentence: What goes on.
    """
    say(sentence)
    if not _has_audience:
        sys.stderr.write(shown(in_language(sentence)) + "\n")
        sys.stderr.flush()


@cache
def keep_teardown_short() -> None:
    """Has Python end this process at once after the last exit handler, and without a word."""
    atexit.register(end_shortly)
