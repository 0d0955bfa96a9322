"""Writes the report's lists of people, authors and organisations, and a page for each person in the news."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any
from zlib import crc32

from flows.report.hands import Hands
from flows.report.rendering import Sheet, sheets, sheets_of
from flows.report.site import Site
from flows.report.wording import both
from tasks.lexicon import read_table
from warehouse.report import names as report_names

if TYPE_CHECKING:
    from warehouse.gate.candidate import Connection

Row = dict[str, Any]
_SHOWN = 6
"""Names beside and articles of a person that the list shows; the person's own page shows more."""

MOST_LISTED = 100
"""Persons, authors or organisations in a list of the most reported; all of them stand in lists by first character."""

_IN_SHORT, _PER_PAGE = 3, 50
"""Articles that a list by first character shows of each name, and names on a page of it, on the average."""

_PAGES_AT_A_TIME, _SHEETS_AT_A_TIME = 500, 100


def write_names(con: Connection, site: Site, all_persons: bool, hands: Hands) -> list[tuple[str, str]]:
    """Writes who may be listed; private citizens are not, unless asked for.

    Args:
        con: The warehouse, with its names noted.
        site: The report.
        all_persons: List private citizens too.
        hands: Who makes the persons' pages.

    Returns:
        Name and page of each, for the search.
    """
    heads = report_names.name_heads(con)
    people = [row for row in heads if row["type"] == "PER" and not row["is_author"]]
    authors = [row for row in heads if row["type"] == "PER" and row["is_author"]]
    organisations = [row for row in heads if row["type"] == "ORG"]
    found: list[tuple[str, str]] = []
    stale: list[NameSheet] = []
    for key, rows in (("people", people), ("authors", authors), ("organisations", organisations)):
        of_list, places = _list_sheets(key, rows, note=key == "people" and not all_persons)
        stale += [one for one in of_list if not site.is_fresh(one.sheet.path, *one.made_from)]
        if key != "authors":
            found += [(row["name"], person_page(row) if key == "people" else places[row["entity_id"]]) for row in rows]
    pages = [row["entity_id"] for row in people if not site.is_fresh(person_page(row), row)]
    of_people = _ids(one for one in stale if one.initial is None and one.key == "people")
    others = _ids(one for one in stale if one.initial is None and one.key != "people")
    told = report_names.names(con, [*pages, *of_people, *others], sorted({*pages, *of_people}))
    short = report_names.names_in_short(con, _ids(one for one in stale if one.initial is not None), _IN_SHORT)
    for start in range(0, len(stale), _SHEETS_AT_A_TIME):
        some = stale[start : start + _SHEETS_AT_A_TIME]
        hands.give(write_sheets, [one.filled(told if one.initial is None else short) for one in some])
    with_page = {row["entity_id"] for row in people}
    for start in range(0, len(pages), _PAGES_AT_A_TIME):
        persons = [told[own] for own in pages[start : start + _PAGES_AT_A_TIME]]
        beside = {other["entity_id"] for row in persons for other in row["beside"] or ()} & with_page
        hands.give(write_persons, persons, frozenset(beside))
    return found


@dataclass(frozen=True, slots=True)
class NameSheet:
    """One page of a list of names.

    Attributes:
        key: Which list.
        sheet: The page, with its names.
        note: Whether it says that private citizens are not listed.
        index: On the first page of a long list: first characters, where the names stand that begin so, and how many.
        initial: The first character of all its names; None on the list of the most reported.
    """

    key: str
    sheet: Sheet
    note: bool = False
    index: Sequence[tuple[str, str, int]] = ()
    initial: str | None = None

    @property
    def made_from(self) -> tuple[object, ...]:
        """What decides how it looks."""
        rows = [(head["entity_id"], head["digest"]) for head in self.sheet.rows]
        return rows, self.sheet.others, self.note, self.index

    def filled(self, told: Mapping[str, Row]) -> NameSheet:
        """Gives the page with what is told of its names."""
        rows = [head | told[head["entity_id"]] for head in self.sheet.rows]
        return replace(self, sheet=replace(self.sheet, rows=rows))


def _list_sheets(key: str, heads: list[Row], *, note: bool) -> tuple[list[NameSheet], dict[str, str]]:
    """Lays out the list of the most reported, and where there are more, lists of all by first character.

    Returns:
        The pages, and where each name stands.
    """
    initials: dict[str, list[Row]] = defaultdict(list)
    for row in sorted(heads, key=lambda row: (row["name"], row["entity_id"])) if len(heads) > MOST_LISTED else ():
        initials[row["name"][:1]].append(row)
    pages = {initial: f"{key}-{ord(initial or ' '):x}.html" for initial in initials}
    index = [(initial, pages[initial], len(some)) for initial, some in initials.items()]
    found = [
        NameSheet(key, sheet, note, index if sheet.number == 1 else ())
        for sheet in sheets(f"{key}.html", heads[:MOST_LISTED])
    ]
    for initial, some in initials.items():
        found += [NameSheet(key, sheet, initial=initial) for sheet in sheets_of(pages[initial], _parts(some))]
    return found, {
        head["entity_id"]: f"{one.sheet.path}#{head['entity_id']}" for one in found for head in one.sheet.rows
    }


def _parts(rows: list[Row]) -> list[list[Row]]:
    """Cuts a list after names whose ids say so, so that one name more changes one page and leaves those after it."""
    parts: list[list[Row]] = []
    ends = True
    for row in rows:
        if ends:
            parts.append([])
        parts[-1].append(row)
        ends = crc32(row["entity_id"].encode()) % _PER_PAGE == 0 or len(parts[-1]) == 2 * _PER_PAGE
    return parts


def _ids(some: Iterable[NameSheet]) -> list[str]:
    return [head["entity_id"] for one in some for head in one.sheet.rows]


def write_sheets(site: Site, some: Sequence[NameSheet]) -> None:
    """Writes pages of lists of names.

    Args:
        site: The report.
        some: Which, with what is told of their names.
    """
    for one in some:
        menu = "people.html" if one.key == "authors" else f"{one.key}.html"
        values = {"sheet": one.sheet, "note": one.note, "kind": one.key, "index": one.index, "initial": one.initial}
        site.page(one.sheet.path, "names", both(one.key), most=_SHOWN, menu_page=menu, **values)


def write_persons(site: Site, rows: list[Row], with_page: frozenset[str]) -> None:
    """Writes the pages of persons.

    Args:
        site: The report.
        rows: What is told of each.
        with_page: Those of the persons beside them who have a page too.
    """
    for row in rows:
        site.page(person_page(row), "person", row["name"], person=row, with_page=with_page, menu_page="people.html")


def person_page(row: Row) -> str:
    """Names the page of a person.

    Args:
        row: With `entity_id`.
    """
    return f"people/{row['entity_id']}.html"


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
