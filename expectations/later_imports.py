"""Puts off the import of what Great Expectations imports and the gate never uses: statistics, charts, a cloud.

What belongs here: which modules, and Python's own way to load a module when it is first used. They took a third of the
import of Great Expectations, and a fifth of the memory of the process that checks.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import LazyLoader
from types import ModuleType

WHEN_USED = ("scipy.stats", "altair", "boto3", "jsonschema", "mistune")


class _LaterFinder(MetaPathFinder):
    """Finds these modules as Python would, and has each loaded when something of it is first asked for."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        found = PathFinder.find_spec(fullname, path, target) if fullname in WHEN_USED else None
        if found and found.loader:
            found.loader = LazyLoader(found.loader)
        return found


@contextmanager
def imported_when_used() -> Iterator[None]:
    """Puts the import of these modules off where the block imports them."""
    finder = _LaterFinder()
    sys.meta_path.insert(0, finder)
    try:
        yield
    finally:
        sys.meta_path.remove(finder)
