"""A person at the desk, by keyboard alone: accepts, corrects, adds and rejects figures, and the warehouse knows it."""

from __future__ import annotations

import pytest

from flows.desk.wording import words
from tasks.check.corrected import load_batches
from tests.conftest import PROJECT
from tests.desk.conftest import Seat, seat
from tests.loads.driver import run
from warehouse import connect
from warehouse.ask.desk import Scope

pytestmark = pytest.mark.browser

PAGE = "d7607606558f04c41d0d9"
FIGURE = f"{PAGE}.p0037:52-57"
PATIENCE = 600


@pytest.fixture(scope="module")
def seated(data) -> Seat:
    with connect(data.warehouse) as con:
        ((article,),) = con.execute("select article_id from metrics where metric_id = ?", [FIGURE]).fetchall()
    return seat(data, Scope("article", article))


@pytest.fixture(scope="module")
def page(browser, seated):
    browser.open(seated.address)
    browser.wait(lambda: browser.all("#fields input"), PATIENCE)
    browser.driver.execute_script("localStorage.clear(); speak('en')")
    return browser


def press(page, *keys: str, on: str = "body") -> None:
    page.one(on).send_keys(*keys)


def settled(page) -> None:
    page.wait(lambda: not page.all("body[aria-busy]"), PATIENCE)


def standing(data, columns: str, metric_id: str):
    with connect(data.warehouse) as con:
        return con.execute(f"select {columns} from metrics where metric_id = ?", [metric_id]).fetchone()


def test_a_figure_is_accepted_corrected_added_and_rejected_by_keyboard(page, seated, data):
    from selenium.webdriver.common.keys import Keys

    ids = [row["metric_id"] for row in seated.desk.queue(seated.desk.scope)["figures"]]
    press(page, "a")
    page.wait(lambda: page.text("#message"), PATIENCE)
    assert page.driver.switch_to.active_element.get_attribute("id") == "who", "no answer without a name"
    press(page, "李明", Keys.ESCAPE, on="#who")

    press(page, "w")
    press(page, "两处一致", Keys.ESCAPE, on="#why")
    press(page, "a")
    settled(page)
    accepted = ids[0]
    assert seated.desk.figure(accepted)["answer"]["verdict"] == "accepted"
    assert seated.desk.figure(accepted)["answer"]["why"] == "两处一致"
    assert len(page.all("#article mark.accepted")) == 1, "the text shows it before it is loaded"

    press(page, "x")
    settled(page)
    rejected = ids[1]
    assert seated.desk.figure(rejected)["answer"]["verdict"] == "rejected"

    corrected = ids[2]
    press(page, "7")
    press(page, Keys.CONTROL, "a", on="#f-subject")
    press(page, "历下区", Keys.ENTER, on="#f-subject")
    settled(page)
    assert seated.desk.figure(corrected)["fields"]["subject"] == "历下区", page.text("#message")

    press(page, "x")
    settled(page)
    press(page, "u")
    settled(page)
    assert seated.desk.figure(ids[3])["answer"] is None

    press(page, "m")
    settled(page)
    page.wait(lambda: page.one("#marking").is_displayed(), PATIENCE)
    marked = page.text("#marked")
    press(page, Keys.ENTER)
    page.wait(lambda: page.driver.switch_to.active_element.get_attribute("id") in ("f-indicator", "f-value"), PATIENCE)
    press(page, Keys.CONTROL, "a", on="#f-value")
    press(page, "7", on="#f-value")
    press(page, "期数", Keys.ENTER, on="#f-indicator")
    settled(page)
    assert [line["who"] for line in seated.desk.file.lines() if line["value"] == "added"] == ["李明"]

    press(page, "l")
    page.wait(lambda: page.one("#unloaded").text.endswith((" s", "秒")), PATIENCE)
    page.wait(lambda: not page.all("#load[aria-disabled]") and not page.all("body[aria-busy]"), PATIENCE)
    told = page.text("#message")
    for status in ("accepted", "added", "corrected", "rejected"):
        assert f"{words()[f'status_{status}'][1]} 1" in told, told
    assert words()["loaded_none"][1] in told
    assert page.trouble() == []
    assert page.serious_faults() == []

    def all_kept() -> None:
        assert standing(data, "status, checked_by", accepted) == ("accepted", "李明")
        assert standing(data, "status", rejected) == ("rejected",)
        assert standing(data, "status, subject, region_adcode, subject_entity_id", corrected) == (
            "corrected",
            "历下区",
            "370102",
            "370102",
        )
        with connect(data.warehouse) as con:
            made = con.execute("select text, value, indicator from metrics where status = 'added'").fetchall()
            shown = con.execute("select count(*) from metric_facts where metric_id = ?", [rejected]).fetchall()
        assert made == [(marked, 7.0, "期数")]
        assert shown == [(0,)]

    all_kept()
    load_batches(data, data.corrections, anew=True)
    all_kept()
    summary = run(data.root, next((PROJECT / "seeds").glob("*_625344e733e11c76.txt")), force=True)
    assert summary.new == 1
    all_kept()


def test_nothing_that_was_edited_or_answered_by_others_is_passed_over_and_refusals_speak_chinese(page, seated, data):
    from selenium.webdriver.common.keys import Keys

    page.one("#language").click()
    press(page, "n")
    settled(page)
    here = page.driver.execute_script("return state.shown.id")
    press(page, "1")
    press(page, "x", on="#f-value")
    press(page, Keys.ESCAPE)
    press(page, "n")
    page.wait(lambda: page.text("#message") == words()["unsaved"][0], PATIENCE)
    page.one("#language").click()
    page.one("#language").click()
    assert page.one("#f-value").get_attribute("value").endswith("x"), "another language keeps what was edited"
    press(page, Keys.ENTER, on="#f-value")
    page.wait(lambda: "不是数值" in page.text("#message"), PATIENCE)
    settled(page)

    press(page, Keys.ESCAPE)
    theirs = seated.desk.figure(here)
    seated.desk.answer({"id": here, "verdict": "rejected", "who": "王", "seen": theirs["seen"]})
    press(page, "x")
    page.wait(lambda: page.text("#message") == words()["meanwhile"][0], PATIENCE)
    settled(page)
    assert "王" in page.text("#figure")
    assert seated.desk.figure(here)["answer"]["who"] == "王"
    page.one("#language").click()
    page.trouble()


def test_the_page_speaks_both_languages_and_fits_a_tablet(page):
    first = page.text("#accept")
    page.one("#language").click()
    assert page.text("#accept") != first
    page.resize(820, 1180)
    try:
        assert page.driver.execute_script("return document.documentElement.scrollWidth") <= 821
        assert page.one("#accept").is_displayed()
        assert page.serious_faults() == []
    finally:
        page.resize()
    page.one("#language").click()
