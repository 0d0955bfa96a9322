"""What is special about a run on an inbox: pages still being written are left for the next time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import UTC, datetime

from flows.telling.progress import Teller
from tasks.staging.opened import opened
from tasks.staging.settling import lies_still, look_at, still_moving
from tasks.staging.source import Source
from tasks.staging.sources import find_files
from tasks.staging.tally import FileTally
from warehouse.connection import reading
from warehouse.storage.folder import DataFolder


def settled_sources(
    paths: list[str], folder: DataFolder, seconds: float, tell: Teller, tally: FileTally | None = None
) -> Iterator[Source]:
    """Finds the pages of inboxes that nobody is writing to; waits once for those that came just now.

    Args:
        paths: The inboxes.
        folder: The data directory.
        seconds: So long a file must have lain still.
        tell: Takes sentences about what is waited for.
        tally: Counts what is found.
    """
    tally = FileTally() if tally is None else tally
    return opened(_settled_files(paths, folder, seconds, tell, tally), folder, tally)


def _settled_files(
    paths: list[str], folder: DataFolder, seconds: float, tell: Teller, tally: FileTally
) -> list[Source]:
    sources = list(find_files(paths, folder, tally))
    first = look_at(sources)
    now = time.time()
    young = [source for source in sources if not lies_still(first[source.source_key], now, seconds)]
    if not young:
        return sources
    came = "1 page" if len(young) == 1 else f"{len(young)} pages"
    tell(f"{came} came within the last {seconds:g} seconds; waiting for all to lie still")
    time.sleep(seconds)
    moving = still_moving(young, first, look_at(young))
    if moving:
        written = "1 page is" if len(moving) == 1 else f"{len(moving)} pages are"
        tell(f"{written} still being written; left for the next time")
    left = {source.source_key for source in moving}
    if left:
        tally.aside["file still being written"] += len(left)
    return [source for source in sources if source.source_key not in left]


def last_load(folder: DataFolder) -> datetime | None:
    """Tells when a page was loaded last, UTC; None where none ever was.

    Args:
        folder: The data directory.
    """
    with reading(folder) as con:
        row = con and con.execute("select max(loaded_at) from documents where status = 'loaded'").fetchone()
    return row[0].replace(tzinfo=UTC) if row and row[0] else None
