"""Finds what a person means who has no id at hand: a line of a file, a headline, a name, a file.

What belongs here: from words to ids. What does not: what is told of them (`warehouse/ask/trace.py`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import duckdb

from warehouse.errors import UserError

_FILE_LINE = re.compile(r"(?P<file>.+?)[:：](?P<line>[0-9]{1,9})(?:-[0-9]+)?")
_SHOWN = 8
"""Candidates that a sentence names where several fit."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What somebody means.

    Attributes:
        kind: metric, mention, paragraph, article, document or entity.
        identity: Its id.
        line: The raw line asked for; None where no line was.
    """

    kind: str
    identity: str
    line: int | None = None


def find_meant(con: duckdb.DuckDBPyConnection, text: str) -> Meant | None:
    """Finds what a line of a file, a headline, a name or a file's name stands for; None where nothing fits.

    Args:
        con: A connection to the warehouse.
        text: As typed: `pages/1.txt:120`, `1.txt`, a headline or a part of it, a name, or a title (钢城区委书记).

    Raises:
        UserError: Several things fit, or no text stands on that line; the sentence says which to choose from.
    """
    text = text.strip()
    if (split := _FILE_LINE.fullmatch(text)) and (pages := _pages(con, split["file"])):
        return _at_line(con, _the_one(pages, split["file"], "page"), int(split["line"]))
    if pages := _pages(con, text):
        return Meant("document", _the_one(pages, text, "page"))
    if named := _named(con, text) or _titled(con, text):
        return Meant("entity", named)
    if headed := _headed(con, text):
        return Meant("article", _the_one(headed, text, "article"))
    return None


def nearest_words(con: duckdb.DuckDBPyConnection, text: str) -> list[str]:
    """Lists headlines and names that are spelt much like a text.

    Args:
        con: A connection to the warehouse.
        text: What nothing was found of.
    """
    rows = con.execute(
        "select headline from articles where headline is not null "
        "union select name from entities order by 1 limit 50000"
    ).fetchall()
    names = [row[0] for row in rows]
    holding = sorted((name for name in names if len(text) > 1 and text in name), key=len)
    return (holding or get_close_matches(text, names, 3, 0.5))[:3]


def _pages(con: duckdb.DuckDBPyConnection, name: str) -> list[tuple[str, str]]:
    """Finds loaded pages by id, by the whole source or its last part; a page under several names is one page."""
    rows = con.execute(
        """
        select distinct document_id, source_uri
        from documents
        where status = 'loaded'
            and ($name in (document_id, source_uri, source_key, file_name) or ends_with(source_key, '/' || $name))
        union
        select s.document_id, s.source_uri
        from document_sources s
        join documents d using (document_id)
        where d.status = 'loaded'
            and ($name in (s.source_uri, s.source_key) or ends_with(s.source_key, '/' || $name))
        order by 1, 2
        """,
        {"name": name},
    ).fetchall()
    return list({row[0]: (row[0], row[1]) for row in rows}.values())


def _named(con: duckdb.DuckDBPyConnection, text: str) -> str | None:
    """Finds an entity by its name; the most named of namesakes, and a division by its short form too."""
    row = con.execute(
        """
        select entity_id
        from entities
        where $name = name
            or adcode in (select region_adcode from regions where $name in (region, region_full, region_adcode))
            or entity_id in (select entity_id from mentions where text = $name)
        order by name = $name desc, mention_count desc, entity_id
        limit 1
        """,
        {"name": text},
    ).fetchone()
    return str(row[0]) if row else None


def _titled(con: duckdb.DuckDBPyConnection, text: str) -> str | None:
    """Finds the person who bore a title last, named with him or alone: 钢城区委书记."""
    row = con.execute(
        """
        select m.entity_id
        from mentions m
        join documents d using (document_id)
        where m.entity_id is not null and ends_with(m.title, $text) and length($text) > 2
        order by m.title = $text desc, d.issue_date desc nulls last, m.mention_id
        limit 1
        """,
        {"text": text},
    ).fetchone()
    return str(row[0]) if row else None


def _headed(con: duckdb.DuckDBPyConnection, text: str) -> list[tuple[str, str]]:
    squeezed = re.sub(r"\s+", "", text)
    if len(squeezed) < 2:
        return []
    rows: list[tuple[str, str]] = con.execute(
        """
        with headed as (
            select
                a.article_id,
                citation(d.publisher, d.file_name, d.issue_date, d.issue_date_precision, d.page_label, a.headline)
                    as printed,
                regexp_replace(a.headline, '\\s+', '', 'g') as squeezed
            from articles a
            join documents d using (document_id)
            where a.headline is not null
        )
        select article_id, printed
        from headed
        where contains(squeezed, $text)
        qualify rank() over (order by squeezed = $text desc, starts_with(squeezed, $text) desc) = 1
        order by article_id
        """,
        {"text": squeezed},
    ).fetchall()
    return rows


def _the_one(found: list[tuple[str, str]], text: str, what: str) -> str:
    if len(found) == 1:
        return found[0][0]
    listed = "; ".join(f"{identity} {said}" for identity, said in found[:_SHOWN])
    more = f" and {len(found) - _SHOWN} more" if len(found) > _SHOWN else ""
    raise UserError(f"{len(found)} {what}s fit {text}: {listed}{more}. Give the id of one.")


def _at_line(con: duckdb.DuckDBPyConnection, document_id: str, line: int) -> Meant:
    lines: list[tuple[Any, ...]] = con.execute(
        "select paragraph_id, lines, list_contains(lines, $line) as holds from paragraphs where document_id = $page "
        "order by holds desc, list_min(list_transform(lines, lambda n: abs(n - $line))), seq limit 1",
        {"line": line, "page": document_id},
    ).fetchall()
    if not lines:
        raise UserError(f"Page {document_id} has no text.")
    paragraph_id, numbers, holds = lines[0]
    if not holds:
        nearest = min(numbers, key=lambda number: abs(number - line))
        raise UserError(f"Line {line} of this page has no text; the nearest line that has some is {nearest}.")
    return Meant("paragraph", str(paragraph_id), line)
