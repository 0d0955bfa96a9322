"""A report that is built upon an older one is, byte for byte, the one that is built from nothing."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from flows.report import articles, build, figures, names
from flows.report.site import NOTES
from warehouse import connect
from warehouse.storage.folder import DataFolder

OF_A_DOCUMENT = ("documents", "articles", "paragraphs", "metrics", "mentions", "document_entities", "findings")


def written(site: Path) -> dict[str, bytes]:
    """All files of a report but the notes of its build."""
    found = {path.relative_to(site).as_posix(): path for path in site.rglob("*") if path.is_file()}
    return {name: path.read_bytes() for name, path in found.items() if name != NOTES}


def build_from(warehouse: Path, data: Path, output: Path) -> int:
    with connect(warehouse) as con:
        return build.build_report(con, DataFolder(data), build.ReportRequest(output)).written


@pytest.fixture
def cut_small(monkeypatch: pytest.MonkeyPatch) -> None:
    """Lets five pages be as many as two thousand: several blocks, lists by first character, tables that end."""
    monkeypatch.setattr(articles, "_FEWEST", 1)
    monkeypatch.setattr(articles, "PER_PAGE", 3)
    monkeypatch.setattr(names, "MOST_LISTED", 4)
    monkeypatch.setattr(figures, "MOST_ROWS", 30)


@pytest.mark.parametrize("which", [0, 2, 4])
def test_a_page_more_and_a_page_less_give_the_same_files_as_a_new_build(cut_small, seed_data, tmp_path, which):
    whole, less = seed_data / "warehouse.duckdb", tmp_path / "less.duckdb"
    shutil.copy(whole, less)
    with duckdb.connect(str(less)) as con:
        one = con.execute("select document_id from documents order by issue_date, document_id").fetchall()[which][0]
        for table in OF_A_DOCUMENT:
            con.execute(f"delete from {table} where document_id = $1", [one])
    build_from(whole, seed_data, tmp_path / "new")
    build_from(less, seed_data, tmp_path / "new-less")
    everything, few = written(tmp_path / "new"), written(tmp_path / "new-less")
    assert few.keys() != everything.keys()

    shutil.copytree(tmp_path / "new-less", tmp_path / "grown")
    again = build_from(whole, seed_data, tmp_path / "grown")
    assert written(tmp_path / "grown") == everything
    assert again < len(everything) * 0.8, "what did not change is not written again"
    build_from(less, seed_data, tmp_path / "grown")
    assert written(tmp_path / "grown") == few


def test_a_page_of_which_only_the_year_is_known_loses_no_article_of_january(cut_small, seed_data, tmp_path):
    shutil.copy(seed_data / "warehouse.duckdb", tmp_path / "dated.duckdb")
    with duckdb.connect(str(tmp_path / "dated.duckdb")) as con:
        for number, (own,) in enumerate(con.execute("select document_id from documents order by 1").fetchall()):
            precision = "year" if number == 2 else "day"
            con.execute(
                "update documents set issue_date = date '2023-01-01', issue_date_precision = $1, publisher = $2 "
                "where document_id = $3",
                [precision, f"第{number}报", own],
            )
        whole = {own for (own,) in con.execute("select article_id from articles").fetchall()}
    build_from(tmp_path / "dated.duckdb", seed_data, tmp_path / "site")
    lists = "".join(path.read_text("utf-8") for path in (tmp_path / "site").glob("articles-*.html"))
    assert all(own in lists for own in whole)
    front = (tmp_path / "site" / "articles.html").read_text("utf-8")
    assert front.count("<dt>2023</dt>") == 1


def test_a_page_that_was_damaged_by_hand_is_made_anew(cut_small, seed_data, tmp_path):
    build_from(seed_data / "warehouse.duckdb", seed_data, tmp_path / "site")
    before = written(tmp_path / "site")
    for pattern in ("articles/*.html", "search/*/pairs-0.js", "figures/*.js", "people/*.html", "articles-*.html"):
        path = sorted((tmp_path / "site").glob(pattern))[0]
        path.write_text("damaged", "utf-8")
    sorted((tmp_path / "site").glob("search/*/entries-0.js"))[0].unlink()
    build_from(seed_data / "warehouse.duckdb", seed_data, tmp_path / "site")
    assert written(tmp_path / "site") == before


def test_worker_processes_write_what_one_process_writes(report, seed_data, tmp_path, monkeypatch):
    monkeypatch.setattr(build, "_FEW", 0)
    build_from(seed_data / "warehouse.duckdb", seed_data, tmp_path / "site")
    assert written(tmp_path / "site") == written(report)
