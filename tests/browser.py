"""Headless Chromium for the tests that look at pages; without one they are skipped, but never in the gate."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--allow-file-access-from-files",
    "--window-size=1200,1600",
    # Every name resolves to nothing: a page that asks the network for anything fails visibly.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def find_chromium() -> tuple[str, str] | None:
    """Finds Chromium and its driver; None where either is missing."""
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    driver = shutil.which("chromedriver")
    return (browser, driver) if browser and driver else None


@pytest.fixture(scope="session")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A headless browser without a network, driven by Selenium."""
    found = find_chromium()
    if found is None:
        if os.environ.get("BROADSHEET_REQUIRE_BROWSER"):
            pytest.fail("Chromium and chromedriver are missing: apt-get install chromium chromium-driver.")
        pytest.skip("browser tests did not run: no Chromium with chromedriver on this machine")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = found[0]
    for flag in (*FLAGS, f"--user-data-dir={tmp_path_factory.mktemp('chromium')}"):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    driver = webdriver.Chrome(options=options, service=Service(found[1]))
    yield driver
    driver.quit()


def complaints(driver: Any) -> list[str]:
    """Console errors and failed requests since the last look."""
    console = [entry["message"] for entry in driver.get_log("browser") if entry["level"] in ("SEVERE", "ERROR")]
    failed = [
        entry["message"] for entry in driver.get_log("performance") if "Network.loadingFailed" in entry["message"]
    ]
    return console + failed


def serious_faults(driver: Any) -> list[str]:
    """Serious and critical accessibility faults that axe-core finds on the open page."""
    import axe_core_python

    script = (Path(axe_core_python.__file__).parent / "axe.min.js").read_text("utf-8")
    driver.execute_script(script)
    found = driver.execute_async_script("const done = arguments[0]; axe.run().then((r) => done(r.violations));")
    return [
        f"{fault['id']}: {fault['help']} ({fault['nodes'][0]['html'][:120]})"
        for fault in found
        if fault["impact"] in ("serious", "critical")
    ]
