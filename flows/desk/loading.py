"""Brings what people answered into the warehouse, as any load does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from flows.ingest.writing import writing
from flows.settings import settings
from flows.telling.progress import say
from tasks.check.corrected import load_batches
from tasks.check.quality import refresh_quality_page
from warehouse.connection import require_warehouse
from warehouse.storage.folder import DataFolder


def load_answers(folder: DataFolder, corrections: Path, at: Callable[[str], None] = lambda stage: None) -> None:
    """Loads what people answered.

    Args:
        folder: The data directory.
        corrections: The file of corrections.
        at: Takes what it is at: waiting for another run, loading, the quality page.

    Raises:
        NoWarehouseError: There is none, nor anything to make it from.
    """
    config = settings()
    if not config.lake:
        require_warehouse(folder)
    at("waiting")
    with writing(folder, config, say):
        at("loading")
        load_batches(folder, corrections if corrections.exists() else None, config.rules_folder)
        at("quality")
        refresh_quality_page(folder, config.rules_folder)
