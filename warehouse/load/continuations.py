"""Ties articles that jump from one page to another, whenever and with whatever pages they were loaded.

What belongs here: which pages are to be looked at again after a load, and what `articles` says of them. What does not:
what marks a jump, and which part goes on with which (`tasks.load.jumps`).

Pages belong together that are of one file, or of one day. A load looks at those that belong together with a page that
came or went, so that incremental loads and `rebuild` come to the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

import duckdb

Row = dict[str, Any]

_ROWS = 500


@dataclass(frozen=True, slots=True)
class JumpReader:
    """What tells which article goes on with which.

    Attributes:
        marks: Regular expression that every paragraph with the mark of a jump matches, and few others.
        roles: Roles of the paragraphs that are an article's text.
        head: Last raw line of a page at which its label may be printed.
        pair: Gives, for rows of the articles of pages that belong together, the id of the article that goes on with
            each that does.
    """

    marks: str
    roles: Sequence[str]
    head: int
    pair: Callable[[Sequence[Row]], Mapping[str, str]]


def tie_articles(con: duckdb.DuckDBPyConnection, reader: JumpReader) -> None:
    """Fills `articles.continues` and `continued_on` for all pages that a load may have changed something about.

    Args:
        con: A writable connection, after `finish_applying` and before any correction.
        reader: What tells which article goes on with which.
    """
    _group_pages(con)
    con.execute(  # another page of a file may tell on which day its pages appeared
        "insert into touched_documents select document_id from page_groups where file in "
        "(select file from page_groups semi join touched_documents using (document_id))"
    )
    _untie(con, "select document_id from touched_documents")
    con.execute(
        f"""
        create or replace temp table looked_at as
        select document_id, file, page_group from page_groups where page_group in (
            select page_group from page_groups
            where document_id in (select document_id from touched_documents union ({_HALF_TIED}))
        )
        """
    )
    _untie(con, f"select document_id from looked_at union ({_HALF_TIED})")
    con.execute("create or replace temp table ties (first varchar, second varchar)")
    pairs = [pair for rows in _candidates(con, reader) for pair in reader.pair(rows).items()]
    if pairs:
        con.executemany("insert into ties values (?, ?)", pairs)
        con.execute("update articles set continued_on = t.second from ties t where article_id = t.first")
        con.execute("update articles set continues = t.first from ties t where article_id = t.second")


_HALF_TIED = """
    select a.document_id from articles a left join articles b on b.article_id = a.continued_on
    where a.continued_on is not null and b.continues is distinct from a.article_id
    union
    select b.document_id from articles b left join articles a on a.article_id = b.continues
    where b.continues is not null and a.continued_on is distinct from b.article_id
"""
"""Pages with an article whose other part is gone, or says otherwise."""


def _untie(con: duckdb.DuckDBPyConnection, which: str) -> None:
    con.execute(
        "update articles set continues = null, continued_on = null "
        f"where coalesce(continues, continued_on) is not null and document_id in ({which})"
    )


def _group_pages(con: duckdb.DuckDBPyConnection) -> None:
    """Notes of each loaded page its file, where that has several, and its day, or else the file's only day or name."""
    con.execute(
        """
        create or replace temp table page_groups as
        with pages as (
            select
                document_id,
                if(page_number is null, null, split_part(source_key, '#', 1)) as file,
                if(issue_date_precision = 'day', issue_date, null) as day
            from documents
            where status = 'loaded'
        ),
        files as (
            select file, any_value(day) as day
            from pages
            where file is not null
            group by file
            having count(distinct day) = 1
        )
        select p.document_id, p.file, coalesce(p.day::varchar, f.day::varchar, p.file) as page_group
        from pages p
        left join files f using (file)
        """
    )


def _candidates(con: duckdb.DuckDBPyConnection, reader: JumpReader) -> Iterator[list[Row]]:
    """Gives the articles with a mark of a jump, group by group, each with what tells of its other part."""
    found = con.execute(
        """
        with marked as (
            select distinct p.article_id
            from paragraphs p
            semi join looked_at using (document_id)
            where p.article_id is not null and regexp_matches(p.text, $marks)
        ),
        heads as (
            select document_id, list(text order by seq) as head
            from paragraphs
            where
                role = 'furniture' and lines[1] <= $head
                and document_id in (select document_id from articles semi join marked using (article_id))
            group by document_id
        )
        select
            l.page_group,
            a.article_id,
            a.document_id,
            a.headline,
            any_value(h.head) as head,
            any_value(d.page_label) as page_label,
            any_value(nullif(d.publisher, '')) as paper,
            any_value(l.file) as file,
            any_value(regexp_extract(d.source_key, '^(.*)[/\\\\]', 1)) as folder,
            list(p.text order by p.seq) as texts
        from articles a
        semi join marked using (article_id)
        join looked_at l on l.document_id = a.document_id
        join documents d on d.document_id = a.document_id
        join paragraphs p on p.article_id = a.article_id and p.role in (select unnest($roles))
        left join heads h on h.document_id = a.document_id
        group by all
        order by l.page_group, a.article_id
        """,
        {"marks": reader.marks, "roles": list(reader.roles), "head": reader.head},
    )
    names = [column[0] for column in found.description or ()]
    rows = (dict(zip(names, row, strict=True)) for some in iter(lambda: found.fetchmany(_ROWS), []) for row in some)
    for _, together in groupby(rows, key=lambda row: row["page_group"]):
        yield list(together)
