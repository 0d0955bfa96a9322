"""The views answer beside many figures: no sentence, citation or list goes through a window or an aggregate of all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.small import insert, open_empty, small_rows
from warehouse.connection import connect

_FIGURES = 100_000
_LIMIT = "220MB"


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Iterator[duckdb.DuckDBPyConnection]:
    path: Path = tmp_path_factory.mktemp("large") / "warehouse.duckdb"
    with open_empty(path) as made:
        insert(made, small_rows())
        made.execute(
            """
            insert into metrics by name
            select
                m.* replace (
                    concat('d1.p1:', n, '-', n + 4) as metric_id,
                    n % 100 / 10.0 as value,
                    concat(n % 100 / 10.0, '%') as text,
                    concat(repeat('一季度槐荫区工业总产值同比增长，', 20), n, '。') as sentence,
                    0.5 as confidence
                )
            from (from metrics where text = '16.6%') m, range(?) r(n)
            """,
            [_FIGURES],
        )
    with connect(path, memory_limit=_LIMIT) as opened:
        opened.execute("set threads = 2")  # what a thread holds comes on top
        opened.execute("set max_temp_directory_size = '0B'")
        yield opened


@pytest.mark.parametrize("view", ["indicator_series", "growth_leaders", "conflicts", "does_not_add_up"])
def test_a_view_stays_within_its_memory_beside_many_figures(con: duckdb.DuckDBPyConnection, view: str) -> None:
    rows = con.sql(f"from {view}").to_arrow_reader(1_000)
    assert sum(batch.num_rows for batch in rows) < 10


def test_the_surest_of_many_is_taken_with_all_that_else_is_printed(con: duckdb.DuckDBPyConnection) -> None:
    [(text, sentence, others)] = con.execute(
        "select text, sentence, other_texts from growth_leaders where subject = '槐荫区'"
    ).fetchall()
    assert (text, sentence) == ("16.6%", "")
    assert len(others) == 100
