"""Puts what second readers said beside the figures at every load, and takes from it what was told to be taken.

What belongs here: SQL inside a load's transaction. What does not: what of an answer may be used and what it is to our
reading (`tasks/second`), where answers are kept (`warehouse.lake.second_answers`), what
a load is given of them (`told`).

Figures are put back as they were first read before batches are applied, and the answers laid beside them again
afterwards, so that the tables depend on the lake alone. A figure is never added, nor its value or unit changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import duckdb
import pyarrow as pa

from warehouse.load.implied import follow_subject
from warehouse.load.info import note, noted
from warehouse.load.told import ASKED, Row, Told
from warehouse.schema import FINDINGS, SECOND_READINGS
from warehouse.schema.arrow import arrow_table

_STATE = "second_readings"
_OURS = (*ASKED, "period_start", "period_end")
_NOTED = pa.schema(
    [
        ("metric_id", pa.string()),
        ("models", pa.string()),
        ("verdict", pa.string()),
        ("doubts", pa.list_(pa.string())),
        ("trust", pa.float64()),
    ]
)
_STRONGEST = ("differs", "no figure", "agrees", "not said", "dropped")


def readings_differ(con: duckdb.DuckDBPyConnection, told: Told) -> bool:
    """Tells whether today's answers are others than those the warehouse shows.

    Args:
        con: A connection to the warehouse.
        told: Today's.
    """
    return noted(con, _STATE) != told.digest


def take_back_readings(con: duckdb.DuckDBPyConnection) -> None:
    """Puts figures back as they were before answers were laid beside them.

    Args:
        con: A writable connection, after `take_back_corrections`.
    """
    con.execute("create temp table if not exists touched_entities (entity_id varchar)")
    _restore(con, "select metric_id from first_readings")
    con.execute("delete from second_readings")
    con.execute("delete from first_readings")
    con.execute("delete from findings where stage = 'second-read'")
    note(con, _STATE, "")


def _restore(con: duckdb.DuckDBPyConnection, which: str) -> None:
    """Puts figures back as they were first read, and takes out the entities that were added for them."""
    con.execute(f"create or replace temp table put_back as {which}")
    con.execute("delete from metrics where metric_id in (from put_back)")
    con.execute("insert into metrics by name select * from first_readings where metric_id in (from put_back)")
    con.execute(
        """
        create or replace temp table entities_put_back as
        select r.document_id, r.entity_id
        from second_readings r
        where r.entity_id is not null and r.metric_id in (from put_back) and not exists (
            select 1 from metrics m where m.document_id = r.document_id and m.subject_entity_id = r.entity_id
        )
        """
    )
    con.execute("insert into touched_entities select entity_id from entities_put_back")
    con.execute("delete from document_entities where (document_id, entity_id) in (from entities_put_back)")


def apply_readings(con: duckdb.DuckDBPyConnection, told: Told) -> None:
    """Lays the answers beside the figures, and takes the fields that are to be taken.

    Args:
        con: A writable connection, after `take_back_readings`, all batches and `tell_confidence`.
        told: The answers.
    """
    if not told.rows:
        return
    note(con, _STATE, told.digest)
    lists: dict[str, list[str]] = {name: [] for name in ("agreed", "differing", "unsaid", "dropped")}
    rows = arrow_table(SECOND_READINGS, [dict(row) | lists | {"verdict": "no such place"} for row in told.rows])
    con.register("told_readings", rows)
    con.execute("insert into second_readings by name select * from told_readings")
    con.unregister("told_readings")
    _place(con)
    con.execute(
        "insert into first_readings by name select * from metrics "
        "where metric_id in (select metric_id from second_readings)"
    )
    _weigh(con, told)
    _note(con, told)
    _take(con, told)
    _note_dropped(con, told)


def _place(con: duckdb.DuckDBPyConnection) -> None:
    """Finds the figures: by page, text of the paragraph and place; of equal paragraphs the one that was asked about."""
    con.execute(
        """
        update second_readings r
        set metric_id = f.metric_id
        from (
            select
                r.answer_id,
                r.number,
                arg_max(m.metric_id, m.paragraph_id = r.paragraph_id) as metric_id
            from second_readings r
            join metrics m
                on m.document_id = r.document_id and m.start_char = r.start_char and m.end_char = r.end_char
            join paragraphs p on p.paragraph_id = m.paragraph_id
            where sha256(p.text) = r.text_digest
            group by all
            having count(*) = 1 or bool_or(m.paragraph_id = r.paragraph_id)
        ) f
        where r.answer_id = f.answer_id and r.number = f.number
        """
    )


def _weigh(con: duckdb.DuckDBPyConnection, told: Told) -> None:
    columns = ", ".join(f"m.{name}" for name in _OURS)
    found = con.execute(
        f"select r.answer_id, r.number, d.issue_date, {columns} from second_readings r "
        "join metrics m using (metric_id) join documents d on d.document_id = m.document_id"
    ).fetchall()
    names = ("issue_date", *_OURS)
    weighed = []
    for answer_id, number, *ours in found:
        said = told.weigh((answer_id, number), dict(zip(names, ours, strict=True)))
        weighed.append({"answer_id": answer_id, "number": number, **said})
    con.register("weighed", arrow_table(SECOND_READINGS, weighed))
    set_to = ("verdict", "agreed", "differing", "unsaid", "dropped", "period_start", "period_end")
    con.execute(
        f"update second_readings r set {', '.join(f'{name} = w.{name}' for name in set_to)} from weighed w "
        "where r.answer_id = w.answer_id and r.number = w.number"
    )
    con.unregister("weighed")


def _note(con: duckdb.DuckDBPyConnection, told: Told, only: Sequence[str] | None = None) -> None:
    """Writes into the figures who read them and what they say; agreement raises confidence as far as was learned."""
    names = ("metric_id", "model", "verdict", "differing", *ASKED)
    found = con.execute(
        f"select {', '.join(names)} from second_readings where metric_id is not null "
        "and ($only is null or metric_id in (select unnest($only))) order by metric_id, model, order_number, answer_id",
        {"only": None if only is None else list(only)},
    ).fetchall()
    if not found:
        return
    noted: dict[str, dict[str, Any]] = {}
    for row in found:
        said = dict(zip(names, row, strict=True))
        own = noted.setdefault(said["metric_id"], {"models": {}, "verdicts": set(), "doubts": {}, "trust": 0.0})
        own["models"][said["model"]] = True
        own["verdicts"].add(said["verdict"])
        own["doubts"] |= dict.fromkeys(_doubts(said))
        if said["verdict"] == "agrees":
            own["trust"] = max(own["trust"], told.trust.get(said["model"], 0.0))
    rows = []
    for metric_id, own in noted.items():
        verdict = next(each for each in _STRONGEST if each in own["verdicts"])
        trust = own["trust"] if verdict == "agrees" else 0.0
        rows.append((metric_id, "; ".join(own["models"]), verdict, list(own["doubts"]), trust))
    con.register("noted", pa.table(dict(zip(_NOTED.names, zip(*rows, strict=True), strict=True)), schema=_NOTED))
    con.execute(
        """
        update metrics m
        set
            second_reader = n.models,
            second_reading = n.verdict,
            doubts = case when len(n.doubts) > 0 then list_concat(coalesce(m.doubts, []), n.doubts) else m.doubts end,
            confidence_shipped = case
                when n.trust > 0 then coalesce(m.confidence_shipped, m.confidence) else m.confidence_shipped
            end,
            confidence = case
                when n.trust > 0 and m.confidence between 0.001 and 0.999
                then round(1 / (1 + exp(-(ln(m.confidence / (1 - m.confidence)) + n.trust))), 3)
                else m.confidence
            end
        from noted n
        where m.metric_id = n.metric_id
        """
    )
    con.unregister("noted")


def _doubts(said: Row) -> list[str]:
    if said["verdict"] == "no figure":
        return ["figure: second reader says this is none"]
    return [f"{name}: second reader says {said[name]}" for name in said["differing"]]


def _take(con: duckdb.DuckDBPyConnection, told: Told) -> None:
    changed = [row for each in told.taken if (row := _take_fields(con, told, *each))]
    refused = told.judge(con, changed) if changed else {}
    gone = [metric_id for metric_id in changed if metric_id in refused]
    if gone:
        ids = ", ".join(f"'{metric_id}'" for metric_id in gone)
        _restore(con, f"select unnest([{ids}]) as metric_id")
        con.execute(f"update second_readings set taken = null, entity_id = null where metric_id in ({ids})")
        _note(con, told, gone)


def _take_fields(
    con: duckdb.DuckDBPyConnection, told: Told, answer_id: str, number: int, fields: Sequence[str]
) -> str | None:
    columns = ("metric_id", "document_id", "model", "differing", *_OURS)
    row = con.execute(
        f"select {', '.join(columns)} from second_readings where answer_id = ? and number = ? "
        "and metric_id is not null and verdict = 'differs'",
        [answer_id, number],
    ).fetchone()
    said = dict(zip(columns, row, strict=True)) if row else {}
    wanted = [name for name in ASKED if name in fields and name in said.get("differing", ())]
    if not wanted:
        return None
    before = con.execute(f"select {', '.join(ASKED)} from metrics where metric_id = ?", [said["metric_id"]]).fetchone()
    first = dict(zip(ASKED, before or (), strict=False))
    set_to: dict[str, Any] = {name: said[name] for name in wanted}
    for name in wanted:
        set_to |= told.follows(name, said[name])
    if "period" in wanted:
        set_to |= {"period_start": said["period_start"], "period_end": said["period_end"]}
    if set_to.get("measure", "growth") != "growth":
        set_to["comparison"] = None
    doubts = [f"{name}: first read as {first.get(name) or 'none'}" for name in wanted]
    con.execute(
        f"update metrics set {', '.join(f'{name} = ${name}' for name in set_to)}, status = 'second-read', "
        "second_reading = 'taken', doubts = list_concat(list_filter(coalesce(doubts, []), "
        "lambda d: not list_contains($wanted, split_part(d, ':', 1)) or d not like '%: second reader says %'), "
        "$doubts) where metric_id = $id",
        {**set_to, "id": said["metric_id"], "wanted": wanted, "doubts": doubts},
    )
    added = None
    if "subject" in wanted:
        added = follow_subject(con, said["metric_id"], said["document_id"], said["subject"])
    con.execute(
        "update second_readings set taken = ?, entity_id = ? where answer_id = ? and number = ?",
        [wanted, added, answer_id, number],
    )
    return str(said["metric_id"])


def _note_dropped(con: duckdb.DuckDBPyConnection, told: Told) -> None:
    found = con.execute(
        "select p.document_id, p.lines[1], r.text, r.model, r.dropped from second_readings r "
        "join metrics m using (metric_id) join paragraphs p on p.paragraph_id = m.paragraph_id "
        "where len(r.dropped) > 0 order by p.document_id, p.seq, r.start_char, r.model, r.answer_id"
    ).fetchall()
    rows = []
    for number, (document_id, line, text, model, dropped) in enumerate(found, 1):
        about = {"document_id": document_id, "line": line, "stage": "second-read", "code": "second.dropped"}
        excerpt = f"{text} ({model}): {'; '.join(dropped)}"[:300]
        rows.append({"finding_id": f"{document_id}.2r{number:05d}", "level": "info", "excerpt": excerpt, **about})
    con.register("dropped_answers", arrow_table(FINDINGS, [row | dict(told.words) for row in rows]))
    con.execute("insert into findings by name select * from dropped_answers")
    con.unregister("dropped_answers")
