"""Tells of new rows of a query: each row once, through the same addresses as alerts.

What belongs here: which rows are new, and how they are said. What does not: how an alert is sent (`alerts.py`),
and asking the warehouse (`warehouse/ask/query_process.py`). Rows that were there when a query was first given are not
told. What was told is noted beside the log of alerts.
"""

from __future__ import annotations

import hashlib
import json
import shlex
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from flows.telling.alerts import alert
from warehouse.ask.query_process import QueryProcess
from warehouse.errors import UserError
from warehouse.schema.views import saved_queries
from warehouse.storage.durable import write_atomically
from warehouse.storage.folder import DataFolder

_MEMORY, _SECONDS, _MOST_ROWS = "1GB", 120.0, 100_000
_IN_ONE = 20
"""Rows that one message shows; it says how many more there are."""
_SHOWN = ("subject", "region", "indicator", "text", "period", "quote", "name", "headline", "sentence", "citation")
_KEYS = ("metric_id", "mention_id", "article_id", "metric_ids")
"""Columns that tell a row from others, where it has them; else all of it does."""


def parse_telling(given: str) -> tuple[str, dict[str, str]]:
    """Takes a query apart: SQL, or the name of a saved query or view with its parameters.

    Args:
        given: As typed.

    >>> parse_telling("promises region=槐荫区")
    ('promises', {'region': '槐荫区'})
    >>> parse_telling("select 1 where 1 = 1")
    ('select 1 where 1 = 1', {})
    """
    try:
        name, *rest = shlex.split(given)
    except ValueError:
        return given, {}
    pairs = [part.partition("=") for part in rest]
    if name in {saved.name for saved in saved_queries()} and all(equals for _, equals, _ in pairs):
        return name, {key: value for key, _, value in pairs}
    return given, {}


def note_rows(folder: DataFolder, queries: Iterable[str]) -> None:
    """Notes the rows that are there already of queries that are new, so that only later ones are told.

    Args:
        folder: The data directory.
        queries: As `parse_telling` takes them.

    Raises:
        UserError: A query is wrong.
    """
    told = _told(folder)
    for query in queries:
        if query not in told:
            told[query] = [_key(row) for row in _rows(folder, query)] if folder.warehouse.is_file() else []
    _keep(folder, told)


def tell_new_rows(folder: DataFolder, queries: Iterable[str]) -> int:
    """Sends the rows of queries that were not told before.

    Args:
        folder: The data directory.
        queries: As `parse_telling` takes them.

    Returns:
        How many rows were told.
    """
    told, count = _told(folder), 0
    for query in queries:
        known = set(told.get(query, []))
        try:
            fresh = [row for row in _rows(folder, query) if _key(row) not in known]
        except UserError as error:
            alert(folder, "A query could not be asked", f"{query}: {error}")
            continue
        if not fresh:
            continue
        told[query] = [*known, *map(_key, fresh)]
        _keep(folder, told)
        more = f"\n… and {len(fresh) - _IN_ONE} more" if len(fresh) > _IN_ONE else ""
        rows = "1 new row" if len(fresh) == 1 else f"{len(fresh)} new rows"
        alert(folder, f"{rows} of {query[:80]}", "\n".join(map(_said, fresh[:_IN_ONE])) + more)
        count += len(fresh)
    return count


def _rows(folder: DataFolder, query: str) -> list[dict[str, Any]]:
    text, given = parse_telling(query)
    rows: list[dict[str, Any]] = []
    with QueryProcess() as asked:
        answer = asked.ask(folder.warehouse, text, given, memory_limit=_MEMORY, timeout=_SECONDS)
        for batch in answer.batches:
            rows += batch.to_pylist()
            if len(rows) > _MOST_ROWS:
                raise UserError(f"It has more than {_MOST_ROWS:,} rows: narrow it.")
    return rows


def _key(row: dict[str, Any]) -> str:
    own = [row[name] for name in _KEYS if row.get(name)] or list(row.values())
    return hashlib.sha256(json.dumps(own, ensure_ascii=False, default=str).encode()).hexdigest()[:20]


def _said(row: dict[str, Any]) -> str:
    shown = [str(row[name]) for name in _SHOWN if row.get(name)] or [str(value) for value in row.values() if value]
    return " · ".join(shown)


def _path(folder: DataFolder) -> Path:
    return folder.prefect / "told.json"


def _told(folder: DataFolder) -> dict[str, Sequence[str]]:
    try:
        noted = json.loads(_path(folder).read_bytes())
    except (FileNotFoundError, ValueError):
        return {}
    return noted if isinstance(noted, dict) else {}


def _keep(folder: DataFolder, told: dict[str, Sequence[str]]) -> None:
    folder.prefect.mkdir(parents=True, exist_ok=True)
    write_atomically(_path(folder), json.dumps(told, ensure_ascii=False).encode())
