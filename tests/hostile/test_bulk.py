"""A bulk file costs the records that can't be read, in memory that does not grow with what it unpacks to."""

from __future__ import annotations

import gzip
import os
import tracemalloc
from collections import deque
from datetime import date
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tasks.staging import bulk
from tasks.staging.bulk import read_bulk
from tests.loads.pages import page

GOOD = [page(1), page(2), page(3)]


def _days(*days: int) -> pa.Array:
    return pa.array(days, pa.int32()).cast(pa.date32())


def _bad_utf8() -> pa.Array:
    offsets = pa.array([0, 3, 6, 9], pa.int32()).buffers()[1]
    letters = pa.py_buffer("济".encode() + b"\xff\xfe\xfd" + "南".encode())
    return pa.Array.from_buffers(pa.string(), 3, [None, offsets, letters])


COLUMNS: dict[str, tuple[str, Any, list[bool]]] = {
    "dates out of range": ("issue_date", lambda: _days(19_471, 2**31 - 1, -(2**31) + 1), [True, False, False]),
    "times out of range": (
        "issue_date",
        lambda: pa.array([0, 2**62, -(2**62)], pa.timestamp("us")),
        [True, False, False],
    ),
    "an unknown zone": ("issue_date", lambda: pa.array([0, 1, 2], pa.timestamp("us", "Mars/Olympus")), [False] * 3),
    "durations": ("issue_date", lambda: pa.array([0, 1, None], pa.duration("s")), [False, False, True]),
    "text that is none": ("publisher", _bad_utf8, [True, False, True]),
    "lists": ("publisher", lambda: pa.array([["a"], None, []]), [False, True, False]),
    "records": ("source", lambda: pa.array([{"a": 1}, None, None]), [False, True, True]),
    "numbers": ("page_title", lambda: pa.array([1.5, float("nan"), None]), [False, False, True]),
}


@pytest.mark.parametrize("kind", COLUMNS)
def test_a_cell_that_python_cannot_hold_costs_its_record(tmp_path: Path, kind: str) -> None:
    name, column, good = COLUMNS[kind]
    path = tmp_path / "pages.parquet"
    pq.write_table(pa.table({"text": GOOD, name: column()}), path)
    found = list(read_bulk(path))
    assert [record.problem is None for record in found] == good
    for record in found:
        assert record.problem is None or (f"row {record.place}" in record.problem and "\n" not in record.problem)


def test_text_that_is_no_utf8_costs_its_record(tmp_path: Path) -> None:
    path = tmp_path / "pages.parquet"
    pq.write_table(pa.table({"text": _bad_utf8()}), path)
    assert [record.problem is None for record in read_bulk(path)] == [True, False, True]


def test_lines_that_no_parser_takes_cost_their_record(tmp_path: Path) -> None:
    number, pair, forever = f'{{"text": {"9" * 5_000}}}', '{"text": "\\ud800"}', '{"issue_date": 1e400, "text": "x"}'
    bad = ["[" * 100_000, number, pair, forever, "{"]
    path = tmp_path / "pages.jsonl"
    path.write_text("\n".join([f'{{"text": "{"济南" * 9}"}}', *bad, f'{{"text": "{"日报" * 9}"}}']), "utf-8")
    found = list(read_bulk(path))
    assert [record.problem is None for record in found] == [True, *[False] * len(bad), True]


RECORD = b'{"text": "' + b"a" * 100 + b'"}\n'


@pytest.mark.parametrize("filling", [b" ", b" " * 49 + b"\n", RECORD], ids=["one line", "lines", "records"])
def test_what_unpacks_to_a_thousand_times_its_size_is_left_in_bounded_memory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, filling: bytes
) -> None:
    monkeypatch.setattr(bulk, "_FROM", 300_000)
    monkeypatch.setattr(bulk, "_LONGEST_LINE", 100_000)
    path = tmp_path / "bomb.jsonl.gz"
    path.write_bytes(gzip.compress(filling * (100_000 // len(filling))) * 40)  # 4 MB in some 8 KB
    tracemalloc.start()
    (last,) = deque(read_bulk(path), maxlen=1)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert "unpacks to more than" in (last.problem or "")
    assert most < 3_000_000


def test_a_line_longer_than_a_page_costs_its_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bulk, "_LONGEST_LINE", 10_000)
    path = tmp_path / "pages.jsonl"
    path.write_text('{"text": "济南"}\n{"text": "' + "日" * 20_000 + '"}\n{"text": "日报"}\n', "utf-8")
    found = list(read_bulk(path))
    assert [record.place for record in found] == [1, 2, 3]
    assert [record.problem is None for record in found] == [True, False, True]
    assert "longer than a page" in (found[1].problem or "")


def test_a_column_that_unpacks_to_a_thousand_times_its_size_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bulk, "_FROM", 3_000_000)
    path = tmp_path / "bomb.parquet"
    texts = pa.array(["a" * 1_000_000 + str(n) for n in range(8)])
    pq.write_table(pa.table({"text": texts}), path, use_dictionary=False, compression="zstd")
    assert path.stat().st_size < 40_000
    (record,) = read_bulk(path)
    assert "unpacks to more than" in (record.problem or "")


@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz", "parquet"])
def test_a_pipe_or_device_is_not_waited_for(tmp_path: Path, ending: str) -> None:
    os.mkfifo(tmp_path / f"pipe.{ending}")
    (tmp_path / f"device.{ending}").symlink_to("/dev/zero")
    for name, kind in (("pipe", "a pipe"), ("device", "a device")):
        (record,) = read_bulk(tmp_path / f"{name}.{ending}")
        assert kind in (record.problem or "")


def test_a_day_of_parquet_is_read_as_one(tmp_path: Path) -> None:
    path = tmp_path / "pages.parquet"
    pq.write_table(pa.table({"text": GOOD[:1], "issue_date": [date(2023, 4, 24)]}), path)
    (record,) = read_bulk(path)
    assert record.metadata == {"issue_date": "2023-04-24"}
