"""One desk over a copy of the seeds' data, served on this machine as `broadsheet desk` serves it."""

from __future__ import annotations

import shutil
import threading
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from flows.desk.desk import Desk
from flows.desk.serving import serve
from tasks.check.answers import AnswerFile
from warehouse.ask.desk import Scope
from warehouse.storage.folder import DataFolder


@dataclass
class Seat:
    """A desk that is served: where, and what it works on."""

    address: str
    desk: Desk

    @property
    def host(self) -> str:
        return self.address.split("/")[2]

    @property
    def token(self) -> str:
        return self.address.partition("token=")[2]


def seat(folder: DataFolder, scope: Scope | None = None) -> Seat:
    """Opens a desk in a thread of its own; it ends with the tests."""
    desk = Desk(folder, AnswerFile(folder.corrections), scope or Scope())
    addresses: list[str] = []
    threading.Thread(target=serve, args=(desk, 0, addresses.append), daemon=True).start()
    while not addresses:
        time.sleep(0.02)
    return Seat(addresses[0], desk)


@pytest.fixture(scope="module")
def data(seed_data: Path, tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """A copy of the seeds' data that tests may write to."""
    return copied(seed_data, tmp_path_factory)


def copied(made: Path, tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    """Copies a data directory that many tests share."""
    root = tmp_path_factory.mktemp("desk") / "data"
    shutil.copytree(made, root, ignore=shutil.ignore_patterns("prefect", "quality"))
    return DataFolder(root)
