"""A report that is built upon an older one is, byte for byte, the one that is built from nothing."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.report import articles, build, figures, names
from flows.report.notes import NOTES
from flows.report.site import Site, open_site
from warehouse import connect
from warehouse.errors import EnvironmentProblem, UserError
from warehouse.report.figures import Chosen, choose_articles, note_content
from warehouse.report.names import list_names, name_heads, note_names
from warehouse.storage.folder import DataFolder

OF_A_DOCUMENT = ("documents", "articles", "paragraphs", "metrics", "mentions", "document_entities", "findings")


def written(site: Path) -> dict[str, bytes]:
    """All files of a report but the notes of its build; folders too, with nothing in them."""
    found = {path.relative_to(site).as_posix(): path for path in site.rglob("*")}
    return {name: path.read_bytes() if path.is_file() else b"" for name, path in found.items() if name != NOTES}


def build_from(warehouse: Path, data: Path, output: Path, **asked: Any) -> int:
    with connect(warehouse) as con:
        return build.build_report(con, DataFolder(data), build.ReportRequest(output, **asked)).written


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


class KilledError(Exception):
    """Stands for what ends a build where it stands."""


@pytest.mark.parametrize("moment", [0, 40])
def test_pages_of_a_build_that_was_killed_go_when_their_document_was_forgotten_meanwhile(
    cut_small, seed_data, tmp_path, monkeypatch, moment
):
    """Also where no build before had come to its end, and the page that was at hand when it was killed."""
    whole, less = seed_data / "warehouse.duckdb", tmp_path / "less.duckdb"
    shutil.copy(whole, less)
    with duckdb.connect(str(less)) as con:
        one = con.execute("select max(document_id) from documents").fetchall()[0][0]
        for table in OF_A_DOCUMENT:
            con.execute(f"delete from {table} where document_id = $1", [one])
    build_from(less, seed_data, tmp_path / "new")
    shutil.copytree(tmp_path / "new", tmp_path / "grown")
    puts: list[str] = []
    put = Site._put

    def killed(site: Site, target: str, data: bytes) -> None:
        puts.append(target)
        if len(puts) > moment:
            Path(f"{site.output}/.report.part-1").write_bytes(data[: len(data) // 2])
            raise KilledError
        put(site, target, data)

    for site in ("grown", "begun"):
        puts.clear()
        with monkeypatch.context() as patched:
            patched.setattr(Site, "_put", killed)
            with pytest.raises(KilledError):
                build_from(whole, seed_data, tmp_path / site)
        build_from(less, seed_data, tmp_path / site)
        assert written(tmp_path / site) == written(tmp_path / "new")


def test_one_report_at_a_time_is_written_into_a_folder(seed_data, tmp_path):
    first = open_site(tmp_path / "site")
    with pytest.raises(EnvironmentProblem, match="Another report is being written into"):
        build_from(seed_data / "warehouse.duckdb", seed_data, tmp_path / "site")
    first.close()
    build_from(seed_data / "warehouse.duckdb", seed_data, tmp_path / "site")
    assert [path.name for path in (tmp_path / "site").glob(".*")] == [NOTES], "nothing but the notes is left"


@pytest.mark.parametrize("name", ["a-file", "a-file/site"])
def test_a_report_is_not_written_where_a_file_is(tmp_path, name):
    (tmp_path / "a-file").write_text("mine", "utf-8")
    with pytest.raises(UserError, match="name a folder"):
        open_site(tmp_path / name)
    assert (tmp_path / "a-file").read_text("utf-8") == "mine"


@pytest.mark.parametrize(
    ("before", "after"),
    [({"all_persons": True}, {}), ({}, {"region": "370104"}), ({"region": "370104"}, {"all_persons": True})],
)
def test_a_report_that_is_asked_for_otherwise_is_a_new_one(cut_small, seed_data, tmp_path, before, after):
    build_from(seed_data / "warehouse.duckdb", seed_data, tmp_path / "site", **before)
    build_from(seed_data / "warehouse.duckdb", seed_data, tmp_path / "site", **after)
    build_from(seed_data / "warehouse.duckdb", seed_data, tmp_path / "new", **after)
    assert written(tmp_path / "site") == written(tmp_path / "new")


@pytest.mark.parametrize("asked", [{}, {"region": "370104"}])
def test_a_figure_that_a_person_rejected_is_gone_as_from_a_new_report(cut_small, seed_data, tmp_path, asked):
    shutil.copy(seed_data / "warehouse.duckdb", tmp_path / "rejected.duckdb")
    with duckdb.connect(str(tmp_path / "rejected.duckdb")) as con:
        con.execute("update metrics set status = 'rejected' where metric_id = (select min(metric_id) from metrics)")
    build_from(seed_data / "warehouse.duckdb", seed_data, tmp_path / "site", **asked)
    build_from(tmp_path / "rejected.duckdb", seed_data, tmp_path / "site", **asked)
    build_from(tmp_path / "rejected.duckdb", seed_data, tmp_path / "new", **asked)
    assert written(tmp_path / "site") == written(tmp_path / "new")


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


def test_a_name_less_beside_a_person_tells_in_two_articles_of_the_same_company(seed_data, tmp_path):
    shutil.copy(seed_data / "warehouse.duckdb", tmp_path / "equal.duckdb")
    with duckdb.connect(str(tmp_path / "equal.duckdb")) as con:
        articles_of_two = "select min(article_id) from articles group by document_id order by 1 limit 2"
        two = [own for (own,) in con.execute(articles_of_two).fetchall()]
        people = "select entity_id from entities where type = 'PER' order by 1 limit 2"
        first, second = (own for (own,) in con.execute(people).fetchall())
        con.execute(
            "delete from mentions where article_id in (select unnest($1)) or entity_id in ($2, $3)",
            [two, first, second],
        )
        for number, (article, person) in enumerate((a, p) for a in two for p in (first, second)):
            con.execute(
                "insert into mentions select * replace ($1 as mention_id, $2 as article_id, $3 as entity_id, "
                "'PER' as type) from mentions limit 1",
                [f"m{number}", article, person],
            )
        choose_articles(con, Chosen())
        note_content(con)
        note_names(con)
        digests = []
        for listed in ([first, second], [first]):
            list_names(con, listed)
            digests += [head["digest"] for head in name_heads(con) if head["entity_id"] == first]
    assert len(set(digests)) == 2, "the second is no longer beside the first"


def test_worker_processes_write_what_one_process_writes(report, seed_data, tmp_path, monkeypatch):
    monkeypatch.setattr(build, "_FEW", 0)
    build_from(seed_data / "warehouse.duckdb", seed_data, tmp_path / "site", workers=2)
    assert written(tmp_path / "site") == written(report)


def test_a_name_more_changes_one_page_of_a_long_list_and_leaves_those_after_it():
    rows = [{"entity_id": f"per-{number:04}"} for number in range(1_000)]
    without = [row for row in rows if row["entity_id"] != "per-0100"]
    before, after = names._parts(without), names._parts(rows)
    assert [row for part in after for row in part] == rows
    assert len([part for part in after if part not in before]) == 1
