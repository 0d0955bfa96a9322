"""Writes the quality page of the published warehouse into the data directory."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from expectations.own_rules import own_rules
from expectations.quality_page import write_quality_page
from tasks.raw import raw_lines
from tasks.staging.identity import pipeline_version
from warehouse.connection import reading
from warehouse.storage.folder import DataFolder


def refresh_quality_page(folder: DataFolder, rules_folder: Path | None = None) -> Path | None:
    """Writes the quality page anew; None where there is no warehouse yet.

    Args:
        folder: The data directory.
        rules_folder: Holds the user's own rules.
    """
    with reading(folder) as con:
        if con is None:
            return None
        lines = partial(raw_lines, folder)
        return write_quality_page(con, folder.quality, lines, own_rules(rules_folder), pipeline_version())
