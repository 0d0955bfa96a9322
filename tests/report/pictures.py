"""Takes the README's pictures of the report: `python -m tests.report.pictures` (or `make pictures`) makes them anew.

What belongs here: what the pictures show. What does not: checks; those are in `test_browser.py`.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from PIL import Image

from tests.browser import Browser, start_browser
from tests.conftest import PROJECT, call_broadsheet

IMAGES = PROJECT / "docs" / "images"
PICTURES = ("start", "article", "figures", "person", "english", "phone")


def take_pictures(browser: Browser, site: Path, output: Path) -> None:
    """Takes the start page, an article with a figure's raw lines, and what else stands in docs/gallery.md.

    Args:
        browser: Chromium.
        site: The report.
        output: Folder of the pictures.
    """
    browser.resize(1280, 1220)
    browser.open(site / "index.html")
    browser.screenshot(output / "report-start.png")
    browser.resize(1280, 880)
    cards = (card.get_attribute("href") for card in browser.all(".cards .big") if "《" in _card_of(card))
    browser.open(next(cards))
    browser.one("#tip a.lines").click()
    browser.driver.execute_script("document.activeElement.blur(); scrollTo(0, 0); location.hash = location.hash")
    mark = browser.one(".mark.asked")
    browser.driver.execute_script("arguments[0].focus({preventScroll: true}); showTip(arguments[0])", mark)
    browser.screenshot(output / "report-article.png")
    browser.open(site / "figures.html", "#indicator=%E5%B7%A5%E4%B8%9A%E6%80%BB%E4%BA%A7%E5%80%BC")
    browser.wait(lambda: browser.all("#facets[data-ready]"))
    browser.screenshot(output / "report-figures.png")
    browser.open(site / "people.html")
    browser.one("td.name a").click()
    browser.screenshot(output / "report-person.png")
    browser.open(site / "regions" / "370104.html")
    browser.one("#language").click()
    browser.screenshot(output / "report-english.png")
    browser.one("#language").click()
    browser.resize(390, 844)
    browser.open(site / "index.html")
    browser.screenshot(output / "report-phone.png")


def _make_small(path: Path) -> None:
    """Writes a picture with 256 colours: of text nobody sees the difference, and it takes a third of the room."""
    with Image.open(path) as picture:
        small = picture.convert("RGB").quantize(256, dither=Image.Dither.NONE)
    small.save(path, optimize=True)


def _card_of(link) -> str:
    return link.find_element("xpath", "..").text


def main() -> None:
    """Runs the seeds, builds their report and takes the pictures."""
    browser = start_browser()
    if browser is None:
        sys.exit("Chromium and its driver are not installed: apt-get install chromium chromium-driver")
    try:
        with tempfile.TemporaryDirectory(prefix="broadsheet-pictures-") as place:
            data, site = Path(place) / "data", Path(place) / "site"
            for call in (("run",), ("report", "--output", str(site))):
                done = call_broadsheet(*call, data=data)
                if done.returncode:
                    sys.exit(done.stderr)
            take_pictures(browser, site, IMAGES)
            for name in PICTURES:
                _make_small(IMAGES / f"report-{name}.png")
    finally:
        browser.driver.quit()


if __name__ == "__main__":
    main()
