"""What many tests share: the command line as a user calls it, one warehouse made from the seed pages, one browser.

The warehouses are made once for all worker processes of the suite.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from filelock import FileLock

from tests.browser import browser  # noqa: F401 - a fixture of all tests
from tests.cluster.s3 import s3, s3_address  # noqa: F401 - the same

PROJECT = Path(__file__).resolve().parent.parent
BROADSHEET = [sys.executable, "-c", "from flows.cli import main; main()"]

os.environ.setdefault("BROADSHEET_READER", "rules")
os.environ["LC_ALL"] = "C.UTF-8"  # messages in English, whatever the language of whoever runs the tests
"""Most tests are of the machinery, which does not care who reads; those of the documents see what users see."""

Caller = Callable[..., subprocess.CompletedProcess[str]]


def call_broadsheet(
    *arguments: str, data: Path | None = None, stdin: bytes | str = b"", timeout: float = 600, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Calls the command line in a process of its own, with its data in `data`."""
    env = os.environ | {"PYTHONPATH": str(PROJECT), "COLUMNS": "120"} | environment
    if data:
        env["BROADSHEET_DATA_DIR"] = str(data)
    given = stdin.encode() if isinstance(stdin, str) else stdin
    done = subprocess.run(
        [*BROADSHEET, *arguments], input=given, capture_output=True, env=env, cwd=PROJECT, timeout=timeout, check=False
    )
    return subprocess.CompletedProcess(done.args, done.returncode, done.stdout.decode(), done.stderr.decode())


def hear_ctrl_c() -> None:
    """Lets a child hear Ctrl-C even where the suite runs in the background of a shell, which ignores it for all."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.fixture(scope="session")
def broadsheet(prefect_made: Callable[[Path], None]) -> Caller:
    """The command line; a run in a new data directory finds Prefect's database made."""

    def call(*arguments: str, data: Path | None = None, **more: object) -> subprocess.CompletedProcess[str]:
        if data and arguments[0] == "run":
            prefect_made(data)
        return call_broadsheet(*arguments, data=data, **more)  # type: ignore[arg-type]

    return call


@pytest.fixture(scope="session")
def prefect_made(tmp_path_factory: pytest.TempPathFactory) -> Callable[[Path], None]:
    """Gives a new data directory Prefect's database, made once for all; making it takes a run four seconds.

    What is to show that a run makes it by itself goes without: the seeds, two runs at once, the watch.
    """

    def make(data: Path) -> None:
        database = data / "prefect" / "prefect.db"
        if not database.exists():
            made = _once(tmp_path_factory, "prefect", _make_database) / database.name
            database.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(made, database)

    return make


def _make_database(place: Path) -> None:
    place.mkdir(parents=True)
    command = [sys.executable, "-m", "prefect", "server", "database", "upgrade", "--yes"]
    env = os.environ | {"PREFECT_HOME": str(place), "PREFECT_SERVER_ANALYTICS_ENABLED": "false", "DO_NOT_TRACK": "1"}
    subprocess.run(command, env=env, check=True, capture_output=True, timeout=600)


@pytest.fixture(scope="session")
def seed_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data directory whose warehouse holds the five seed pages; read it, never write to it."""
    return _once(tmp_path_factory, "seeds", partial(_read_seeds, "rules"))


@pytest.fixture(scope="session")
def shown_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, read as users' pages are: by the learned reader beside the rules. What documents show comes from it."""
    return _once(tmp_path_factory, "shown", partial(_read_seeds, "learned"))


def _read_seeds(reader: str, data: Path) -> None:
    done = call_broadsheet("run", data=data, BROADSHEET_READER=reader)
    assert done.returncode == 0, done.stdout + done.stderr


def _once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Makes a folder for all worker processes of the suite together."""
    own = tmp_path_factory.getbasetemp()
    place = (own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / f"made-{name}"
    with FileLock(f"{place}.lock"):
        if not (place / "made").is_file():
            make(place / "data")
            (place / "made").touch()
    return place / "data"


def pytest_unconfigure(config: pytest.Config) -> None:
    """Says in the last line of all that the browser tests did not run, where they did not."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    skipped = [report for report in (reporter.stats if reporter else {}).get("skipped", []) if _of_browser(report)]
    if skipped:
        print(f"{len(skipped)} browser tests did not run: install chromium and chromium-driver and run again.")


def _of_browser(report: pytest.TestReport) -> bool:
    return "browser" in getattr(report, "keywords", {})
