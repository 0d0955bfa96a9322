"""Says what changed since a run or a day: pages, articles and figures new, changed, gone, corrected, superseded.

What belongs here: comparing what the warehouse holds now with what the lake held then. What does not: how it is shown
(`flows/cli/changes.py`), how what was then is read (`earlier.py`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

import duckdb

from warehouse.ask.earlier import early_documents, rows_now, rows_of, rows_then
from warehouse.errors import UserError
from warehouse.storage.folder import DataFolder

Row = dict[str, Any]

_FACT = ("value", "value_high", "unit", "measure", "comparison", "indicator", "subject", "period", "modality")
_SAME = ("subject", "indicator", "period", "measure", "comparison", "unit", "modality")
"""What two figures share that tell of the same, whatever their values."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed.

    Attributes:
        what: page, article or figure.
        change: new, changed, gone, corrected, superseded or rejected.
        before: What it was; empty for a new one.
        now: What it is; empty for one that is gone.
        about: Of a figure what it tells of; of a page or article more about it.
        source: The page it stands on.
        identity: Id of the row, of one that is gone its former one.
    """

    what: str
    change: str
    before: str
    now: str
    about: str
    source: str
    identity: str


def moment_of(con: duckdb.DuckDBPyConnection, since: str | None) -> tuple[datetime, str]:
    """Reads since when changes are asked for.

    Args:
        con: A connection to the warehouse.
        since: A run's id, what came after it counts; a day or time, UTC; None for what the last run brought that
            brought anything.

    Returns:
        The moment, UTC, and in words what it is.

    Raises:
        UserError: There is no such run, and it is no date.
    """
    runs = con.execute(
        "select run_id, started_at from runs where documents_new + documents_rejected > 0 order by started_at"
    ).fetchall()
    if since is None:
        if not runs:
            raise UserError("There was no run yet that brought anything: `broadsheet run` makes one.")
        before = runs[-2] if len(runs) > 1 else None
        return (before[1], f"run {before[0]}") if before else (datetime.min, "the beginning")
    row = con.execute("select started_at from runs where run_id = ?", [since]).fetchone()
    if row:
        return row[0], f"run {since}"
    try:
        return datetime.fromisoformat(since).replace(tzinfo=None), since
    except ValueError:
        latest = f"; the last run is {runs[-1][0]}" if runs else ""
        raise UserError(f"{since} is neither a run nor a day such as 2026-11-26{latest}.") from None


def changes_since(con: duckdb.DuckDBPyConnection, folder: DataFolder, moment: datetime) -> list[Change]:
    """Lists what changed.

    Args:
        con: A connection to the warehouse.
        folder: The data directory, whose lake knows what was.
        moment: Runs that began later count.

    Returns:
        Pages first, then articles, then figures; each in the order of its page.
    """
    pages = rows_of(
        con,
        "select d.*, r.started_at > $moment as is_late from documents d left join runs r using (run_id) "
        "order by source_uri, loaded_at, document_id",
        {"moment": moment},
    )
    late = [page for page in pages if page["is_late"]]
    loaded = [page for page in late if page["status"] == "loaded"]
    early = early_documents(con, folder, moment)
    was_loaded = {document_id for document_id, status in early.items() if status == "loaded"}
    replaced = {
        page["source_key"]: page
        for page in pages
        if page["status"] == "superseded" and page["document_id"] in was_loaded
    }
    gone = [page for page in late if page["status"] == "forgotten" and page["document_id"] in was_loaded]
    then = {
        page["document_id"]: page["document_id"]
        if page["document_id"] in was_loaded
        else replaced.get(page["source_key"], {}).get("document_id")
        for page in loaded
    }
    wanted = [*filter(None, then.values()), *(page["document_id"] for page in gone)]
    old_articles, old_figures = (rows_then(con, folder, table, moment, wanted) for table in ("articles", "metrics"))
    ids = [page["document_id"] for page in loaded]
    articles, figures = (rows_now(con, table, ids) for table in ("articles", "metrics"))
    found = [*_page_changes(late, then, replaced, gone)]
    for page in [*loaded, *gone]:
        own, old = page["document_id"], then.get(page["document_id"], page["document_id"]) or ""
        found += _article_changes(page, old_articles.get(old, []), articles.get(own, []))
    for page in [*loaded, *gone]:
        own, old = page["document_id"], then.get(page["document_id"], page["document_id"]) or ""
        found += _figure_changes(page, old_figures.get(old, []), figures.get(own, []))
    found += _corrected(con, moment)
    return sorted(found, key=lambda change: ("page", "article", "figure").index(change.what))


def of_checked(con: duckdb.DuckDBPyConnection, changes: Iterable[Change]) -> list[Change]:
    """Leaves the changes of figures that a person checked, those too that are gone since.

    Args:
        con: A connection to the warehouse.
        changes: As `changes_since` lists them.
    """
    found = con.execute("select row_id from corrections where row_id is not null").fetchall()
    found += con.execute("select metric_id from metrics where checked_by is not null").fetchall()
    checked = {row[0] for row in found}
    return [change for change in changes if change.what == "figure" and change.identity in checked]


def change_rows(changes: Iterable[Change]) -> list[Row]:
    """Gives changes as plain rows."""
    return [asdict(change) for change in changes]


def _page_changes(
    late: Sequence[Row], then: dict[str, str | None], replaced: dict[str, Row], gone: Sequence[Row]
) -> Iterator[Change]:
    for page in late:
        own, name = page["document_id"], page["source_uri"]
        if page["status"] == "loaded":
            old = then[own]
            kind = "new" if old is None else "changed"
            about = "" if old is None else "read again" if old == own else "a new version of the source"
            yield Change("page", kind, old or "", own, about, name, own)
            if old and old != own:
                yield Change(
                    "page",
                    "superseded",
                    old,
                    own,
                    "by a newer version",
                    replaced[page["source_key"]]["source_uri"],
                    old,
                )
        elif page["status"] == "rejected":
            yield Change("page", "rejected", "", "", page["reason"] or "", name, own)
    for page in gone:
        yield Change("page", "gone", page["document_id"], "", "forgotten", page["source_uri"], page["document_id"])


def _article_changes(page: Row, old: Sequence[Row], new: Sequence[Row]) -> Iterator[Change]:
    def key(article: Row) -> str:
        return article["headline"] or f"({article['article_id'].split('.')[-1]})"

    before, now = {key(a): a for a in old}, {key(a): a for a in new}
    for name in dict.fromkeys([*now, *before]):
        one, other = before.get(name), now.get(name)
        article_id = (other or one or {})["article_id"]
        if one is None or other is None:
            kind = "new" if one is None else "gone"
            yield Change(
                "article",
                kind,
                "" if one is None else name,
                "" if other is None else name,
                "",
                page["source_uri"],
                article_id,
            )
        elif (one["char_count"], one["paragraph_count"]) != (other["char_count"], other["paragraph_count"]):
            about = f"{one['char_count']} characters before, {other['char_count']} now"
            yield Change("article", "changed", name, name, about, page["source_uri"], article_id)


def _figure_changes(page: Row, old: Sequence[Row], new: Sequence[Row]) -> Iterator[Change]:
    """Pairs figures by what is printed, then by what they tell of; what finds no partner is gone or new."""
    pairs, left, came = _paired(old, new, lambda f: (f["text"], f["sentence"]))
    more, left, came = _paired(left, came, lambda f: tuple(f[name] for name in _SAME))
    for before, now in [*pairs, *more]:
        differ = [name for name in _FACT if before[name] != now[name]]
        if differ:
            was = ", ".join(
                [before["text"], *(f"{name} {before[name]}" for name in differ if name not in ("value", "unit"))]
            )
            became = ", ".join(
                [now["text"], *(f"{name} {now[name]}" for name in differ if name not in ("value", "unit"))]
            )
            yield Change("figure", "changed", was, became, _about(now), page["source_uri"], now["metric_id"])
    for figure in left:
        yield Change("figure", "gone", figure["text"], "", _about(figure), page["source_uri"], figure["metric_id"])
    for figure in came:
        yield Change("figure", "new", "", figure["text"], _about(figure), page["source_uri"], figure["metric_id"])


def _paired(old: Sequence[Row], new: Sequence[Row], key: Any) -> tuple[list[tuple[Row, Row]], list[Row], list[Row]]:
    waiting: dict[Any, list[Row]] = defaultdict(list)
    for figure in old:
        waiting[key(figure)].append(figure)
    pairs, came = [], []
    for figure in new:
        partners = waiting.get(key(figure))
        if partners:
            pairs.append((partners.pop(0), figure))
        else:
            came.append(figure)
    return pairs, [figure for some in waiting.values() for figure in some], came


def _about(figure: Row) -> str:
    return " ".join(filter(None, (figure["subject"], figure["indicator"], figure["period"])))


def _corrected(con: duckdb.DuckDBPyConnection, moment: datetime) -> Iterator[Change]:
    """Lists what persons corrected, as far as the warehouse notes when."""
    there = {
        row[0]
        for row in con.execute("select column_name from duckdb_columns() where table_name = 'corrections'").fetchall()
    }
    if "made_at" not in there:
        return
    for row in rows_of(
        con,
        "select c.*, d.source_uri from corrections c left join documents d using (document_id) "
        "where c.status = 'applied' and c.made_at > $moment order by c.page, c.span, c.column_name",
        {"moment": moment},
    ):
        yield Change(
            "figure" if row["column_name"].startswith("metrics.") else "article",
            "corrected", row["machine_value"] or "", row["value"] or "", f"{row['column_name']}, by {row['who']}",
            row["source_uri"] or row["page"], row["row_id"] or "",
        )  # fmt: skip
