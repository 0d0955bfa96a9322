"""A query can read the tables and nothing else, ends in time, and is told in a sentence what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.small import build
from warehouse.ask.query import ask, named_query, sandbox
from warehouse.ask.query_process import QueryProcess, QueryTimeoutError
from warehouse.connection import connect
from warehouse.errors import UserError


@pytest.fixture(scope="module")
def warehouse_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("query") / "warehouse.duckdb")


@pytest.fixture
def con(warehouse_file: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with sandbox(warehouse_file) as opened:
        yield opened


def rows(con: duckdb.DuckDBPyConnection, text: str, **given: str) -> list[dict[str, object]]:
    answer = ask(con, named_query(text), given)
    return [row for batch in answer.batches for row in batch.to_pylist()]


def complaint(con: duckdb.DuckDBPyConnection, text: str, **given: str) -> str:
    with pytest.raises(UserError) as caught:
        rows(con, text, **given)
    assert caught.value.exit_code == 2
    return str(caught.value)


@pytest.mark.parametrize(
    "sql",
    [
        "select 1 as n",
        "from metrics limit 1",
        "with x as (select 1) from x",
        "values (1)",
        "describe metrics",
        "show tables",
        "summarize articles",
        "explain select 1",
        "pivot metrics on unit in ('元', '%') using count(*)",
        "-- 注释\nselect 1;",
    ],
)
def test_what_reads_is_answered(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    assert rows(con, sql)


@pytest.mark.parametrize(
    "sql",
    [
        "create table x (i int)",
        "create temp table x (i int)",
        "insert into metrics select * from metrics",
        "delete from metrics",
        "drop table metrics",
        "update metrics set value = 0",
        "set memory_limit = '9GB'",
        "reset memory_limit",
        "pragma enable_profiling",
        "update extensions",
        "pivot metrics on unit using count(*)",
        "merge into metrics using articles on true when matched then delete",
        "attach 'other.duckdb'",
        "detach warehouse",
        "copy metrics to 'x.csv'",
        "export database 'x'",
        "install httpfs",
        "load httpfs",
        "checkpoint",
        "call enable_logging()",
        "create secret s (type s3)",
        "begin",
        "select 1; select 2",
        "select 1; drop table metrics",
        "",
        "   ",
        "-- nothing but a comment",
    ],
)
def test_what_is_no_single_select_is_refused(con: duckdb.DuckDBPyConnection, sql: str) -> None:
    assert "\n" not in complaint(con, sql)


@pytest.mark.parametrize(
    "sql",
    [
        "from '{file}'",
        "from read_csv('{file}')",
        "from read_text('{file}')",
        "from read_blob('{file}')",
        "from glob('/*')",
        "from read_parquet('{file}')",
        "from read_json('{file}')",
        "from sniff_csv('{file}')",
        "from read_duckdb('{file}')",
        "select * from query('from read_text(''{file}'')')",
    ],
)
def test_no_file_can_be_read(con: duckdb.DuckDBPyConnection, tmp_path: Path, sql: str) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("a,b\n1,2\n")
    assert "no files" in complaint(con, sql.format(file=secret))


def test_no_python_variable_can_be_read(con: duckdb.DuckDBPyConnection) -> None:
    import pyarrow as pa

    secret = pa.table({"a": [1]})  # a replacement scan would find it by its name
    assert "no table or view named secret" in complaint(con, "from secret")
    assert secret.num_rows == 1


def test_the_sandbox_stays_shut_from_within(con: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(duckdb.Error):
        con.execute("set enable_external_access = true")
    with pytest.raises(duckdb.Error):
        con.execute("delete from metrics")


def test_parameters_are_text(con: duckdb.DuckDBPyConnection) -> None:
    sql = "select count(*) as n from metrics where region_adcode = $code and value > $low::double"
    assert rows(con, sql, code="370104", low="20") == [{"n": 3}]


def test_a_day_can_be_compared_with_a_parameter(con: duckdb.DuckDBPyConnection) -> None:
    assert rows(con, "select count(*) as n from documents where issue_date >= $day", day="2023-04-25") == [{"n": 1}]


def test_missing_and_unknown_parameters_are_named(con: duckdb.DuckDBPyConnection) -> None:
    assert "needs a value for region" in complaint(con, "select $region")
    assert "no parameter regoin; it takes region" in complaint(con, "select $region", regoin="x")
    assert "it takes none" in complaint(con, "select 1", region="x")
    assert "Name the parameters" in complaint(con, "select ?")


@pytest.mark.parametrize(
    ("sql", "parts"),
    [
        ("select headlin from articles", ("Line 1, column 8", "no column named headlin", "did you mean headline?")),
        ("select *\nfrom metrcs", ("Line 2, column 6", "no table or view named metrcs", "did you mean metrics?")),
        ("select lenght('a')", ("Line 1, column 8", "did you mean length?")),
        ("select zzz from lake_batches", ("no column named zzz; `broadsheet schema` names what there is.",)),
        ("selec 1", ("Line 1, column 1", "syntax error")),
        ("select '槐荫区', nn from articles", ("Line 1, column 15", "  select '槐荫区', nn", "\n" + " " * 19 + "^")),
        ("select headline::date from articles", ("Line 1, column 16", "invalid date")),
        ("select sum(headline) from articles", ("sum(VARCHAR)", "cast")),
        ("select headline, count(*) from articles", ("GROUP BY",)),
        (
            "select a.headlin from articles a",
            ("Line 1, column 8", "a has no column named headlin; did you mean headline?"),
        ),
        ("from articles join metrics using (artcle_id)", ("left side of the join", "did you mean article_id?")),
        ("select x.text from metrics m", ("Line 1, column 8", "no table named x in this query; here are m.")),
        ("-- nothing", ("There is no query", "--list")),
    ],
)
def test_a_wrong_query_is_told_where_and_what_was_meant(
    con: duckdb.DuckDBPyConnection, sql: str, parts: tuple[str, ...]
) -> None:
    said = complaint(con, sql)
    for part in parts:
        assert part in said


def test_a_word_that_is_nothing_gets_the_nearest_name(con: duckdb.DuckDBPyConnection) -> None:
    assert "did you mean metric_facts?" in complaint(con, "metric_fact")
    assert "--list" in complaint(con, "xyzzy")


def test_a_view_or_table_can_be_asked_by_its_name(con: duckdb.DuckDBPyConnection) -> None:
    assert len(rows(con, "metrics")) == 5
    assert len(rows(con, " metric_facts ; ")) == 5


def test_no_progress_bar_comes_between_the_rows(con: duckdb.DuckDBPyConnection) -> None:
    assert rows(con, "select current_setting('enable_progress_bar') as shown") == [{"shown": False}]


def test_a_damaged_or_held_warehouse_is_told_in_a_sentence(tmp_path: Path) -> None:
    damaged = tmp_path / "warehouse.duckdb"
    damaged.write_bytes(b"no database")
    with pytest.raises(UserError, match="rebuild") as caught:
        connect(damaged)
    assert caught.value.exit_code == 4


ENDLESS = "select count(*) from range(10000000000) a, range(1000) b where hash(a.range + b.range) = 1"


@pytest.mark.parametrize("sql", [ENDLESS, "select levenshtein(repeat('a', 300000), repeat('b', 300000))"])
def test_a_query_without_end_is_stopped_within_a_step_too(warehouse_file: Path, sql: str) -> None:
    with QueryProcess() as asked, pytest.raises(QueryTimeoutError, match=r"longer than 0\.2 seconds"):
        list(asked.ask(warehouse_file, sql, memory_limit="1GB", timeout=0.2).batches)


def test_an_answer_without_end_is_stopped_too(warehouse_file: Path) -> None:
    with QueryProcess() as asked:
        answer = asked.ask(
            warehouse_file, "select range as n from range(100000000000)", memory_limit="1GB", timeout=0.5
        )
        with pytest.raises(QueryTimeoutError):
            for _ in answer.batches:
                pass


@pytest.mark.parametrize(
    "sql",
    [
        "select length(repeat('x', 3000000000))",
        "select length(format('{:>2000000000}', 'x'))",
        "select len(list_sort(range(500000000)))",
        "select len(list(range)) from range(1000000000)",
        "select string_agg(repeat('x', 1000000), '') from range(5000)",
    ],
)
def test_memory_of_one_step_is_bounded(warehouse_file: Path, sql: str) -> None:
    with QueryProcess() as asked, pytest.raises(UserError, match="more memory"):
        list(asked.ask(warehouse_file, sql, memory_limit="300MB", timeout=300).batches)


def test_a_process_of_its_own_answers_as_the_sandbox_does(warehouse_file: Path) -> None:
    with QueryProcess() as asked:
        sql = "select unit, $low::int as low from metrics order by unit"
        answer = asked.ask(warehouse_file, sql, {"low": "3"}, memory_limit="300MB")
        assert answer.schema.names == ["unit", "low"]
        assert sum(batch.num_rows for batch in answer.batches) == 5
    with QueryProcess() as asked, pytest.raises(UserError, match="no column named zzz"):
        asked.ask(warehouse_file, "select zzz from metrics", memory_limit="300MB")


def test_memory_is_bounded(warehouse_file: Path) -> None:
    with sandbox(warehouse_file, memory_limit="60MB") as con:
        assert "more memory" in complaint(con, "select len(list(range)) from range(100000000)")


@pytest.mark.parametrize("limit", ["much", "-1", "1XB", "1GB'; drop table metrics; --"])
def test_a_memory_limit_that_is_none_is_refused(warehouse_file: Path, limit: str) -> None:
    with pytest.raises(UserError, match="size of memory"), sandbox(warehouse_file, memory_limit=limit):
        pass
