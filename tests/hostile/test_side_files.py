"""A sidecar costs its page and no other; files of names, rules and corrections are refused in a sentence."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from expectations.own_rules import own_rules
from tasks.check.corrections import read_corrections
from tasks.extraction.names.own_names import read_own_names
from tests.loads.driver import run
from tests.loads.pages import page, rows
from warehouse.errors import UserError

SIDECARS: dict[str, str | bytes | Callable[[Path], object]] = {
    "a day out of range": '{"issue_date": "2023-99999999999999999999"}',
    "a month out of range": '{"issue_date": "2023-13"}',
    "a year of no calendar": '{"issue_date": "0000-01-01"}',
    "a negative day": '{"issue_date": "2023-04--1"}',
    "a date of words": '{"issue_date": "gestern"}',
    "brackets": "[" * 100_000,
    "braces": '{"publisher":' * 20_000,
    "many digits": '{"publisher": ' + "9" * 5_000 + "}",
    "a number": '{"publisher": 7}',
    "not a number": '{"publisher": NaN}',
    "half a pair": r'{"publisher": "\ud800"}',
    "a long value": json.dumps({"publisher": "日" * 200_000}),
    "a long key": json.dumps({"版" * 100_000: "x"}),
    "too large": b" " * 2_000_000,
    "no UTF-8": b'{"publisher": "\xff\xfe"}',
    "nothing": b"",
    "a list": "[]",
    "a folder": Path.mkdir,
    "a pipe": os.mkfifo,
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a link to itself": lambda path: path.symlink_to(path),
}


def test_every_bad_sidecar_costs_its_own_page_with_one_sentence(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for n, (name, content) in enumerate(SIDECARS.items()):
        (inbox / f"{name}.txt").write_text(page(n), "utf-8")
        sidecar = inbox / f"{name}.txt.meta.json"
        if callable(content):
            content(sidecar)
        else:
            sidecar.write_bytes(content.encode() if isinstance(content, str) else content)
    (inbox / "good.txt").write_text(page(99), "utf-8")
    summary = run(tmp_path / "data", inbox, gate=False)
    assert {Path(uri).stem for uri in summary.rejected} == set(SIDECARS)
    for uri, reason in summary.rejected.items():
        assert Path(uri).stem in reason, reason
        assert "\n" not in reason
        assert len(reason) < 700
    assert rows(tmp_path / "data", "select file_name from documents where status = 'loaded'") == [("good.txt",)]
    again = run(tmp_path / "data", inbox, gate=False)
    assert (again.new, again.unchanged) == (0, len(SIDECARS) + 1)


def test_a_page_whose_sidecar_would_have_too_long_a_name_loads(tmp_path: Path) -> None:
    path = tmp_path / f"{'a' * 246}.txt"
    path.write_text(page(1), "utf-8")
    assert run(tmp_path / "data", path, gate=False).rejected == {}


def _cell(path: Path) -> None:
    path.write_text('page,span,column,value,who,why\nx,"' + "字" * 140_000 + '",c,v,w,y\n', "utf-8")


def _quote(path: Path) -> None:
    path.write_text("surface,type,canonical,adcode\n" + '"' + "王建国\n" * 60_000, "utf-8")


WRONG_FILES: dict[str, Callable[[Path], object]] = {
    "a folder": Path.mkdir,
    "a pipe": os.mkfifo,
    "a device": lambda path: path.symlink_to("/dev/zero"),
    "a large cell": _cell,
    "an open quote": _quote,
    "no UTF-8": lambda path: path.write_bytes(b"\xff\xfe\x00" * 100),
    "empty": Path.touch,
}


@pytest.mark.parametrize("kind", WRONG_FILES)
def test_files_of_corrections_names_and_rules_are_refused_in_a_sentence(tmp_path: Path, kind: str) -> None:
    for name in ("corrections.csv", "names.csv", "rule.sql"):
        WRONG_FILES[kind](tmp_path / name)
    with pytest.raises(UserError, match=r"corrections\.csv"):
        read_corrections(tmp_path / "corrections.csv")
    with pytest.raises(ValueError, match=r"names\.csv"):
        read_own_names(tmp_path / "names.csv")
    with pytest.raises(UserError, match=r"rule\.sql"):
        own_rules(tmp_path)


NO_SELECTS = ["update extensions", "select 1; select 2", "drop table metrics", "pivot metrics on unit"]


@pytest.mark.parametrize("sql", NO_SELECTS)
def test_a_rule_that_is_no_select_is_refused_in_a_sentence(tmp_path: Path, sql: str) -> None:
    header = "-- name: mine\n-- table: metrics\n-- severity: warning\n-- scope: batch\n"
    (tmp_path / "mine.sql").write_text(f"{header}{sql} -- from metrics\n;{sql} from metrics", "utf-8")
    with pytest.raises(UserError, match=r"mine\.sql"):
        own_rules(tmp_path)
