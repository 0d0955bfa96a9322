"""Finds the place of a figure on its page: one that was read, or one that somebody sees where the machine saw none.

What belongs here: ids, spans and the sentence with its marks. What does not: what the page shows of it (`figures`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from tasks.extraction.quantities import parse_quantity
from tasks.reading.sentences import split_sentences
from warehouse.ask.desk import figure, paragraph
from warehouse.errors import UserError
from warehouse.gate.candidate import Connection
from warehouse.load.places import with_marks
from warehouse.schema import table_named

Row = dict[str, Any]

_PLACE = re.compile(r"(.+\.p\d+):(\d+)-(\d+)")


def places_of(con: Connection, row: Mapping[str, Any]) -> frozenset[tuple[str, str]]:
    """Lists the pages and spans that lines of corrections may give a figure by.

    Args:
        con: A connection to the warehouse.
        row: The figure.
    """
    names = {str(row[name]) for name in ("document_id", "file_name", "source_uri", "source_key") if row.get(name)}
    found = con.execute("select distinct page, span from corrections where row_id = ?", [row["metric_id"]]).fetchall()
    return frozenset({(name, span_of(row)) for name in names} | {(page, span) for page, span in found})


def spot_of(con: Connection, metric_id: str) -> Row:
    """Finds a figure, or the place in a paragraph where somebody sees one.

    Args:
        con: A connection to the warehouse.
        metric_id: Its id: paragraph and characters.

    Returns:
        The row of a figure, read by the machine where it read one, with `read` telling so.

    Raises:
        UserError: There is no such place.
    """
    if found := figure(con, metric_id):
        own = con.execute("select * from machine_metrics where metric_id = ?", [metric_id])
        names = [column[0] for column in own.description or ()]
        machine = own.fetchone()
        if machine:
            found |= dict(zip(names, machine, strict=True))
        return found | {"read": found["status"] != "added"}
    place = _PLACE.fullmatch(metric_id)
    stands = paragraph(con, place[1]) if place else None
    if place is None or stands is None:
        raise UserError(f"There is no figure {metric_id}, nor a paragraph for one: was the page worked on again?")
    start, end = int(place[2]), int(place[3])
    text = stands["text"][start:end]
    if not text.strip() or end > len(stands["text"]):
        raise UserError(f"There is no text at {metric_id}: mark the figure in its paragraph.")
    return _as_figure(metric_id, stands, start, end, text)


def _as_figure(metric_id: str, stands: Row, start: int, end: int, text: str) -> Row:
    """Lays a marked text out as a figure of which nothing is known but what its characters say."""
    read = parse_quantity(text)
    whole: Row = dict.fromkeys(table_named("metrics").column_names)
    whole |= {name: stands[name] for name in ("paragraph_id", "article_id", "document_id", "file_name", "source_uri")}
    sentences = [stands["text"][a:b].strip() for a, b in split_sentences(stands["text"]) if a <= start and end <= b]
    whole |= {
        "metric_id": metric_id,
        "start_char": start,
        "end_char": end,
        "text": text,
        "sentence": sentences[0] if sentences else stands["text"],
        "measure": "level",
        "modality": "actual",
        "status": "machine",
        "read": False,
        "paragraph_seq": stands["seq"],
        "paragraph_text": stands["text"],
        "paragraph_lines": stands["lines"],
        "source_key": stands["source_key"],
    }
    if read:
        whole |= {"value": read.value, "value_high": read.value_high, "unit": read.unit, "qualifier": read.qualifier}
        whole |= {"dimension": read.dimension, "measure": "rank" if read.kind == "rank" else "level"}
    return whole


def span_of(row: Mapping[str, Any]) -> str:
    """Writes a figure's place as the file of corrections has it.

    Args:
        row: The figure.
    """
    return f"p{row['paragraph_seq']}:{row['start_char']}-{row['end_char']}"


def printed_of(row: Mapping[str, Any]) -> str:
    """Writes a figure's sentence, the figure between « and ».

    Args:
        row: The figure.
    """
    return with_marks(row["paragraph_text"], row["start_char"], row["end_char"], row["sentence"])
