"""The report as a reader sees it: headless Chromium, no network."""

from __future__ import annotations

from pathlib import Path

import pytest

pytestmark = pytest.mark.browser


def article_with_figures(site: Path) -> Path:
    return max((site / "articles").glob("*.html"), key=lambda path: path.read_text("utf-8").count('class="mark fig'))


def numbers(browser, column: int) -> list[float]:
    cells = browser.all(f"tbody tr td:nth-child({column})")
    return [float(cell.get_attribute("data-value")) for cell in cells]


@pytest.mark.parametrize(
    "page",
    ["index", "figures", "indicators", "regions", "people", "organisations", "articles", "quality", "regions/370104"],
)
def test_no_page_complains_and_none_shuts_anybody_out(browser, report, page):
    browser.open(report / f"{page}.html")
    assert browser.serious_faults() == []
    assert browser.trouble() == []


def test_a_figure_shows_its_details_and_leads_to_its_raw_lines(browser, report):
    browser.open(article_with_figures(report))
    assert browser.serious_faults() == []
    mark = browser.one("article a.mark.fig")
    printed = mark.text
    assert not browser.one("#tip").is_displayed()
    browser.driver.execute_script("arguments[0].focus()", mark)
    assert "可信度" in browser.text("#tip")
    assert browser.serious_faults() == []
    assert not browser.one("details.raw ol").is_displayed()
    browser.one("#tip a.lines").click()
    shown = [line.text for line in browser.all("details.raw li.asked")]
    assert printed in "".join(shown)
    assert browser.trouble() == []


def test_the_citation_can_be_copied(browser, report):
    browser.open(article_with_figures(report))
    browser.one("button.copy").click()
    browser.wait(lambda: browser.text("button.copy") == "已复制")


def test_the_quality_page_stands_within_the_report(browser, report):
    browser.open(report / "quality.html")
    browser.driver.switch_to.frame(browser.one("iframe"))
    assert "没有做到的" in browser.text()
    browser.driver.switch_to.default_content()
    assert browser.trouble() == []


def test_tables_sort_and_filter(browser, report):
    browser.open(report / "indicators.html")
    header = browser.all("th .sort")[2]
    header.click()
    assert numbers(browser, 3) == sorted(numbers(browser, 3))
    header.click()
    assert numbers(browser, 3) == sorted(numbers(browser, 3), reverse=True)
    names = [cell.text for cell in browser.all("tbody tr td:first-child")]
    browser.one(".filter").send_keys(names[-1])
    left = [row for row in browser.all("tbody tr") if row.is_displayed()]
    assert 0 < len(left) < len(names)


def test_a_table_shows_one_topic_when_asked(browser, report):
    browser.open(report / "indicators.html")
    choice = browser.all("select.choose option")[1]
    topic = choice.text
    choice.click()
    assert {row.text for row in browser.all("tbody tr td:nth-child(2)") if row.is_displayed()} == {topic}


def test_a_download_holds_what_is_seen_with_the_bare_numbers(browser, report):
    browser.open(report / "regions" / "370104.html")
    browser.one(".filter").send_keys("工业总产值")
    text = browser.driver.execute_script("return csvOf(document.querySelector('.table'))")
    rows = text.split("\r\n")
    assert rows[0].startswith('\ufeff"领域","指标"')
    assert any('"4530000000","元"' in row for row in rows)
    assert all("工业总产值" in row for row in rows[1:])


def test_search_finds_from_every_page_and_the_language_switches(browser, report):
    browser.open(report / "regions.html")
    browser.one("#search").send_keys("槐荫 总产值")
    browser.wait(lambda: browser.all("#found li a"))
    assert "45.3亿元" in browser.text("#found")
    browser.all("#found li a")[0].click()
    menu = browser.one("nav a")
    assert menu.text == "首页"
    browser.one("#language").click()
    assert menu.text == "Start"
    browser.open(report / "index.html")
    assert browser.one("nav a").text == "Start", "the choice is remembered"
    browser.one("#language").click()
    assert browser.trouble() == []


