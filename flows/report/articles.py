"""Writes the report's article pages: the text as a reader wants it and the raw lines it was made from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from jinja2 import Environment

from flows.report.marking import marked_text
from flows.report.site import Site, digest_of
from flows.report.wording import labels
from tasks.raw import raw_lines
from warehouse.lake import DataFolder
from warehouse.report_articles import article_parts

if TYPE_CHECKING:
    from warehouse.candidate import Connection

Row = dict[str, Any]
_TEXT = ("body", "subhead", "caption", "note")


def write_articles(
    con: Connection, site: Site, engine: Environment, folder: DataFolder, heads: list[Row], design: str
) -> None:
    """Writes a page for each article that is new or changed.

    Args:
        con: The warehouse.
        site: The report.
        engine: The templates.
        folder: The data directory, for the raw pages.
        heads: Rows of `article_heads`.
        design: Digest of the templates.
    """
    stale = {}
    for head in heads:
        path = f"articles/{head['article_id']}.html"
        if not site.is_fresh(path, digest_of(design, head["input_fingerprint"], head["citation"])):
            stale[head["article_id"]] = head
    template = engine.get_template("article.html.j2")
    document, lines = "", []
    for article_id, paragraphs, figures, names in article_parts(con, sorted(stale)):
        head = stale[article_id]
        if head["document_id"] != document:
            document, lines = head["document_id"], raw_lines(folder, head["document_id"])
        path = f"articles/{article_id}.html"
        text = template.render(
            root="../",
            here=path,
            heading=head["headline"] or labels()["no_headline"][0],
            article=head,
            paragraphs=[_marked(p, figures, names) for p in paragraphs if p["role"] in _TEXT],
            raw=_lines_of(paragraphs, lines),
        )
        site.write(path, text)


def _marked(paragraph: Row, figures: list[Row], names: list[Row]) -> Row:
    own = paragraph["paragraph_id"]
    marked = marked_text(
        paragraph["text"],
        [f for f in figures if f["paragraph_id"] == own],
        [n for n in names if n["paragraph_id"] == own],
    )
    return paragraph | {"marked": marked, "anchor": own.split(".", 1)[1]}


def _lines_of(paragraphs: list[Row], lines: list[str]) -> list[tuple[int, str]]:
    numbers = sorted({number for paragraph in paragraphs for number in paragraph["lines"]})
    return [(number, lines[number - 1]) for number in numbers if number <= len(lines)]
