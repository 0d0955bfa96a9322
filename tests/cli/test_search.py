"""The verb `search`, as a user types it, on a small warehouse."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable
from typing import Any

import pytest

from flows.cli.days import day_of
from tests.warehouse.small import build

Caller = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="module")
def search(broadsheet: Caller, tmp_path_factory: pytest.TempPathFactory) -> Caller:
    data = tmp_path_factory.mktemp("searched")
    build(data / "warehouse.duckdb")

    def call(*arguments: str, **more: Any) -> subprocess.CompletedProcess[str]:
        return broadsheet("search", *arguments, data=data, **more)

    return call


def test_hits_come_best_first_marked_and_with_their_source(search: Caller) -> None:
    lines = search("冷链物流", "--publisher", "济南日报").stdout.splitlines()
    assert lines[0].split() == ["1.", "济南日报", "2023-04-24", "03版《历下区冷链物流园开园》", "d1.a2"]
    assert [line.strip() for line in lines[1:]] == ["历下区«冷链物流»园昨日开园，王健出席。", "历下区«冷链物流»园开园"]


def test_hits_can_be_read_by_programs(search: Caller) -> None:
    found = json.loads(search("物流", "--since", "2023-04-25", "-f", "json").stdout)
    assert [hit["paragraph_id"] for hit in found] == ["d2.p1"]


def test_nothing_found_is_said_and_no_mistake(search: Caller) -> None:
    done = search("月球基地")
    assert (done.returncode, done.stdout) == (0, "")
    assert "in the warehouse holds 月球基地" in done.stderr
    assert "within these limits" in search("月球基地", "--region", "历下区").stderr


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["物流", "--region", "槐荫路"], "did you mean 槐荫区?"),
        (["物流", "--since", "yesterday"], "--since"),
        (["物流", "--since", "2024", "--until", "2023"], "exchange them"),
        (["物流", "--publisher", "济南日板"], "did you mean 济南日报?"),
        (["！？"], "no word to search for"),
    ],
)
def test_a_wrong_call_is_told_in_a_sentence(search: Caller, arguments: list[str], says: str) -> None:
    done = search(*arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("given", "last"),
    [("2023-04-24", "2023-04-24"), ("2023-02", "2023-02-28"), ("2023-12", "2023-12-31"), ("2024", "2024-12-31")],
)
def test_until_a_month_or_year_means_its_last_day(given: str, last: str) -> None:
    assert str(day_of(given, last=True)) == last
