"""Opens pages in headless Chromium with the network off, and tells what went wrong there.

What belongs here: the one browser of all tests, which `tests/conftest.py` hands to everybody as the fixture
`browser`. What does not: what any page should look like.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

_INSIDE = ("file:", "data:", "blob:", "http://127.0.0.1:", "ws://127.0.0.1:")
_FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-dev-shm-usage",
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--hide-scrollbars",
    "--allow-file-access-from-files",
    # Every name resolves to nothing: a page that asks the network for anything fails visibly.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)
WIDTH, HEIGHT = 1280, 1000


class Browser:
    """A headless Chromium without a network, but for this machine's own servers.

    Attributes:
        driver: Selenium's driver, for whatever a test looks for.
    """

    def __init__(self, driver: Any):
        self.driver = driver

    def open(self, page: Path | str, fragment: str = "") -> None:
        """Opens a page, from the disk or by its address, and waits until it stands."""
        self.driver.get((page if isinstance(page, str) else page.resolve().as_uri()) + fragment)

    def trouble(self) -> list[str]:
        """Lists failed or outside requests and console errors since the last call."""
        console = (entry for entry in self.driver.get_log("browser") if entry["level"] in ("SEVERE", "ERROR"))
        found = [f"console: {entry['message']}" for entry in console]
        for entry in self.driver.get_log("performance"):
            message = json.loads(entry["message"])["message"]
            if message["method"] == "Network.loadingFailed":
                found.append(f"failed: {message['params'].get('errorText')}")
            elif message["method"] == "Network.requestWillBeSent":
                url = message["params"]["request"]["url"]
                if not url.startswith(_INSIDE):
                    found.append(f"outside: {url}")
        return found

    def serious_faults(self) -> list[str]:
        """Lists the serious and critical accessibility faults that axe-core finds on the open page."""
        import axe_core_python

        script = Path(axe_core_python.__file__).parent / "axe.min.js"
        self.driver.execute_script(script.read_text("utf-8"))
        found = self.driver.execute_async_script(
            "const done = arguments[0]; axe.run({iframes: false}).then((seen) => done(seen.violations));"
        )
        return [
            f"{fault['id']}: {fault['help']} ({fault['nodes'][0]['html'][:120]})"
            for fault in found
            if fault["impact"] in ("serious", "critical")
        ]

    def text(self, selector: str = "body") -> str:
        """Gives the visible text of an element."""
        return str(self.one(selector).text)

    def one(self, selector: str) -> Any:
        """Finds the first element of a CSS selector."""
        return self.driver.find_element("css selector", selector)

    def all(self, selector: str) -> list[Any]:
        """Finds all elements of a CSS selector."""
        return list(self.driver.find_elements("css selector", selector))

    def wait(self, until: Callable[[], Any], seconds: float = 60) -> Any:
        """Waits until something is so, and gives it."""
        from selenium.webdriver.support.ui import WebDriverWait

        return WebDriverWait(self.driver, seconds, poll_frequency=0.05).until(lambda _: until())

    def style(self, selector: str, name: str) -> str:
        """Gives a computed style of an element."""
        return str(self.one(selector).value_of_css_property(name))

    def resize(self, width: int = WIDTH, height: int = HEIGHT) -> None:
        """Sets the size of what is seen, a phone's too, which no window can be narrowed to."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600}
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)

    def screenshot(self, path: Path) -> bytes:
        """Takes a picture of what is seen, as PNG."""
        assert self.driver.save_screenshot(str(path))
        return path.read_bytes()


def start_browser() -> Browser | None:
    """Starts Chromium; None where it or its driver is not installed."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    if not chromium or not driver:
        return None
    from selenium import webdriver

    options = webdriver.ChromeOptions()
    options.binary_location = chromium
    for flag in (*_FLAGS, f"--window-size={WIDTH},{HEIGHT}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    started = Browser(webdriver.Chrome(options=options, service=webdriver.ChromeService(executable_path=driver)))
    started.resize()
    return started


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Starts Chromium once for all tests; without one they are skipped, but never in the gate."""
    started = start_browser()
    if started is None:
        missing = "Chromium and its driver are not installed: apt-get install chromium chromium-driver"
        if os.environ.get("BROADSHEET_REQUIRE_BROWSER"):
            pytest.fail(missing)
        pytest.skip(missing)
    try:
        yield started
    finally:
        started.driver.quit()
