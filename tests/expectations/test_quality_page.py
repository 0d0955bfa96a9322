"""The quality page: from a failing expectation to the rows, from a row to its page and lines, without a network."""

from __future__ import annotations

import json

import pytest

from expectations.quality_page import write_quality_page
from expectations.results import KEPT, keep_results, kept_results, write_results
from tests.expectations.damage import change, change_figure, shift_span
from tests.expectations.lake import data_folder, ingest, lines_of
from tests.expectations.pages import sound_pages
from warehouse import connect

INJECTION = "<script>document.title='taken'</script>"


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    folder = data_folder(tmp_path_factory.mktemp("quality"))
    rows = sound_pages(4)
    shift_span(rows)
    change_figure("800人", modality="actual", confidence=2.0)(rows)
    change("articles", "d3.a001", authors=["本报记者"])(rows)
    change("paragraphs", "d4.p0001", text=INJECTION)(rows)
    write_results(folder.work / "r1", "r1-0001", ingest(folder, rows).said)
    keep_results(folder.quality, "r1-0001", folder.work / "r1")
    with connect(folder.warehouse) as con:
        return write_quality_page(con, folder.quality, lambda key: [INJECTION, *lines_of(key)[1:]])


def test_bars_of_runs_are_drawn_where_there_are_runs_to_compare_and_say_what_they_show(page):
    from expectations.quality_page import contents

    assert "<svg" not in page.read_text("utf-8"), "one bar compares nothing"
    runs = [{"run_id": f"r{n}", "critical": n, "warnings": 1} for n in (2, 0)]
    assert [(bar["run_id"], bar["failed"]) for bar in contents.bars(runs)] == [("r0", 1), ("r2", 3)]


def test_every_link_of_the_quality_page_leads_somewhere(page):
    from html.parser import HTMLParser

    class Links(HTMLParser):
        def __init__(self):
            super().__init__()
            self.targets, self.ids = [], set()

        def handle_starttag(self, tag, attributes):
            given = dict(attributes)
            self.targets += [given[name] for name in ("href", "src") if given.get(name)]
            self.ids.add(given.get("id"))

    def read(path):
        links = Links()
        links.feed(path.read_text("utf-8"))
        return links

    files = sorted(page.parent.rglob("*.html"))
    assert len(files) > 5
    for file in files:
        for target in read(file).targets:
            if target.startswith("data:"):
                continue
            path, _, fragment = target.partition("#")
            goal = (file.parent / path).resolve() if path else file
            assert goal.is_file(), f"{file.name} → {target}"
            assert not fragment or fragment in read(goal).ids


def test_great_expectations_own_results_stay_beside_the_page_that_is_written_anew(page):
    (kept,) = kept_results(page.parent)
    assert f'href="{kept.parent.name}/{kept.name}"' in page.read_text("utf-8")
    said = json.loads(kept.read_text("utf-8"))
    assert not said["success"]
    assert {"success", "statistics", "expectations"} <= set(said["validation_results"][0])


def test_results_of_the_newest_batches_are_kept_and_a_batch_without_any_leaves_none(tmp_path):
    for n in range(KEPT + 2):
        write_results(tmp_path / "work", f"20230101T{n:06}-0001", {"success": True})
        keep_results(tmp_path, f"20230101T{n:06}-0001", tmp_path / "work")
    write_results(tmp_path / "work", "20240101T000000-0001", {})
    assert keep_results(tmp_path, "20240101T000000-0001", tmp_path / "work") is None
    assert [path.name for path in kept_results(tmp_path)][:: KEPT - 1] == [
        f"20230101T{KEPT + 1:06}-0001.json",
        "20230101T000002-0001.json",
    ]


def test_what_comes_from_a_page_stays_text(page):
    for file in page.parent.rglob("*.html"):
        assert "<script" not in file.read_text("utf-8")


def test_a_warehouse_without_checks_has_a_page_that_says_so(tmp_path):
    from warehouse.load.publish import bring_up_to_date

    folder = data_folder(tmp_path)
    bring_up_to_date(folder, {})
    with connect(folder.warehouse) as con:
        written = write_quality_page(con, folder.quality, lines_of)
    assert "还没有检查结果" in written.read_text("utf-8")


def test_what_is_said_of_a_page_is_written_anew_only_where_it_has_changed(tmp_path):
    folder = data_folder(tmp_path)
    rows = sound_pages(3)
    shift_span(rows)
    change("paragraphs", "d3.p0001", text=INJECTION)(rows)
    ingest(folder, rows)
    asked = []

    def lines(key):
        asked.append(key)
        return lines_of(key)

    def written(version):
        asked.clear()
        with connect(folder.warehouse) as con:
            write_quality_page(con, folder.quality, lines, (), version)
        return {path.name: path.read_text("utf-8") for path in (folder.quality / "pages").iterdir()}

    first = written("a")
    pages = sorted(asked)
    assert len(pages) > 1
    assert (written("a"), asked) == (first, [])
    (folder.quality / "pages" / f"{pages[0]}.html").unlink()
    assert (written("a"), asked) == (first, [pages[0]])
    (folder.quality / "pages" / f"{pages[0]}.html").write_text("")  # as a power cut leaves it
    assert (written("a"), asked) == (first, [pages[0]])
    assert (written("b"), sorted(asked)) == (first, pages)
    assert (written(""), sorted(asked)) == (first, pages)
    (folder.quality / "made-of.json").unlink(missing_ok=True)
    assert (written("b"), sorted(asked)) == (first, pages)

    change("documents", "d3", page_label="A8")(rows)
    ingest(folder, rows, "r2")
    second = written("b")
    assert asked == ["d3"]
    assert "A8" in second["d3.html"]


@pytest.mark.browser
def test_chromium_shows_the_page_styled_and_leads_to_rows_and_lines(page, browser, tmp_path):
    browser.open(page)
    assert "没有做到的" in browser.text()
    assert browser.style("th", "border-bottom-style") == "solid"
    assert browser.style(".cards", "display") == "grid"
    assert len(browser.screenshot(tmp_path / "quality.png")) > 20_000

    next(link for link in browser.all("a.check") if "span_shows_the_text" in link.text).click()
    assert "45.3亿元 is not at" in browser.text()

    browser.all("a.place")[0].click()
    assert browser.driver.current_url.endswith("pages/d2.html#L3")
    assert "45.3亿元" in browser.text("#L3")
    assert browser.style("#L3", "background-color") != browser.style("#L2", "background-color")

    browser.open(page.parent / "pages" / "d4.html")
    assert browser.driver.title != "taken"
    assert INJECTION in browser.text("#L1")
    assert browser.trouble() == []
