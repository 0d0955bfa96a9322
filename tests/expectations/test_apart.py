"""Checks in a process of their own: what is asked there is answered, refused and survived as it is here."""

from __future__ import annotations

import errno
import multiprocessing
import os
import signal
from pathlib import Path

import pytest

from expectations.rules import RuleError
from tasks.check.apart import CheckerDiedError, apart, checks_apart


def refuse(said: str) -> None:
    raise RuleError(said)


def die_once(mark: Path) -> str:
    if not mark.exists():
        mark.touch()
        os._exit(9)
    return "survived"


def die() -> None:
    os._exit(9)


class OddError(Exception):
    """Can't be made anew from its text."""

    def __init__(self, where: str, line: int) -> None:
        super().__init__(f"{where}, line {line}")


def say_oddly() -> None:
    raise OddError("rule.sql", 3)


def find_the_disk_full() -> None:
    try:
        raise OSError(errno.ENOSPC, "no space")
    except OSError as error:
        raise ValueError("not written") from error


def ask_to_end() -> str:
    os.kill(os.getpid(), signal.SIGTERM)
    return "still here"


def test_without_a_process_it_is_done_here():
    assert apart(os.getpid) == os.getpid()


def test_a_process_that_nobody_needs_is_not_started():
    with checks_apart(None):
        assert multiprocessing.active_children() == []


def test_what_is_asked_is_done_in_one_process_which_is_gone_afterwards(tmp_path):
    with checks_apart(tmp_path / "no such folder"):  # it can't get ready, which is said when rules are needed
        there = apart(os.getpid)
        assert there != os.getpid()
        assert apart(os.getpid) == there
        with pytest.raises(RuleError, match="line 3") as error:
            apart(refuse, "rule.sql, line 3")
        assert "in refuse" in error.value.__notes__[0]
        assert apart(die_once, tmp_path / "died") == "survived"
        with pytest.raises(RuntimeError, match=r"OddError: .*, line 3") as error:
            apart(say_oddly)
        assert "in say_oddly" in error.value.__notes__[0]
        with pytest.raises(ValueError, match="not written") as error:
            apart(find_the_disk_full)
        assert isinstance(error.value.__cause__, OSError)
        assert error.value.__cause__.errno == errno.ENOSPC
        assert apart(ask_to_end) == "still here"
        with pytest.raises(CheckerDiedError, match="died 2 times"):
            apart(die)
    assert multiprocessing.active_children() == []
    assert apart(os.getpid) == os.getpid()
