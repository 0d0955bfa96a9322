"""What a correction of a figure takes with it: its place in the text, and figures that people added.

What belongs here: SQL on `metrics` inside a load's transaction. What does not: which columns may be corrected and how
(`warehouse.load.corrections`).

A correction made at the desk carries the printed sentence with its figure between « and ». It is found again by page,
place and text: where the page was worked on again and its paragraphs are others now, by the one place of that page
where the very sentence stands. Where the text is another one the correction is orphaned; it is applied nowhere else.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from warehouse.load.places import Place, place_of
from warehouse.schema import METRICS

_NO_TEXT = "its sentence is not printed there any more, or several times"
_NO_FIGURE = "its sentence is there, but no figure is read at its place any more"
GONE = (_NO_TEXT, _NO_FIGURE)
"""Why a correction is orphaned."""
_MEASURED = {"dimension": "'count'", "measure": "'level'", "modality": "'actual'"}
"""What an added figure is taken for where the person did not say."""


def restore_figures(con: duckdb.DuckDBPyConnection, row_ids: Sequence[str] | None = None) -> None:
    """Puts figures back as the machine had read them, and takes out what people added.

    Args:
        con: A writable connection.
        row_ids: Their ids; all of them without.
    """
    which = "true" if row_ids is None else "metric_id in (select unnest(?))"
    ids = [] if row_ids is None else [list(row_ids)]
    con.execute("create temp table if not exists touched_entities (entity_id varchar)")
    con.execute(
        "delete from metrics where (metric_id in (select metric_id from machine_metrics) or status = 'added') "
        f"and {which}",
        ids,
    )
    con.execute(f"insert into metrics by name select * from machine_metrics where {which}", ids)
    con.execute(f"delete from machine_metrics where {which}", ids)
    mine = which.replace("metric_id", "row_id")
    con.execute(
        f"""
        create or replace temp table entities_to_go as
        select c.document_id, c.entity_id
        from corrections c
        where c.entity_id is not null and {mine} and not exists (
            select 1 from metrics m where m.document_id = c.document_id and m.subject_entity_id = c.entity_id
        )
        """,
        ids,
    )
    con.execute("insert into touched_entities select entity_id from entities_to_go")
    con.execute("delete from document_entities where (document_id, entity_id) in (from entities_to_go)")


def place_printed(con: duckdb.DuckDBPyConnection) -> None:
    """Finds the figures whose correction carries the printed sentence; marks those whose text is gone as orphaned.

    Args:
        con: A writable connection in which the corrections stand with their pages.
    """
    wanted = con.execute(
        "select distinct document_id, span, printed from corrections "
        "where printed is not null and column_name like 'metrics.%' and document_id is not null"
    ).fetchall()
    con.execute(
        "create or replace temp table printed_places "
        "(document_id varchar, span varchar, printed varchar, paragraph_id varchar, start_char int, end_char int)"
    )
    con.execute(
        "update corrections set status = 'orphaned', refusal = ? where printed is not null "
        "and column_name like 'metrics.%'",
        [_NO_TEXT],
    )
    texts = _paragraphs(con, {document_id for document_id, _, _ in wanted})
    for document_id, span, printed in wanted:
        place = place_of(span, printed, texts.get(document_id, {}))
        if place:
            row = [document_id, span, printed, place.paragraph_id, place.start, place.end]
            con.execute("insert into printed_places values (?, ?, ?, ?, ?, ?)", row)
    con.execute(
        """
        update corrections c
        set row_id = f.paragraph_id || ':' || f.start_char || '-' || f.end_char, refusal = ?
        from printed_places f
        where c.document_id = f.document_id and c.span = f.span and c.printed = f.printed
            and c.column_name like 'metrics.%'
        """,
        [_NO_FIGURE],
    )


def _paragraphs(con: duckdb.DuckDBPyConnection, document_ids: set[str]) -> dict[str, dict[int, Place]]:
    rows = con.execute(
        "select document_id, seq, paragraph_id, text from paragraphs where document_id in (select unnest(?))",
        [sorted(document_ids)],
    ).fetchall()
    texts: dict[str, dict[int, Place]] = {}
    for document_id, seq, paragraph_id, text in rows:
        texts.setdefault(document_id, {})[seq] = Place(paragraph_id, 0, len(text), text)
    return texts


def keep_machine_figures(con: duckdb.DuckDBPyConnection) -> None:
    """Keeps a copy of each figure that a correction is about, as the machine had read it.

    Args:
        con: A writable connection, after the corrections were placed.
    """
    con.execute(
        "insert into machine_metrics by name select m.* from metrics m "
        "semi join (select row_id from corrections where column_name like 'metrics.%') c on m.metric_id = c.row_id"
    )


def add_figures(con: duckdb.DuckDBPyConnection) -> None:
    """Adds the figures that people added, where the machine has none; their fields are corrections like others.

    Args:
        con: A writable connection, after `keep_machine_figures`.
    """
    given = {"value": "null::double", "unit": "''", **_MEASURED}
    columns = ", ".join(
        f"coalesce(any_value(c.value) filter (where c.column_name = 'metrics.{name}')::{METRICS.column(name).type}, "
        f"{otherwise}) as {name}"
        for name, otherwise in given.items()
    )
    con.execute(
        f"""
        insert into metrics by name
        select
            c.row_id as metric_id,
            any_value(f.paragraph_id) as paragraph_id,
            any_value(p.article_id) as article_id,
            any_value(f.document_id) as document_id,
            any_value(f.start_char) as start_char,
            any_value(f.end_char) as end_char,
            any_value(substr(p.text, f.start_char + 1, f.end_char - f.start_char)) as text,
            any_value(coalesce(
                nullif(regexp_replace(f.printed, '[«»]', '', 'g'), ''), p.text
            )) as sentence,
            1.0 as confidence,
            'added' as status,
            {columns}
        from corrections c
        join printed_places f on f.document_id = c.document_id and f.span = c.span and f.printed = c.printed
        join paragraphs p using (paragraph_id)
        where c.column_name like 'metrics.%'
            and c.row_id not in (select metric_id from metrics)
            and c.row_id in (
                select row_id from corrections where column_name = 'metrics.status' and value = 'added'
            )
        group by c.row_id
        having count(*) filter (where c.column_name = 'metrics.value') > 0
        """
    )
    con.execute(
        "update corrections set status = 'applied', refusal = null where column_name like 'metrics.%' "
        "and row_id in (select metric_id from metrics where status = 'added')"
    )
    con.execute(
        "update metrics m set sentence = p.text from paragraphs p where m.status = 'added' "
        "and m.paragraph_id = p.paragraph_id and strpos(p.text, m.sentence) = 0"
    )


def mark_checked(con: duckdb.DuckDBPyConnection) -> None:
    """Says of each figure that a person judged what they did, who and when; a rejection needs no figure any more.

    Args:
        con: A writable connection in which the corrections were made.
    """
    con.execute(
        "update corrections set status = 'already so', refusal = null where status = 'orphaned' "
        "and column_name = 'metrics.status' and value = 'rejected' and row_id is not null"
    )
    con.execute("update corrections set refusal = null where status in ('applied', 'already so')")
    con.execute(
        """
        update metrics m
        set
            status = case
                when c.verdict in ('rejected', 'added') then c.verdict
                when c.changed > 0 then 'corrected'
                else 'accepted'
            end,
            checked_by = c.who,
            checked_at = c.made_at
        from (
            select
                row_id,
                any_value(value) filter (where column_name = 'metrics.status') as verdict,
                count(*) filter (where column_name <> 'metrics.status' and status = 'applied') as changed,
                arg_max(who, coalesce(made_at, timestamp '1970-01-01')) as who,
                max(made_at) as made_at
            from corrections
            where status in ('applied', 'already so') and column_name like 'metrics.%'
            group by row_id
        ) c
        where m.metric_id = c.row_id
        """
    )
    con.execute(
        "update metrics set status = 'corrected' where status = 'added' "
        "and metric_id in (select metric_id from machine_metrics)"
    )
