"""The report as a reader sees it: headless Chromium, no network."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.browser import chromium, complaints, serious_faults  # noqa: F401 - a fixture
from tests.report.test_site import report  # noqa: F401 - a fixture

pytestmark = pytest.mark.browser


def open_page(driver, path: Path, anchor: str = "") -> None:
    driver.get(path.resolve().as_uri() + anchor)


def article_with_figures(site: Path) -> Path:
    return max((site / "articles").glob("*.html"), key=lambda path: path.read_text("utf-8").count('class="mark fig'))


@pytest.mark.parametrize("page", ["index", "indicators", "regions", "people", "organisations", "quality"])
def test_no_page_complains_and_none_shuts_anybody_out(chromium, report, page):  # noqa: F811
    open_page(chromium, report / f"{page}.html")
    assert complaints(chromium) == []
    assert serious_faults(chromium) == []


def test_an_article_shows_details_and_raw_lines(chromium, report):  # noqa: F811
    open_page(chromium, article_with_figures(report))
    assert complaints(chromium) == []
    assert serious_faults(chromium) == []
    mark = chromium.find_element("css selector", "article p .mark.fig")
    tip = mark.find_element("css selector", ".tip")
    assert not tip.is_displayed()
    chromium.execute_script("arguments[0].focus()", mark)
    assert tip.is_displayed()
    chromium.find_element("css selector", "details.raw summary").click()
    assert chromium.find_element("css selector", "details.raw li").text


def test_tables_sort_and_filter(chromium, report):  # noqa: F811
    open_page(chromium, report / "indicators.html")
    header = chromium.find_elements("css selector", "th .sort")[2]
    header.click()
    counts = [int(cell.text) for cell in chromium.find_elements("css selector", "tbody tr td:nth-child(3)")]
    assert counts == sorted(counts)
    header.click()
    counts = [int(cell.text) for cell in chromium.find_elements("css selector", "tbody tr td:nth-child(3)")]
    assert counts == sorted(counts, reverse=True)
    names = [cell.text for cell in chromium.find_elements("css selector", "tbody tr td:first-child")]
    chromium.find_element("css selector", ".filter").send_keys(names[-1])
    left = [r for r in chromium.find_elements("css selector", "tbody tr") if r.is_displayed()]
    assert 0 < len(left) < len(names)


def test_search_finds_from_every_page_and_the_language_switches(chromium, report):  # noqa: F811
    from selenium.webdriver.support.ui import WebDriverWait

    open_page(chromium, report / "regions.html")
    chromium.find_element("id", "search").send_keys("槐荫")
    WebDriverWait(chromium, 10).until(lambda d: d.find_elements("css selector", "#found li a"))
    chromium.find_elements("css selector", "#found li a")[0].click()
    assert complaints(chromium) == []
    menu = chromium.find_element("css selector", "nav a")
    assert menu.text == "首页"
    chromium.find_element("id", "language").click()
    assert menu.text == "Start"
    chromium.find_element("id", "language").click()


def test_charts_and_chinese_are_drawn(chromium, report, tmp_path):  # noqa: F811
    open_page(chromium, report / "index.html")
    chart = chromium.find_element("css selector", "figure svg")
    assert chart.size["width"] > 200
    assert chromium.save_screenshot(str(tmp_path / "start.png"))
    chromium.set_window_size(390, 844)
    assert chromium.execute_script("return document.documentElement.scrollWidth <= window.innerWidth + 1")
    chromium.set_window_size(1200, 1600)
