"""The verb `run` as a user meets it."""

from __future__ import annotations

import json
import shutil

import duckdb
import pytest

from warehouse.schema import TABLES


def test_the_seeds_become_a_warehouse_with_every_table_of_the_contract(seed_data):
    with duckdb.connect(str(seed_data / "warehouse.duckdb"), read_only=True) as con:
        for table in TABLES:
            have = con.execute(
                "select column_name, data_type, comment from duckdb_columns() where table_name = ? and not internal "
                "order by column_index",
                [table.name],
            ).fetchall()
            assert [(name, kind) for name, kind, _ in have] == [(c.name, c.type) for c in table.columns], table.name
            assert all(comment for _, _, comment in have)
        assert con.execute("select count(*) from documents where status = 'loaded'").fetchone() == (5,)
        for table in ("articles", "paragraphs", "mentions", "entities", "metrics", "runs", "checks"):
            assert con.execute(f"select count(*) > 0 from {table}").fetchone() == (True,), table


def test_a_second_run_leaves_all_pages_alone(broadsheet_beside, seed_data, tmp_path):
    shutil.copytree(seed_data, tmp_path / "data")
    done = broadsheet_beside("run", "--json", data=tmp_path / "data")
    assert done.returncode == 0, done.stderr
    summary = json.loads(done.stdout)
    assert (summary["new"], summary["unchanged"], summary["rejected"]) == (0, 5, {})


def test_dry_run_says_what_it_would_do_and_why_and_does_nothing(broadsheet, tmp_path):
    page = tmp_path / "一版.txt"
    page.write_text("今年，我区新增就业1840人。", "utf-8")
    done = broadsheet("run", "--dry-run", str(page), data=tmp_path / "data")
    assert done.returncode == 0
    assert f"work on {page}: new" in done.stdout
    assert not (tmp_path / "data" / "warehouse.duckdb").exists()


def test_only_rejected_pages_end_with_1_and_the_reason_is_kept(broadsheet_beside, tmp_path):
    page = tmp_path / "empty.txt"
    page.write_bytes(b"")
    done = broadsheet_beside("run", str(page), data=tmp_path / "data")
    assert done.returncode == 1
    assert "empty" in done.stdout
    with duckdb.connect(str(tmp_path / "data" / "warehouse.duckdb"), read_only=True) as con:
        assert con.execute("select status, reason from documents").fetchone()[0] == "rejected"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("run", "nowhere.txt"), "nowhere.txt"),
        (("run", "--issue-date", "gestern"), "gestern"),
        (("schema", "metrix"), "did you mean metrics?"),
        (("extract", "nowhere.txt"), "nowhere.txt"),
        (("run", "--names", "nowhere.csv", "--dry-run"), "nowhere.csv"),
        (("run", "--stale", "--publisher", "济南日报"), "--publisher"),
        (("watch", ".", "--cron", "0 5 * *"), "0 5 * *"),
        (("watch", ".", "--every", "soon"), "soon"),
        (("watch", ".", "--name", "a/b"), "a/b"),
        (("server", "start", "--port", "70000"), "70000"),
    ],
)
def test_wrong_usage_ends_with_2_and_one_sentence(broadsheet, tmp_path, arguments, says):
    done = broadsheet(*arguments, data=tmp_path / "data")
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_setting_that_is_none_is_named(broadsheet, tmp_path, monkeypatch):
    monkeypatch.setenv("BROADSHEET_WORKERS", "many")
    done = broadsheet("status", data=tmp_path / "data")
    assert done.returncode == 2
    assert "BROADSHEET_WORKERS is 'many'" in done.stderr
    assert "Traceback" not in done.stderr


def test_dry_run_can_be_read_by_programs(broadsheet, tmp_path):
    page = tmp_path / "一版.txt"
    page.write_text("今年，我区新增就业1840人。", "utf-8")
    done = broadsheet("run", "--dry-run", "--json", str(page), data=tmp_path / "data")
    assert json.loads(done.stdout) == {"source": str(page), "work": True, "reason": "new", "problem": None}


def test_an_empty_inbox_is_no_error(broadsheet, tmp_path):
    done = broadsheet("run", str(tmp_path), data=tmp_path / "data")
    assert done.returncode == 0
    assert "No page was found" in done.stdout
