"""Tiny pages for the tests of names."""

from __future__ import annotations

from datetime import date

from tasks.extraction.names import find_names
from tasks.extraction.names.own_names import OwnNames
from tasks.page import IssueDate, Mention, PageContext, Paragraph, RepairedPage


def page_of(*paragraphs: str | tuple[str, str]) -> RepairedPage:
    """A page of one article; a paragraph is its text, or role and text."""
    parts = [p if isinstance(p, tuple) else ("body", p) for p in paragraphs]
    made = tuple(
        Paragraph(n, None if role == "furniture" else 1, role, text) for n, (role, text) in enumerate(parts, 1)
    )
    return RepairedPage(made, ())


def names_of(
    *paragraphs: str | tuple[str, str],
    day: date | None = date(2023, 5, 1),
    publisher: str | None = None,
    own: OwnNames | None = None,
) -> tuple[Mention, ...]:
    """The names on a tiny page."""
    context = PageContext(issue_date=IssueDate(day) if day else None, publisher=publisher)
    return find_names(page_of(*paragraphs), context, own)


def entity_of(text: str, *paragraphs: str | tuple[str, str], **context: object) -> tuple[str, str | None]:
    """Canonical name and adcode of the first mention that reads `text`."""
    for mention in names_of(*paragraphs, **context):  # type: ignore[arg-type]
        if mention.text == text and mention.entity:
            return mention.entity.name, mention.entity.adcode
    raise AssertionError(f"{text} was not found")
