"""Lays annotated articles out as PDF pages, as newspapers do: columns, headlines across them, pictures, running heads.

`python -m tests.bench.pdf_pages page.pdf` writes a page of articles that were written for this project.

What belongs here: where things stand on the paper, and the annotation of what they are. What does not: reading PDF.
Every page is made by a fixed seed.
"""

from __future__ import annotations

import argparse
import io
import json
import random
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from tests.bench.layout_compose import BYLINES, NAMES, bare
from tests.bench.layout_pages import GOLD, clean_articles
from tests.bench.pdf_writer import CAPTIONS, MARGIN, Look, Writer, random_look, register_fonts


def _article(seq: int, source: dict[str, Any], look: Look, dice: random.Random) -> dict[str, Any]:
    a, b = dice.sample(NAMES, 2)
    blocks = [(role, bare(text) if role == "body" else text) for role, text in source["blocks"] if role != "caption"]
    article: dict[str, Any] = {key: source[key] for key in ("kicker", "headline", "deck")}
    article |= {"seq": seq, "byline": None, "authors": [], "dateline": None}
    bodies = [n for n, (role, _) in enumerate(blocks) if role == "body"]
    if dice.random() < 0.5:
        form = dice.choice(BYLINES)
        article["byline"] = form.format(a=a, b=b)
        article["authors"] = [{"a": a, "b": b}[key] for key in "ab" if f"{{{key}}}" in form]
    elif dice.random() < 0.6:
        article["dateline"] = "本报讯"
        blocks[bodies[0]] = ("body", f"本报讯（记者 {a}）" + blocks[bodies[0]][1])
        article["authors"] = [a]
    if dice.random() < 0.15:
        blocks[-1] = (blocks[-1][0], blocks[-1][1] + f"（下转第{dice.randint(2, 8)}版）")
    if look.pictures and dice.random() < 0.6:
        blocks.insert(len(blocks) // 2, ("caption", dice.choice(CAPTIONS).format(a=b)))
    article["blocks"] = blocks
    return article


Draw = Callable[[Writer, random.Random], bytes]
"""Draws what was set as a PDF; the dice say in which order."""


def compose_pdf(
    number: int, seed: int = 5, columns: int | None = None, *, own: bool = False, draw: Draw | None = None
) -> tuple[bytes, dict[str, Any]]:
    """Makes one page.

    Args:
        number: Of the page.
        seed: Of all pages.
        columns: Columns of the page; drawn without.
        own: Take only articles that were written for this project.
        draw: By which program; by reportlab without.

    Returns:
        The PDF, and its annotation in the form of `tests/gold/layout`.
    """
    register_fonts()
    dice = random.Random(f"{seed}/{number}")
    look = random_look(dice, columns)
    writer = Writer(look, dice)
    sources = [a for a in (own_articles() if own else clean_articles()) if a["headline"] and len(a["blocks"]) > 3]
    chosen = [_article(n, a, look, dice) for n, a in enumerate(dice.sample(sources, dice.randint(2, 5)), 1)]
    y = writer.running_head()
    waiting = list(chosen)
    while waiting:
        parts = _parts(look.columns, min(len(waiting), dice.randint(1, 3)), dice)
        column, foot = 0, y
        for width in parts:
            foot = max(foot, writer.article(waiting.pop(0), column, width, y))
            column += width
        y = foot + 2.4 * look.body
    for article in chosen:
        article["blocks"] = [{"role": role, "text": text} for role, text in article["blocks"]]
    return (draw or _draw)(writer, dice), {"articles": chosen, "furniture": writer.furniture}


@cache
def own_articles() -> tuple[dict[str, Any], ...]:
    """Reads the annotated articles that were written for this project."""
    pages = sorted((GOLD / "press" / "gold").glob("*.layout.json"))
    every = [article for page in pages for article in json.loads(page.read_text("utf-8"))["articles"]]
    return tuple(a | {"blocks": [[block["role"], block["text"]] for block in a["blocks"]]} for a in every)


def _parts(columns: int, count: int, dice: random.Random) -> list[int]:
    """Divides columns among articles side by side."""
    count = min(count, max(1, columns // 2)) if columns > 1 else 1
    cuts = sorted(dice.sample(range(1, columns), count - 1)) if count > 1 else []
    return [b - a for a, b in zip([0, *cuts], [*cuts, columns], strict=True)]


def _draw(writer: Writer, dice: random.Random) -> bytes:
    sheet, look = writer.sheet, writer.look
    height = sheet.height + MARGIN
    sink = io.BytesIO()
    canvas = Canvas(sink, pagesize=(sheet.width, height), invariant=1)
    drawn = list(sheet.drawn)
    if look.order == "by line":
        drawn.sort(key=lambda item: (round(item[1]), item[0]))
    elif look.order == "shuffled":
        dice.shuffle(drawn)
    for x, y, width, tall in sheet.boxes:
        canvas.rect(x, height - y - tall, width, tall, fill=1)
    for x, y, text, font, size in drawn:
        canvas.setFont(font, size)
        if look.order == "by character":
            at = x
            for char in text:
                if not char.isspace():
                    canvas.drawString(at, height - y, char)
                at += pdfmetrics.stringWidth(char, font, size)
        else:
            canvas.drawString(x, height - y, text)
    canvas.showPage()
    canvas.save()
    return sink.getvalue()


def main() -> None:
    """Writes a page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("file", type=Path)
    parser.add_argument("--number", type=int, default=14)
    parser.add_argument("--columns", type=int, default=4)
    args = parser.parse_args()
    args.file.write_bytes(compose_pdf(args.number, columns=args.columns, own=True)[0])
    print(f"wrote {args.file}")


if __name__ == "__main__":
    main()