def test_all_figures_are_found_by_facets_and_words_and_a_view_has_an_address(browser, report):
    browser.open(report / "figures.html")
    browser.wait(lambda: browser.all("#facets[data-ready]"))
    whole = int(browser.text("#figure-count").replace(",", ""))
    browser.one("#facets [name=words]").send_keys("工业总产值 槐荫")
    browser.wait(lambda: int(browser.text("#figure-count").replace(",", "")) < whole)
    browser.driver.execute_script(
        "const f = document.forms.facets; f.measure.value = 'growth'; f.dispatchEvent(new Event('input'))"
    )
    browser.wait(lambda: "measure=growth" in browser.one("#permalink").get_attribute("href"))
    browser.wait(lambda: "16.6%" in browser.text("#figure-rows") and "45.3亿元" not in browser.text("#figure-rows a"))
    address, seen = browser.one("#permalink").get_attribute("href"), browser.text("#figure-rows")
    browser.driver.get("about:blank")
    browser.driver.get(address)
    browser.wait(lambda: browser.all("#facets[data-ready]"))
    assert browser.text("#figure-rows") == seen
    browser.one("#figure-rows li a").click()
    assert browser.one("article a.mark.asked").text == "16.6%"
    assert browser.trouble() == []


def test_charts_and_chinese_are_drawn_and_a_phone_needs_no_sideways_scrolling(browser, report, tmp_path):
    pages = ["index", "figures", "indicators", "indicators/industrial_output", "people", "regions/370104"]
    browser.open(report / "index.html")
    assert browser.one("figure svg").size["width"] > 200
    assert len(browser.screenshot(tmp_path / "start.png")) > 50_000
    browser.resize(390, 844)
    try:
        person = next((report / "people").glob("*.html"))
        for page in [*(report / f"{page}.html" for page in pages), article_with_figures(report), person]:
            browser.open(page)
            wide, high = browser.driver.execute_script(
                "const page = document.documentElement; return [page.scrollWidth, page.scrollHeight]"
            )
            assert wide <= 391, page.name
            assert high < 9_000, page.name
        browser.open(report / "index.html")
        cards, more = browser.all(".cards > li"), browser.one(".cards + .more")
        assert [card.is_displayed() for card in cards] == [True] * 3 + [False] * (len(cards) - 3)
        assert more.text == f"显示全部 ({len(cards)})"
        more.click()
        assert all(card.is_displayed() for card in cards)
    finally:
        browser.resize()


def test_a_person_has_a_page_with_title_quotes_and_who_is_named_with_them(browser, report):
    browser.open(report / "people.html")
    assert browser.one("td.name a").is_displayed()
    next(link for link in browser.all("td.name a") if link.text == "邹颂").click()
    assert browser.text("h1") == "邹颂"
    assert "钢城区委书记" in browser.text(".facts")
    assert "“打造东强战略智造先导区。”" in browser.text("main")
    assert browser.serious_faults() == []
    browser.one("figure.said a").click()
    assert browser.one("article").is_displayed()
    browser.open(report / "authors.html")
    assert browser.all("tbody tr")
    assert browser.trouble() == []


def test_the_search_finds_any_two_characters_of_a_text_and_phrases_as_they_stand(browser, report):
    browser.open(report / "index.html")

    def found(words):
        field = browser.one("#search")
        field.clear()
        field.send_keys(words)
        browser.wait(lambda: browser.all("#found li") or "没有找到" in browser.text("#found"))
        return [item.text for item in browser.all("#found li")]

    hits = found("摇头")
    assert any("蹲苗壮骨" in hit and "纷纷摇头" in hit for hit in hits)
    assert {mark.text for mark in browser.all("#found mark")} == {"摇头"}
    browser.open(report / "index.html")
    assert any("蹲苗壮骨" in hit for hit in found("“同事们纷纷摇头”"))
    browser.open(report / "index.html")
    assert found("“纷纷同事们”") == []


def test_a_chart_can_be_taken_away_and_stands_alone_in_a_frame(browser, report):
    page = report / "indicators" / "industrial_output.html"
    browser.open(report / "index.html")
    name = browser.one(".drawn").get_attribute("data-chart")
    assert [button.text for button in browser.all(".take button")[:4]] == ["SVG", "PNG", "CSV", "嵌入"]
    browser.all(".take button")[3].click()
    frame = browser.one("input.embed").get_attribute("value")
    assert f"index.html?embed={name}" in frame
    assert page.is_file()
    browser.open((report / "index.html").resolve().as_uri() + f"?embed={name}")
    assert browser.one("figure svg").is_displayed()
    assert not browser.all("header, nav")
    assert browser.trouble() == []
