"""Stand in for the process that reads files; apart from the tests, so that they start at once."""

from __future__ import annotations

import time
from multiprocessing.connection import Connection


def sleep(line: Connection) -> None:
    """Never answers."""
    line.send(("ready",))
    time.sleep(60)


def late_pages(line: Connection) -> None:
    """Answers with three pages, one after another."""
    line.send(("ready",))
    for number in range(1, 4):
        time.sleep(0.1)
        line.send(("page", number, b"", None))
    line.send(("end",))
    time.sleep(60)
