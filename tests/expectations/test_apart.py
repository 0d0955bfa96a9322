"""Checks in a process of their own: what is asked there is answered, refused and survived as it is here."""

from __future__ import annotations

import multiprocessing
import os
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
        with pytest.raises(CheckerDiedError, match="died 2 times"):
            apart(die)
    assert multiprocessing.active_children() == []
    assert apart(os.getpid) == os.getpid()
