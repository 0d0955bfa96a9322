"""Measures what is said of pages whose columns were read across: `python -m tests.bench.layout_orders`.

Two or three articles, of the project or of the FOLDERs of `--articles`, are set in columns and their lines printed in
turn, as `pdftotext` or an OCR in order of height gives them: in step, or each at the height where it stands, so that
columns with larger lines give fewer. Prints by the lines of a column how many pages were untangled, marked, or read
without a word, how many paragraphs came back, and how many pages in order were marked all the same.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tasks.repair import SideBySideColumns, repair_page
from tests.bench.layout_borders import read_articles
from tests.bench.layout_pages import Style, clean_articles, set_paragraph
from tests.bench.layout_unkind import unkind_pages
from tests.bench.layout_unseen import sources_of, unseen_pages
from tests.score.notions import squeeze

_LENGTHS = ((6, 10), (11, 16), (17, 24), (25, 40), (41, 80))
_CODES = {"layout.untangled": "untangled", "layout.disordered": "marked"}


def read_across(dice: random.Random, sources: Sequence[Any], count: int, low: int, high: int) -> list[list[str]]:
    """Sets as many articles in columns as long as each other; none where one is too short."""
    indent = dice.choice(("", "  ", "\u3000\u3000"))
    kinsoku, cut = dice.choice(("none", "push", "hang")), dice.random() < 0.5
    width, same = dice.randint(10, 24), dice.random() < 0.6
    columns = []
    for article in dice.sample(list(sources), count):
        style = Style(width if same else dice.randint(10, 24), indent, "none", kinsoku, cut)
        columns.append([line for _, text in article["blocks"] for line in set_paragraph(text, style)])
    length = min(dice.randint(low, high), *map(len, columns))
    return [column[:length] for column in columns] if length >= low else []


def in_turn(dice: random.Random, columns: Sequence[Sequence[str]], by_height: bool) -> str:
    """Prints the lines of columns in turn, in step or by where each stands."""
    steps = [1.0 if not by_height or not n else dice.uniform(0.8, 1.25) for n in range(len(columns))]
    placed = [(at * step, n, line) for n, (column, step) in enumerate(zip(columns, steps, strict=True))
              for at, line in enumerate(column)]  # fmt: skip
    return "\n".join(line for _, _, line in sorted(placed)) + "\n"


def a_column(page: int, seed: int, sources: Sequence[Any]) -> str:
    """Sets an article in one column and gives a few of its lines, in order."""
    dice = random.Random(f"{seed}/{page}")
    columns = read_across(dice, sources, 1, 6, 200)
    length = dice.randint(6, 20)
    start = dice.randrange(max(1, len(columns[0]) - length)) if columns else 0
    return "\n".join(columns[0][start : start + length]) if columns else ""


def said_of(raw: str) -> str:
    """Tells what repair says of a page's order."""
    try:
        codes = {finding.code for finding in repair_page(raw).findings}
    except SideBySideColumns:
        return "marked"
    return next((said for code, said in _CODES.items() if code in codes), "nothing said")


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, nargs="*", default=[])
    parser.add_argument("--pages", type=int, default=100)
    parser.add_argument("--seed", type=int, default=3)
    args = parser.parse_args()
    articles = [*clean_articles(), *(article for folder in args.articles for article in read_articles(folder))]
    sources = sources_of(articles)
    print("| columns | lines of a column | pages | untangled | marked | nothing said | paragraphs back |")
    print("|---" * 7 + "|")
    for count, by_height in ((2, False), (2, True), (3, False), (3, True)):
        for low, high in _LENGTHS:
            n: Counter[str] = Counter()
            for page in range(args.pages):
                dice = random.Random(f"{args.seed}/{count}/{by_height}/{low}/{page}")
                columns = read_across(dice, sources, count, low, high)
                if not columns:
                    continue
                raw = in_turn(dice, columns, by_height)
                n[said_of(raw)] += 1
                want = [squeeze(p.text) for column in columns for p in repair_page("\n".join(column)).paragraphs]
                back = {squeeze(p.text) for p in repair_page(raw).paragraphs}
                n.update(back=sum(text in back for text in want), printed=len(want))
            name = f"{count}{', by height' if by_height else ''}"
            shares = [n[said] for said in ("untangled", "marked", "nothing said")]
            cells = [name, f"{low} to {high}", sum(shares), *shares, f"{n['back'] / (n['printed'] or 1):.2f}"]
            print("| " + " | ".join(map(str, cells)) + " |")
    plain = [*unkind_pages(args.pages, args.seed, articles), *unseen_pages(args.pages, args.seed, articles)]
    marked = sum(said_of(raw) != "nothing said" for raw, _ in plain)
    short = [part for page in range(10 * args.pages) if (part := a_column(page, args.seed, sources))]
    also = sum(said_of(raw) != "nothing said" for raw in short)
    print(f"\nOf {len(plain)} pages in order {marked} were marked, of {len(short)} columns of 6 to 20 lines {also}.")


if __name__ == "__main__":
    main()
