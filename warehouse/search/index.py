"""Keeps the index of full text level with the table `paragraphs`.

What belongs here: which paragraphs are to be indexed, and their postings. What does not: how text is cut into words
(`terms.py`), the search (`asking.py`).
"""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pyarrow as pa

from warehouse.search.terms import count_words

_SEGMENT_CHARS = 2_000_000
"""Characters that are indexed together; their postings lie in the order of the words, so that few blocks are read."""


def _nothing() -> None:
    """Is called between segments where the caller has nothing to do there."""


def index_documents(con: duckdb.DuckDBPyConnection, between: Callable[[], None] = _nothing) -> int:
    """Brings the index level with `paragraphs`: pages that are new or were worked on again, and pages that are gone.

    It compares page by page (the run that wrote it, how many paragraphs it has), so it heals an index that lags behind.

    Args:
        con: A writable connection, in a transaction or not.
        between: Called before each segment of two million characters but the first; may end a transaction.

    Returns:
        How many paragraphs were indexed.
    """
    _drop_stale(con)
    con.execute(
        """
        create or replace temp table to_index as
        select
            (row_number() over (order by p.document_id, p.seq)
                + (select coalesce(max(paragraph_no), 0) from term_paragraphs))::integer as paragraph_no,
            (sum(length(p.text)) over (order by p.document_id, p.seq) // ?)::bigint as segment,
            p.paragraph_id,
            p.document_id,
            d.run_id
        from paragraphs p
        join documents d using (document_id)
        where p.document_id not in (select document_id from term_paragraphs)
        """,
        [_SEGMENT_CHARS],
    )
    segments = con.execute("select distinct segment from to_index order by segment").fetchall()
    for number, (segment,) in enumerate(segments):
        if number:
            between()
        _index_segment(con, segment)
    [(count,)] = con.execute("select count(*) from to_index").fetchall()
    con.execute("drop table to_index")
    return int(count)


def _drop_stale(con: duckdb.DuckDBPyConnection) -> None:
    con.execute(
        """
        create or replace temp table stale_index as
        select document_id
        from (select document_id, run_id, count(*) as n from term_paragraphs group by all) i
        anti join (
            select document_id, d.run_id, count(*) as n
            from paragraphs p join documents d using (document_id) group by all
        ) t using (document_id, run_id, n)
        """
    )
    if con.execute("select 1 from stale_index limit 1").fetchall():
        gone = "select paragraph_no from term_paragraphs semi join stale_index using (document_id)"
        con.execute(f"delete from term_postings where paragraph_no in ({gone})")
        con.execute("delete from term_paragraphs where document_id in (select document_id from stale_index)")
    con.execute("drop table stale_index")


def _index_segment(con: duckdb.DuckDBPyConnection, segment: int) -> None:
    rows: pa.Table = con.sql(
        "select i.paragraph_no, i.paragraph_id, i.document_id, i.run_id, p.text from to_index i "
        "join paragraphs p using (paragraph_id) where i.segment = ? order by i.paragraph_no",
        params=[segment],
    ).to_arrow_table()
    counted = count_words(rows["text"].to_pylist())
    number_of = rows["paragraph_no"].to_numpy()[counted.text]
    lengths = rows.select(["paragraph_no", "paragraph_id", "document_id", "run_id"])
    con.register("counted_words", pa.table({"word": range(len(counted.words)), "term": counted.words}))
    con.register("counted_lengths", lengths.append_column("term_count", pa.array(counted.lengths)))
    con.register("counted_postings", pa.table({"word": counted.word, "paragraph_no": number_of, "tf": counted.times}))
    con.execute(
        "insert into terms select (row_number() over (order by word) + (select coalesce(max(term_no), 0) from terms)) "
        "::integer, term from counted_words anti join terms using (term) "
        "where word in (select word from counted_postings)"
    )
    con.execute("insert into term_paragraphs by name select * from counted_lengths")
    con.execute(
        "insert into term_postings by name select t.term_no, c.paragraph_no, c.tf from counted_postings c "
        "join counted_words w using (word) join terms t using (term) order by t.term_no, c.paragraph_no"
    )
    for name in ("counted_words", "counted_lengths", "counted_postings"):
        con.unregister(name)
