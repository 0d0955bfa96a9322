"""Repair: a raw page in, whole paragraphs and articles out. Pure; knows no file and no database."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tasks.repair.columns import SideBySideColumns
    from tasks.repair.sheet import repair_page

__all__ = ["SideBySideColumns", "repair_page"]


def __getattr__(name: str) -> Any:
    """Imports dictionaries and patterns when a page is to be repaired, so that a run with nothing new need not wait."""
    if name == "repair_page":
        from tasks.repair.sheet import repair_page

        return repair_page
    if name == "SideBySideColumns":
        from tasks.repair.columns import SideBySideColumns

        return SideBySideColumns
    raise AttributeError(f"module 'tasks.repair' has no attribute {name!r}")
