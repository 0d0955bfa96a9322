"""The report as a folder: complete, linked, escaped, built again only where something changed."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser
from pathlib import Path


class Links(HTMLParser):
    """Collects links, ids and scripts of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.links: list[str] = []
        self.ids: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for key, value in attrs:
            if key in ("href", "src", "xlink:href") and value:
                self.links.append(value)
            if key == "id" and value:
                self.ids.add(value)


def parsed(path: Path) -> Links:
    links = Links()
    links.feed(path.read_text("utf-8"))
    return links


def test_every_internal_link_resolves(report):
    pages = {path: parsed(path) for path in report.rglob("*.html") if "quality/" not in path.as_posix()}
    assert len(pages) > 20
    for path, page in pages.items():
        for link in page.links:
            if link == "data:,":
                continue
            target, _, anchor = link.partition("#")
            assert not re.match(r"[a-z]+:|//", target), f"{path.name} asks the network for {link}"
            place = (path.parent / target).resolve() if target else path
            assert place.exists(), f"{path.relative_to(report)} links to {link}"
            if anchor and place in pages and "=" not in anchor:  # those lead to a view of the page of all figures
                assert anchor in pages[place].ids, f"{path.relative_to(report)} links to {link}"


def test_figures_are_quoted_as_printed_with_their_words_of_degree(report):
    everywhere = "".join(path.read_text("utf-8") for path in (report / "figures").glob("*.js"))
    for printed in ("超63亿元", "近80家", "2000多万元", "约32万标箱", "48%左右", "300余人"):
        assert f'"{printed}"' in everywhere, printed
    listed = (report / "articles.html").read_text("utf-8")
    assert '<td class="short">2023</td>' in listed
    assert "2023-01-01" not in listed, "a year is no first of January"


def test_a_second_build_writes_nothing(build, report):
    again = build(report)
    assert again.written == 0
    assert len(again.made) > 80


def test_a_page_that_no_longer_belongs_is_taken_away(build, tmp_path):
    everything = set(build(tmp_path / "site").made)
    one = set(build(tmp_path / "site", region="槐荫区").made)
    left = {path.relative_to(tmp_path / "site").as_posix() for path in (tmp_path / "site").rglob("*.html")}
    assert one < everything
    assert {path for path in left if not path.startswith("quality/")} == {
        path for path in one if path.endswith(".html") and not path.startswith("quality/")
    }


def test_private_citizens_are_left_out_by_default(build, report, tmp_path):
    """The groom of a folk story has no title; reporters and officials do."""
    build(tmp_path / "all", all_persons=True)
    few, all_of_them = (
        {
            name
            for page in ("people", "authors")
            for name in re.findall('<td class="name">(?:<a[^>]*>)?([^<]+)', (site / f"{page}.html").read_text("utf-8"))
        }
        for site in (report, tmp_path / "all")
    )
    assert "王健" in few
    private = all_of_them - few
    assert private
    for page in (
        "people.html",
        "authors.html",
        "organisations.html",
        *(p.relative_to(report) for p in report.glob("regions/*.html")),
    ):
        listed = re.sub('<td class="quoted">.*?</td>', "", (report / page).read_text("utf-8"))  # but for what is quoted
        named = set(re.findall(r"[\u4e00-\u9fff·]+", listed))
        assert not named & private, page


def test_a_build_that_was_cut_off_is_made_anew(build, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / ".report.json").write_text('{"index.html": "a', "utf-8")
    assert build(tmp_path / "site", region="槐荫区").written > 10


def test_days_without_pages_give_a_report_that_says_so(build, tmp_path):
    site = build(tmp_path / "site", since=date(2030, 1, 1))
    assert site.articles == 0
    assert (tmp_path / "site" / "index.html").is_file()


def test_a_run_ends_with_the_command_that_makes_the_report(seed_data):
    from flows.ingest.summary import RunSummary, summary_lines

    lines = summary_lines(RunSummary(warehouse=str(seed_data / "warehouse.duckdb")))
    assert lines[-1].split("broadsheet ")[1] == f"report --data-dir {seed_data}"


def test_the_command_says_what_it_wrote_and_an_unknown_region_is_a_sentence(broadsheet, seed_data, tmp_path):
    done = broadsheet("report", "--region", "亚特兰蒂斯", "--output", str(tmp_path / "none"), data=seed_data)
    assert done.returncode == 2
    assert "亚特兰蒂斯" in done.stderr
    done = broadsheet("report", "--region", "槐荫区", "--output", str(tmp_path / "one"), data=seed_data)
    assert done.returncode == 0, done.stderr
    assert str(tmp_path / "one" / "index.html") in done.stdout


def test_persons_have_the_titles_that_the_view_of_people_gives(seed_data):
    from warehouse import connect
    from warehouse.report import figures as report_figures
    from warehouse.report import names as report_names

    with connect(seed_data / "warehouse.duckdb") as con:
        report_figures.choose_articles(con, report_figures.Chosen())
        report_figures.note_content(con)
        report_names.note_names(con)
        report_names.list_names(con, None)
        known = dict(con.execute("select entity_id, title from people where title is not null").fetchall())
        ids = [row["entity_id"] for row in report_names.name_heads(con)]
        found = report_names.names(con, ids, ids)
        authors = {own for (own,) in con.execute("select entity_id from people where is_author").fetchall()}
    assert {own: row["title"] for own, row in found.items() if row["title"]} == known
    assert {own for own, row in found.items() if row["is_author"]} == authors
