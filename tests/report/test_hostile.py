"""Everything that comes from a page stays text, wherever the report shows it."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.report.build import ReportRequest, build_report
from tests.warehouse.small import HUAIYIN, QUARTER, article, document, insert, mention, metric, open_empty, paragraph
from warehouse.storage.folder import DataFolder

EVIL = "<script>document.title='taken'</script><img src=x onerror=alert(1)>\"'</script>"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    figure = {"indicator": EVIL, "indicator_key": EVIL, "topic": EVIL, "sentence": EVIL} | HUAIYIN | QUARTER
    growth = figure | {"measure": "growth", "comparison": "yoy", "dimension": "percent", "end_char": 5}
    rows = {
        "documents": [document("d1", publisher=EVIL, page_label=EVIL, file_name=EVIL)],
        "articles": [article("d1.a1", EVIL, kicker=EVIL, deck=[EVIL], byline=EVIL, authors=[EVIL])],
        "paragraphs": [paragraph("d1.p1", EVIL, "d1.a1"), paragraph("d1.p2", EVIL, "d1.a1", role="byline")],
        "metrics": [metric("d1.p1", "1", 37.1, "%", **growth), metric("d1.p1", "2", 4.5e9, EVIL, **figure)],
        "entities": [
            {"entity_id": "per-1", "type": "PER", "name": EVIL, "scope": EVIL, "mention_count": 1},
            {"entity_id": "org-1", "type": "ORG", "name": EVIL, "scope": "", "mention_count": 1},
        ],
        "mentions": [
            mention("d1.p2", EVIL, "PER", "per-1", "d1.a1"),
            mention("d1.p1", EVIL, "ORG", "org-1", "d1.a1"),
        ],
    }
    with open_empty() as con:
        insert(con, rows)
        build_report(con, DataFolder(folder / "data"), ReportRequest(folder / "site"))
    return folder / "site"


def test_a_headline_of_script_stays_text(site):
    shown = 0
    for path in site.rglob("*"):
        if path.suffix in (".html", ".js") and "assets" not in path.parts:
            text = path.read_text("utf-8")
            assert "<script>document" not in text, path.name
            assert "<img src=x" not in text, path.name
            shown += text.count("&lt;script&gt;")
    assert shown > 10


@pytest.mark.browser
def test_nothing_that_is_printed_is_run(site, browser):
    for path in sorted(site.rglob("*.html")):
        browser.open(path)
        assert browser.driver.title != "taken"
    browser.open(site / "index.html")
    browser.one("#search").send_keys("script")
    browser.wait(lambda: browser.all("#found li a"))
    assert browser.all("#found img") == []
    assert browser.trouble() == []
