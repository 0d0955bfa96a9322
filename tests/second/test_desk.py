"""At the desk: what a second reader reads otherwise comes first, with both readings, and one key takes either."""

from __future__ import annotations

import pytest

from tests.desk.conftest import seat
from tests.second.conftest import asked
from tests.second.reader import said

PATIENCE = 600


def other_region(sent):
    """A model that reads the owner of one figure otherwise, and takes another one for none."""
    found = [said(f["n"], measure="level", subject="槐荫区") for f in sent["数字"] if f["原文"] == "640名"]
    return [*found, *({"n": f["n"], "figure": False} for f in sent["数字"] if f["原文"] == "三类")]


@pytest.mark.browser
def test_one_key_takes_the_second_readers_reading_and_one_keeps_ours(call, reader, data, browser):
    from selenium.webdriver.common.keys import Keys

    reader.brain = other_region
    assert call("second-read", "--where", "text in ('640名', '三类')").returncode == 0
    seated = seat(data)
    first = [(row["text"], row["second_reading"]) for row in seated.desk.queue(seated.desk.scope)["figures"][:2]]
    assert sorted(first) == [("640名", "differs"), ("三类", "no figure")]
    browser.open(seated.address)
    browser.wait(lambda: browser.all("#second li"), PATIENCE)
    browser.one("#who").send_keys("李明", Keys.ESCAPE)
    for _ in first:
        browser.one("body").send_keys("s")
        browser.wait(lambda: not browser.all("body[aria-busy]"), PATIENCE)
    assert browser.trouble() == []
    assert browser.serious_faults() == []
    said_of = {line["column"]: (line["value"], line["who"], line["why"]) for line in seated.desk.file.lines()}
    assert {name: value[:2] for name, value in said_of.items()} == {
        "metrics.subject": ("槐荫区", "李明"),
        "metrics.status": ("rejected", "李明"),
    }
    assert all("model-a" in why for _, _, why in said_of.values())
    seated.desk.load()
    assert asked(
        data,
        "select text, status, subject, region_adcode, checked_by from metrics where second_reader <> '' order by 1",
    ) == [
        ("640名", "corrected", "槐荫区", "370104", "李明"),
        ("三类", "rejected", "历下区", "370102", "李明"),
    ]
    shown = call("trace", asked(data, "select metric_id from metrics where text = '640名'")[0][0])
    assert "second     model-a: differs subject 槐荫区" in shown.stdout
