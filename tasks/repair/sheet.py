"""One sheet of a page from raw lines to paragraphs and articles, and sheets to a page.

What belongs here: the order of the steps and the numbering of what they give.
What does not: any decision; those stand in `blocks`, `units`, `articles` and `headings`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set

from tasks.page import Article, Finding, LineSetting, Paragraph, RepairedPage
from tasks.repair.articles import Group, group_articles
from tasks.repair.asides import take_asides
from tasks.repair.block import Block
from tasks.repair.blocks import split_blocks
from tasks.repair.bylines import byline_authors, credit_after_dateline
from tasks.repair.columns import check_columns
from tasks.repair.halves import mend_halves
from tasks.repair.headings import Heading, blanks_tell, read_heading
from tasks.repair.lines import LINE_BREAK, Line, read_sheet
from tasks.repair.looks import Looks
from tasks.repair.order import put_in_order
from tasks.repair.stamps import stamp_authors
from tasks.repair.units import Unit, read_units


def repair_page(text: str, settings: Mapping[int, LineSetting] | None = None) -> RepairedPage:
    r"""Puts a raw newspaper page back together: whole paragraphs, each in its article.

    A form feed is a page boundary that nothing goes across. Every printed character of the text stands in exactly one
    paragraph.

    Args:
        text: The raw text of a page, as pulled out of a PDF or off a website.
        settings: How its lines are set, by their 1-based number, where the file said so; its lines are in order then.

    Raises:
        SideBySideColumns: Its lines hold two columns side by side.

    >>> page = repair_page("本报讯 项目总投资约510亿\n\n元，年底完工。（王健）")
    >>> page.paragraphs[0].text, page.articles[0].authors
    ('本报讯 项目总投资约510亿元，年底完工。（王健）', ('王健',))
    """
    paragraphs: list[Paragraph] = []
    articles: list[Article] = []
    findings: list[Finding] = []
    standing: set[int] = set()
    number = 1
    for sheet in text.lstrip("\ufeff").split("\f"):
        lines = read_sheet(sheet, number, settings)
        number += len(LINE_BREAK.findall(sheet))
        if not lines:
            continue
        if not settings:
            check_columns(lines)
            lines, noticed = put_in_order(lines)
            findings += noticed
        units = read_units(read_blocks(lines))
        groups = group_articles([unit for unit in units if unit.kind != "furniture"])
        _add_sheet(units, groups, paragraphs, articles)
        standing |= {unit.lines[-1].number for unit in units if unit.stands}
    return RepairedPage(tuple(paragraphs), tuple(articles), (*findings, *_findings(paragraphs, standing)))


def read_blocks(lines: Sequence[Line]) -> list[Block]:
    """Puts the lines of a sheet together to blocks, with what is known not to be text taken out before.

    Args:
        lines: Printed lines of one sheet.

    Returns:
        Blocks in the order of their first lines, every line in exactly one of them.
    """
    rest, asides = take_asides(lines)
    blocks = mend_halves(split_blocks(rest))
    inside = {n for block in blocks for n in range(block.lines[0].place, block.lines[-1].place)}
    for aside in asides:
        aside.inside = aside.lines[0].place in inside
    return sorted([*blocks, *asides], key=lambda block: block.lines[0].place) if asides else blocks


def _findings(paragraphs: Sequence[Paragraph], standing: Set[int]) -> Iterator[Finding]:
    """Reports body text that stops in mid-sentence: its other half is on another page, or was not found on this one.

    Verses, rows of a table and points of a list, which may end on a semicolon, end as they do.
    """
    for paragraph in paragraphs:
        if paragraph.role != "body" or paragraph.lines[-1] in standing or paragraph.text[-1] in "；;":
            continue
        if Looks(paragraph.text).ends in ("word", "comma", "open"):
            yield Finding("warning", "layout.unfinished", f"line {paragraph.lines[-1]}", paragraph.text[-20:])


def _add_sheet(
    units: Sequence[Unit], groups: Sequence[Group], paragraphs: list[Paragraph], articles: list[Article]
) -> None:
    """Numbers the articles and paragraphs of one sheet after those before."""
    placed: list[tuple[int, int | None, str, Sequence[Unit]]] = [
        (unit.lines[0].place, None, "furniture", [unit]) for unit in units if unit.kind == "furniture"
    ]
    tell = blanks_tell([unit for unit in units if unit.kind == "head"])
    for group in groups:
        seq = len(articles) + 1
        heading = read_heading(group.heads, tell)
        articles.append(_article(seq, group, heading))
        single: list[tuple[str, Sequence[Unit]]] = [("kicker", heading.kicker), ("headline", heading.headline)]
        for role, parts in [*single, ("byline", group.byline)]:
            if parts:
                placed.append((parts[0].lines[0].place, seq, role, parts))
        placed += [(unit.lines[0].place, seq, "deck", [unit]) for unit in heading.deck]
        placed += [(unit.lines[0].place, seq, role, [unit]) for role, unit in group.body]
    for _, article, role, parts in sorted(placed, key=lambda item: item[0]):
        paragraphs.append(
            Paragraph(
                seq=len(paragraphs) + 1,
                article=article,
                role=role,
                text=" ".join(unit.text for unit in parts),
                lines=tuple(line.number for unit in parts for line in unit.lines),
                line_reasons=tuple(reason for unit in parts for reason in unit.reasons),
            )
        )


def _article(seq: int, group: Group, heading: Heading) -> Article:
    texts = [unit for role, unit in group.body if role in ("body", "note")]
    dateline = next((unit.dateline for unit in texts if unit.dateline), None)
    authors = [name for unit in group.byline for name in _signed(unit.text)]
    for unit in texts:
        if unit is texts[0] or unit.dateline:
            authors += credit_after_dateline(unit.text, unit.dateline or "")
        authors += unit.credit or []
    return Article(
        seq=seq,
        kicker=_joined(heading.kicker),
        headline=_joined(heading.headline),
        deck=tuple(unit.text for unit in heading.deck),
        byline=_joined(group.byline),
        authors=tuple(dict.fromkeys(authors)),
        dateline=dateline,
    )


def _signed(byline: str) -> list[str]:
    return stamp_authors(byline) if Looks(byline).stamp else byline_authors(byline)


def _joined(units: Sequence[Unit]) -> str | None:
    return " ".join(unit.text for unit in units) or None
