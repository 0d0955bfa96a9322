"""New rows of a query are told once, and those that were there before are not."""

from __future__ import annotations

from pathlib import Path

import pytest

import flows.telling.new_rows as telling
from flows.telling.alerts import last_alerts
from tests.warehouse.small import HUAIYIN, build, insert, metric, open_empty, small_rows
from warehouse.errors import UserError
from warehouse.storage.folder import DataFolder

QUERY = "promises region=槐荫区"


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    build(tmp_path / "warehouse.duckdb")
    return DataFolder(tmp_path)


def add_a_promise(folder: DataFolder) -> None:
    folder.warehouse.unlink()
    rows = small_rows()
    more = metric("d1.p1", "60亿元", 6e9, "元", indicator="投资", modality="target", sentence="力争60亿元。", **HUAIYIN)
    with open_empty(folder.warehouse) as con:
        insert(con, rows | {"metrics": [*rows["metrics"], more]})


def test_only_what_is_new_is_told_and_once(folder: DataFolder) -> None:
    telling.note_rows(folder, [QUERY])
    assert telling.tell_new_rows(folder, [QUERY]) == 0
    add_a_promise(folder)
    telling.note_rows(folder, [QUERY])  # as a watch does that is started again
    assert telling.tell_new_rows(folder, [QUERY]) == 1
    assert telling.tell_new_rows(folder, [QUERY]) == 0
    (said,) = last_alerts(folder, 5)
    assert said["title"] == f"1 new row of {QUERY}"
    assert "60亿元" in said["body"]
    assert "50亿元" not in said["body"]


def test_a_wrong_query_is_refused_at_once(folder: DataFolder) -> None:
    with pytest.raises(UserError, match="did you mean 槐荫区"):
        telling.note_rows(folder, ["promises region=槐荫路"])
