"""Opens pages from the disk in headless Chromium with the network off, and tells what went wrong there.

Import the fixture where it is used: `from tests.browser import browser  # noqa: F401`.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

_DRIVER = shutil.which("chromedriver")
_CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")


class Browser:
    """A headless Chromium without a network.

    Attributes:
        driver: Selenium's driver, for whatever a test looks for.
    """

    def __init__(self, driver):
        self.driver = driver

    def open(self, page: Path, fragment: str = "") -> None:
        """Opens a page from the disk and waits until it stands."""
        self.driver.get(page.resolve().as_uri() + fragment)

    def trouble(self) -> list[str]:
        """Lists failed or outside requests and console errors since the last call."""
        found = [
            f"console: {entry['message']}" for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"
        ]
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.loadingFailed":
                found.append(f"failed: {message['params'].get('errorText')}")
            elif message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"]
                if not url.startswith(("file:", "data:", "blob:")):
                    found.append(f"outside: {url}")
        return found

    def text(self, selector: str = "body") -> str:
        """Gives the visible text of an element."""
        return self.driver.find_element("css selector", selector).text

    def all(self, selector: str) -> list:
        """Finds all elements of a CSS selector."""
        return self.driver.find_elements("css selector", selector)

    def style(self, selector: str, name: str) -> str:
        """Gives a computed style of an element."""
        return self.driver.find_element("css selector", selector).value_of_css_property(name)

    def screenshot(self, path: Path) -> bytes:
        """Takes a picture of what is seen, as PNG."""
        assert self.driver.save_screenshot(str(path))
        return path.read_bytes()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Starts Chromium once for all tests; they are skipped where there is none."""
    webdriver = pytest.importorskip("selenium.webdriver")
    if not _DRIVER or not _CHROMIUM:
        pytest.skip("Chromium and its driver are not installed (apt-get install chromium chromium-driver)")
    options = webdriver.ChromeOptions()
    options.binary_location = _CHROMIUM
    for argument in (
        "--headless=new",
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--window-size=1280,1000",
        "--allow-file-access-from-files",
        "--disable-background-networking",
        "--host-resolver-rules=MAP * ~NOTFOUND",
    ):
        options.add_argument(argument)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=_DRIVER))
    try:
        yield Browser(driver)
    finally:
        driver.quit()
