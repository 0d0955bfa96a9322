"""Tells pages that lie still in an inbox from those that somebody is still writing.

What belongs here: the comparison of two looks at a file. What does not: waiting, which is the flow's part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tasks.staging.sidecar import sidecar_path
from tasks.staging.source import Source


@dataclass(frozen=True, slots=True)
class Look:
    """What was seen of a page and its sidecar at one moment.

    Attributes:
        sizes: Bytes of the page and of its sidecar; -1 where it is not there.
        touched: Last time, in seconds since 1970, at which one of them was written, renamed or linked.
    """

    sizes: tuple[int, int]
    touched: float


def look_at(sources: Iterable[Source]) -> dict[str, Look]:
    """Looks at pages without reading them.

    Args:
        sources: Pages of an inbox.

    Returns:
        A look for each source_key.
    """
    return {source.source_key: _look(source.path) for source in sources}


def lies_still(look: Look, now: float, seconds: float) -> bool:
    """Says whether nobody touched a page for a while.

    The time of the inode's change counts beside that of the content: a copy that keeps the old time of its source
    would look settled while it is being written.

    Args:
        look: What was seen.
        now: When, in seconds since 1970.
        seconds: How long it must have been still.

    >>> lies_still(Look((10, -1), touched=100.0), now=111.0, seconds=10)
    True
    >>> lies_still(Look((10, -1), touched=500.0), now=111.0, seconds=10)
    False
    """
    return now - look.touched >= seconds


def still_moving(sources: Iterable[Source], before: Mapping[str, Look], after: Mapping[str, Look]) -> list[Source]:
    """Gives the pages that changed between two looks.

    Args:
        sources: Pages of an inbox.
        before: The first look.
        after: A look some seconds later.
    """
    return [source for source in sources if before.get(source.source_key) != after.get(source.source_key)]


def _look(path: Path) -> Look:
    sizes, touched = [], 0.0
    for each in (path, sidecar_path(path)):
        try:
            seen = each.stat()
        except OSError:
            sizes.append(-1)
        else:
            sizes.append(seen.st_size)
            touched = max(touched, seen.st_mtime, seen.st_ctime)
    return Look((sizes[0], sizes[1]), touched)
