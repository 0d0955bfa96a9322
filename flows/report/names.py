"""Writes the report's pages of people and organisations: who appears when, and with whom."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from flows.report.site import Site, sheets
from flows.report.wording import both
from tasks.lexicon import read_table
from warehouse import report_names

if TYPE_CHECKING:
    from warehouse.candidate import Connection

Row = dict[str, Any]
_PAGES = (("people", "PER"), ("organisations", "ORG"))


def write_names(con: Connection, site: Site, all_persons: bool) -> list[tuple[str, str]]:
    """Writes who may be listed; private citizens are not, unless asked for.

    Args:
        con: The warehouse, with its names noted.
        site: The report.
        all_persons: List private citizens too.

    Returns:
        Name and page of each, for the search.
    """
    listed = []
    for key, type_ in _PAGES:
        for sheet in sheets(f"{key}.html", report_names.names(con, type_)):
            note = type_ == "PER" and not all_persons
            site.page(sheet.path, "names", both(key), sheet=sheet, note=note, menu_page=f"{key}.html")
            listed += [(row["name"], f"{sheet.path}#{row['entity_id']}") for row in sheet.rows]
    return listed


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
