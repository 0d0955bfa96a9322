"""A process of its own for the quality gate, which imports Great Expectations while pages are being read.

What belongs here: the process, its start and its end. What does not: what it does (`judge.py`).
"""

from __future__ import annotations

import multiprocessing
import os
import pickle
import signal
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, TypeVar, cast

from tasks.workers import collect_seldom, end_shortly
from warehouse.errors import EnvironmentProblem, causes

T = TypeVar("T")

_PATIENCE = 3.0
"""Seconds in which it may end by itself; one that is killed leaves what its libraries share with other processes."""
_TRIES = 2
"""A process that was ended from outside, perhaps for want of memory, is started anew once."""


class CheckerDiedError(EnvironmentProblem):
    """The process that checks was ended from outside, each time it was started: nothing is said about the data."""


class _Checker:
    """A process that is started before there is anything to check, and then does one thing after the other."""

    def __init__(self, rules_folder: Path | None) -> None:
        self.rules_folder = rules_folder
        self._turn = threading.Lock()
        self._starting = threading.Lock()
        self._process: Any = None
        self._line: Connection | None = None

    def start(self) -> Connection:
        """Starts the process, unless it runs."""
        with self._starting:
            return self._line or self._start()

    def _start(self) -> Connection:
        spawn = multiprocessing.get_context("spawn")
        ours, theirs = spawn.Pipe()
        # A daemon: what ends worker processes that hang leaves it alone.
        process = spawn.Process(target=_serve, args=(theirs, self.rules_folder), daemon=True)
        try:
            process.start()
            self._line, self._process = ours, process
        except BaseException:
            ours.close()
            if process.pid:  # broken off after it began: leaving would wait for it
                process.kill()
            raise
        finally:
            theirs.close()
        return ours

    def ask(self, work: Callable[..., Any], *args: object) -> Any:
        with self._turn:
            for _ in range(_TRIES):
                line = self.start()
                try:
                    line.send((work, args))
                    done, said = line.recv()
                except (EOFError, ConnectionError):
                    self.end()
                    continue
                if done:
                    return said
                error, fault = said
                raise error from fault
        raise CheckerDiedError(
            f"The process for checks died {_TRIES} times, perhaps for want of memory: end other programs, or set a "
            "smaller BROADSHEET_BATCH_MB, and run again; what was loaded before is as it was."
        )

    def end(self) -> None:
        if self._line is not None:
            try:
                self._line.close()
                self._process.join(_PATIENCE)
            finally:
                self._process.kill()
                self._process.join()
                self._line = self._process = None


_checker: _Checker | None = None


@contextmanager
def checks_apart(rules_folder: Path | None) -> Iterator[None]:
    """Lets checks be made in a process of their own for as long as the block runs; one within another shares it.

    Args:
        rules_folder: The user's own rules; None without.
    """
    global _checker
    if _checker and _checker.rules_folder == rules_folder:
        yield
        return
    before, own = _checker, _Checker(rules_folder)
    _checker = own
    try:
        yield
    finally:
        _checker = before
        own.end()


def start_checker() -> None:
    """Starts the process, if checks are to be made in one, as soon as it is known that something will be checked."""
    if _checker:
        _checker.start()


def apart(work: Callable[..., T], *args: object) -> T:
    """Does something in the process for checks and waits for it; without one, right here.

    Args:
        work: A function that can be pickled.
        *args: Its arguments: paths and ids, no texts.

    Raises:
        CheckerDiedError: The process died, and died again.
    """
    return cast(T, _checker.ask(work, *args)) if _checker else work(*args)


def _serve(line: Connection, rules_folder: Path | None) -> None:
    """Does what is asked through the line until it is closed; the body of the process."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # who started us ends us
    threading.Thread(target=_leave_with_parent, daemon=True).start()
    collect_seldom()
    with suppress(Exception):  # what is wrong with a rule is said when something is checked
        from tasks.check.judge import get_ready

        get_ready(rules_folder)
    while True:
        try:
            work, args = line.recv()
        except (EOFError, ConnectionError):
            end_shortly()  # the run waits for it
            return
        try:
            answer: tuple[bool, Any] = (True, work(*args))
        except Exception as error:
            error.add_note(f"In the process for checks:\n{traceback.format_exc()}")
            answer = (False, (_portable(error), _fault_behind(error)))
        with suppress(ConnectionError):  # whoever asked is gone
            line.send(answer)


def _portable(error: BaseException) -> BaseException:
    """Gives an error that arrives whole at the other end of the line: itself, or its words where it would not."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        in_words = RuntimeError(f"{type(error).__name__}: {error}")
        for note in getattr(error, "__notes__", ()):
            in_words.add_note(note)
        return in_words
    return error


def _fault_behind(error: BaseException) -> BaseException | None:
    """Finds what the machine refused behind an error, as a full disk: its causes do not travel along."""
    behind = (cause for cause in causes(error) if cause is not error and isinstance(cause, OSError | MemoryError))
    return next(map(_portable, behind), None)


def _leave_with_parent() -> None:
    """Ends this process with the run that started it, whatever it is at; a killed parent can't tell it."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        wait([parent.sentinel])
        os._exit(1)
