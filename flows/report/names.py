"""Writes the report's lists of people, authors and organisations, and a page for each person in the news."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flows.report.site import Site, sheets
from flows.report.wording import both
from tasks.lexicon import read_table
from warehouse.report import names as report_names

if TYPE_CHECKING:
    from warehouse.gate.candidate import Connection

Row = dict[str, Any]
_SHOWN = 6
"""Names beside and articles of a person that the list shows; the person's own page shows more."""


def write_names(con: Connection, site: Site, all_persons: bool) -> list[tuple[str, str]]:
    """Writes who may be listed; private citizens are not, unless asked for.

    Args:
        con: The warehouse, with its names noted.
        site: The report.
        all_persons: List private citizens too.

    Returns:
        Name and page of each, for the search.
    """
    persons = report_names.names(con, "PER")
    found = _write_list(site, "people", [row for row in persons if not row["is_author"]], note=not all_persons)
    _write_list(site, "authors", [row for row in persons if row["is_author"]], note=False)
    found += _write_list(site, "organisations", report_names.names(con, "ORG"), note=False)
    with_page = {row["entity_id"] for row in persons if not row["is_author"]}
    for row in persons:
        if row["entity_id"] in with_page and not site.is_fresh(path := person_page(row), row):
            site.page(path, "person", row["name"], person=row, with_page=with_page, menu_page="people.html")
    return found


def person_page(row: Row) -> str:
    """Names the page of a person.

    Args:
        row: With `entity_id`.
    """
    return f"people/{row['entity_id']}.html"


def _write_list(site: Site, key: str, rows: list[Row], *, note: bool) -> list[tuple[str, str]]:
    found = []
    for sheet in sheets(f"{key}.html", rows):
        site.page(
            sheet.path, "names", both(key), sheet=sheet, note=note, kind=key, most=_SHOWN, menu_page=f"{key}.html"
        )
        own = person_page if key == "people" else lambda row, path=sheet.path: f"{path}#{row['entity_id']}"
        found += [(row["name"], own(row)) for row in sheet.rows]
    return found


def public_persons(contexts: list[Row]) -> set[str]:
    """Tells which persons appear with a public title or sign an article; the others are private citizens.

    Args:
        contexts: Rows of `person_contexts`.

    Returns:
        Their entity ids.
    """
    titles = "|".join(sorted((re.escape(row["title"]) for row in read_table("titles")), key=len, reverse=True))
    public = {row["title"] for row in read_table("public_titles")}
    before, after = re.compile(f"(?:{titles})$"), re.compile(f"^(?:{titles})")

    def is_public(found: re.Match[str] | None) -> bool:
        return found is not None and found[0] in public

    return {
        row["entity_id"]
        for row in contexts
        if row["signs"] or is_public(before.search(row["before"] or "")) or is_public(after.search(row["after"] or ""))
    }
