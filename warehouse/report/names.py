"""Asks the warehouse for the names that the report shows: persons, organisations, divisions."""

from __future__ import annotations

from collections.abc import Iterable

import duckdb

from warehouse.report.figures import Row, rows_of


def note_names(con: duckdb.DuckDBPyConnection) -> None:
    """Notes in a temporary table which names stand in the chosen articles."""
    con.execute(
        """
        create or replace temp table named as
        select distinct m.entity_id, m.article_id, e.type, e.name, e.scope, e.adcode, d.issue_date,
               printed_date(d.issue_date, d.issue_date_precision) as issued
        from mentions m semi join chosen using (article_id)
        join entities e using (entity_id) join documents d on d.document_id = m.document_id
        """
    )


def person_contexts(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Gives for each mention of a person the few characters around it, and whether it stands in a byline."""
    return rows_of(
        con,
        """
        select distinct m.entity_id, p.role = 'byline' or list_contains(a.authors, e.name) as signs,
               substr(p.text, greatest(m.start_char - 11, 1), least(12, m.start_char)) as before,
               substr(p.text, m.end_char + 1, 8) as after
        from mentions m semi join chosen using (article_id) join entities e using (entity_id)
        join paragraphs p using (paragraph_id) left join articles a on a.article_id = m.article_id
        where e.type = 'PER'
        """,
    )


def list_names(con: duckdb.DuckDBPyConnection, persons: Iterable[str] | None) -> None:
    """Notes in a temporary table which persons and organisations may be listed; all others stay in their articles.

    Args:
        con: The warehouse.
        persons: Ids of the persons; None for all.
    """
    con.execute(
        """
        create or replace temp table listed as
        select * from named
        where type = 'ORG' or type = 'PER' and ($1 is null or list_contains($1::varchar[], entity_id))
        """,
        [None if persons is None else sorted(persons)],
    )


def names(con: duckdb.DuckDBPyConnection, type_: str) -> list[Row]:
    """Lists persons or organisations: how often, when, where, and with whom they appear.

    Args:
        con: The warehouse.
        type_: PER or ORG.
    """
    return rows_of(
        con,
        """
        with beside as (
            select s.entity_id, o.entity_id as other, o.name, o.type, count(*) as together
            from listed s join listed o using (article_id)
            where s.type = $1 and o.entity_id <> s.entity_id group by s.entity_id, o.entity_id, o.name, o.type
            qualify row_number() over (partition by s.entity_id order by together desc, o.name, other) <= 12
        ),
        company as (
            select entity_id, list(struct_pack(entity_id := other, name, type, together)
                                   order by together desc, name, other) as beside
            from beside group by 1
        )
        select s.entity_id, s.name, s.scope, count(*) as articles,
               arg_min(s.issued, s.issue_date) as first_day, arg_max(s.issued, s.issue_date) as last_day,
               list(struct_pack(article_id := s.article_id, headline := coalesce(a.headline, b.beginning))
                    order by s.issue_date desc nulls last, s.article_id)[:100] as latest,
               any_value(c.beside) as beside, any_value(p.title) as title, any_value(p.titles) as titles,
               coalesce(any_value(p.is_author), false) as is_author,
               (select list(struct_pack(quote := q.quote, manner := q.manner, article_id := q.article_id,
                                        paragraph_id := q.paragraph_id, citation := q.citation)
                            order by q.issue_date desc nulls last, q.mention_id, q.quote)[:30]
                from quotes q semi join chosen c on q.article_id = c.article_id
                where q.entity_id = s.entity_id) as says
        from listed s join articles a using (article_id) left join begins b using (article_id)
        left join company c using (entity_id) left join people p on p.entity_id = s.entity_id
        where s.type = $1 group by s.entity_id, s.name, s.scope order by is_author, articles desc, s.name, s.entity_id
        """,
        [type_],
    )


def note_places(con: duckdb.DuckDBPyConnection) -> None:
    """Notes in a temporary table which articles belong to which division: they name it or have figures of it."""
    con.execute(
        """
        create or replace temp table places as
        select adcode, article_id from named where adcode is not null
        union select region_adcode, article_id from figures where region_adcode is not null
        """
    )


def regions(con: duckdb.DuckDBPyConnection) -> list[Row]:
    """Lists the divisions that figures or names of the chosen articles belong to."""
    return rows_of(
        con,
        """
        with figured as (
            select region_adcode as adcode, count(*) as figures, bit_xor(digest) as digest
            from figures group by region_adcode
        ),
        told as (select adcode, count(*) as articles from places group by adcode)
        select t.adcode, r.region as name, r.region_full as full_name, r.region_level as level, r.city_adcode,
               r.province_adcode, coalesce(f.figures, 0) as figures, t.articles, coalesce(f.digest, 0) as digest
        from told t join regions r on r.region_adcode = t.adcode left join figured f using (adcode)
        order by figures desc, t.articles desc, t.adcode
        """,
    )


def names_by_region(con: duckdb.DuckDBPyConnection, most: int = 30) -> dict[str, list[Row]]:
    """Lists for each division who is named in the articles that belong to it.

    Args:
        con: The warehouse.
        most: No more persons, and no more organisations, than these.

    Returns:
        Rows by adcode.
    """
    return _by_region(
        con,
        """
        with together as (
            select p.adcode, l.type, l.name, count(*) as articles, max(p.article_id) as article_id
            from places p join listed l using (article_id) group by p.adcode, l.type, l.entity_id, l.name
        )
        select * from together
        qualify row_number() over (partition by adcode, type order by articles desc, name, article_id) <= $1
        order by articles desc, name, article_id
        """,
        most,
    )


def articles_by_region(con: duckdb.DuckDBPyConnection, most: int = 100) -> dict[str, list[Row]]:
    """Lists the newest articles that belong to each division.

    Args:
        con: The warehouse.
        most: No more than these of a division.

    Returns:
        Rows by adcode.
    """
    return _by_region(
        con,
        """
        select p.adcode, a.article_id, coalesce(a.headline, b.beginning) as headline, d.publisher, d.page_label,
               printed_date(d.issue_date, d.issue_date_precision) as issued
        from places p join articles a using (article_id) left join begins b using (article_id)
        join documents d using (document_id)
        qualify row_number() over (partition by p.adcode order by d.issue_date desc nulls last, article_id) <= $1
        order by d.issue_date desc nulls last, article_id
        """,
        most,
    )


def _by_region(con: duckdb.DuckDBPyConnection, sql: str, most: int) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = {}
    for row in rows_of(con, sql, [most]):
        grouped.setdefault(row["adcode"], []).append(row)
    return grouped
