"""Sets what follows from corrected fields: a subject's entity and region, an indicator's key, a base value.

What belongs here: SQL inside a load's transaction, after the corrections were made. What does not: the corrections
themselves (`warehouse.load.corrections`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import duckdb


def follow_corrections(con: duckdb.DuckDBPyConnection, given: Iterable[Mapping[str, object]]) -> None:
    """Sets what follows from corrected fields: a subject's entity and region, an indicator's key, a base value.

    What a person corrected themselves stays.

    Args:
        con: A writable connection in which the corrections were made.
        given: The corrections with what is `implied` by their values.
    """
    made = con.execute(
        "select page, span, column_name, row_id, document_id, value from corrections "
        "where status in ('applied', 'already so') and column_name like 'metrics.%'"
    ).fetchall()
    implied = {(row["page"], row["span"], row["column_name"]): row.get("implied") for row in given}
    own = {(row_id, column.partition(".")[2]) for _, _, column, row_id, _, _ in made}
    applied = {
        (row[0], row[1])
        for row in con.execute("select row_id, column_name from corrections where status = 'applied'").fetchall()
    }
    for page, span, column, row_id, document_id, value in made:
        if (row_id, column) not in applied:
            continue
        follows = implied.get((page, span, column))
        for name, implied_value in (follows if isinstance(follows, Mapping) else {}).items():
            if (row_id, name) not in own:
                con.execute(f"update metrics set {name} = ? where metric_id = ?", [implied_value, row_id])
        if column == "metrics.subject":
            added = follow_subject(con, row_id, document_id, value, keep_region=(row_id, "region_adcode") in own)
            if added:
                con.execute(
                    "update corrections set entity_id = ? "
                    "where page = ? and span = ? and column_name = 'metrics.subject'",
                    [added, page, span],
                )
        if column in ("metrics.value", "metrics.unit", "metrics.dimension"):
            _follow_unit(con, row_id, column == "metrics.unit" and (row_id, "dimension") not in own)


def follow_subject(
    con: duckdb.DuckDBPyConnection, row_id: str, document_id: str, subject: str | None, *, keep_region: bool = False
) -> str | None:
    """Sets entity and region of a figure whose subject was set.

    Args:
        con: A writable connection.
        row_id: The figure.
        document_id: Its page.
        subject: The subject; None for none.
        keep_region: Leave the region as it is.

    Returns:
        The entity that had to be added to the page for it; None where there was no need.
    """
    entity = _entity_named(con, document_id, subject) if subject else None
    entity_id, kind, name, scope, adcode = entity or (None,) * 5
    if not keep_region:
        region = adcode or (_region_of(con, document_id, entity_id, name or subject) if subject else None)
        con.execute("update metrics set region_adcode = ? where metric_id = ?", [region, row_id])
    con.execute("update metrics set subject_entity_id = ? where metric_id = ?", [entity_id, row_id])
    known = con.execute(
        "select 1 from document_entities where document_id = ? and entity_id = ?", [document_id, entity_id]
    ).fetchone()
    if entity_id is None or known:
        return None
    row = [document_id, entity_id, kind, name, adcode, scope, 0]
    names = "document_id, entity_id, type, name, adcode, scope, mention_count"
    con.execute(f"insert into document_entities ({names}) values (?, ?, ?, ?, ?, ?, ?)", row)
    con.execute("insert into touched_entities values (?)", [entity_id])
    return str(entity_id)


def _region_of(con: duckdb.DuckDBPyConnection, document_id: str, entity_id: str | None, name: str) -> str | None:
    """Finds the division that a body lies in: as other figures of the page have it, else as its name begins."""
    found = con.execute(
        "select region_adcode from metrics where document_id = ? and subject_entity_id = ? "
        "and region_adcode is not null group by all order by count(*) desc, region_adcode limit 1",
        [document_id, entity_id],
    ).fetchone()
    found = (
        found
        or con.execute(
            """
        select d.adcode
        from divisions d
        left join divisions p on p.adcode = d.parent_adcode
        where d.valid_to is null
            and (starts_with($name, d.full_name) or starts_with($name, coalesce(p.name, '省') || d.name))
        order by length(d.full_name) desc, d.adcode
        limit 1
        """,
            {"name": name},
        ).fetchone()
    )
    return str(found[0]) if found else None


def _entity_named(
    con: duckdb.DuckDBPyConnection, document_id: str, subject: str
) -> tuple[str, str, str, str, str | None] | None:
    """Finds whom a name means: on this page, else a division, else a body that another page names in full."""
    columns = "e.entity_id, e.type, e.name, e.scope, e.adcode"
    found = con.execute(
        f"""
        select {columns}
        from document_entities e
        left join mentions m on m.document_id = e.document_id and m.entity_id = e.entity_id and m.text = $name
        where e.document_id = $page and (e.name = $name or m.mention_id is not null)
        group by all
        order by count(m.mention_id) desc, e.entity_id
        limit 1
        """,
        {"page": document_id, "name": subject},
    ).fetchone()
    found = found or _division_named(con, document_id, subject)
    return (
        found
        or con.execute(
            f"select distinct {columns} from document_entities e where e.name = ? and e.scope = '' and e.type <> 'PER' "
            "order by all limit 1",
            [subject],
        ).fetchone()
    )  # type: ignore[return-value]


def _division_named(
    con: duckdb.DuckDBPyConnection, document_id: str, subject: str
) -> tuple[str, str, str, str, str | None] | None:
    """Finds a division; of several of one name the one below a division that the page names, if there is one only."""
    rows = con.execute(
        """
        with named as (
            select d.adcode, d.full_name, count(e.entity_id) as near
            from divisions d
            left join document_entities e
                on e.document_id = $page and e.adcode[:4] = d.adcode[:4]
            where $name in (d.name, d.full_name) and d.valid_to is null
            group by all
        )
        select adcode, 'LOC', full_name, '', adcode from named
        where near > 0 or (select count(*) from named) = 1
        limit 2
        """,
        {"page": document_id, "name": subject},
    ).fetchall()
    return rows[0] if len(rows) == 1 else None


def _follow_unit(con: duckdb.DuckDBPyConnection, row_id: str, dimension_too: bool) -> None:
    if dimension_too:
        con.execute(
            """
            update metrics m set dimension = u.dimension
            from (select unit, dimension from units order by dimension) u
            where m.metric_id = ? and u.unit = m.unit
                and m.dimension not in (select dimension from units own where own.unit = m.unit)
            """,
            [row_id],
        )
    con.execute(
        """
        update metrics m set value_base = m.value * u.factor, unit_base = u.unit_base
        from (
            select unit, dimension, any_value(unit_base) as unit_base, any_value(factor) as factor
            from units group by all
        ) u
        where m.metric_id = ? and u.unit = m.unit and u.dimension = m.dimension
            and not exists (
                select 1 from corrections c
                where c.row_id = m.metric_id and c.column_name in ('metrics.value_base', 'metrics.unit_base')
            )
        """,
        [row_id],
    )
