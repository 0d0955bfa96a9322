"""Asks for single articles back in the plainest settings: `python -m tests.bench.layout_plain`.

Numbered headings of any length, one line a paragraph and hard-wrapped without indents, as text copied off a site
stands; articles of the project and of the FOLDERs of `--articles`. Prints paragraphs' F1 by setting, and how many
numbered headings came back.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from tasks.repair import repair_page
from tests.bench.layout_borders import read_articles
from tests.bench.layout_edits import number_heads
from tests.bench.layout_pages import Style, clean_articles, set_paragraph
from tests.score.notions import squeeze

_SETTINGS = {
    "one line a paragraph": ((0, 0), "", False),
    "one line a paragraph, blank lines": ((0, 0), "", True),
    "hard-wrapped, no indent": ((13, 28), "", False),
    "hard-wrapped wide, no indent": ((29, 45), "", False),
    "hard-wrapped, blank lines": ((13, 28), "", True),
    "hard-wrapped, indented": ((13, 28), "\u3000\u3000", False),
}
_TEXTS = ("body", "subhead", "note", "caption")
_FEWEST = 4


def set_article(
    dice: random.Random, source: Any, widths: tuple[int, int], indent: str, apart: bool
) -> tuple[str, list[tuple[str, str]]]:
    """Numbers an article's headings and prints it.

    Returns:
        The page, and the article's blocks, each its role and text.
    """
    style = Style(dice.randint(*widths), indent, "none", dice.choice(("none", "push", "hang")), dice.random() < 0.5)
    blocks = [(role, "".join(text.split())) for role, text in source["blocks"] if role in ("body", "subhead")]
    article = {**source, "blocks": blocks}
    number_heads(dice, article)
    printed = [source["headline"], ""]
    for _, text in article["blocks"]:
        printed += [*set_paragraph(text, style), *([""] if apart else [])]
    return "\n".join(printed), article["blocks"]


def measure(articles: Sequence[Any], pages: int, seed: int, setting: tuple[tuple[int, int], str, bool]) -> Counter[str]:
    """Counts paragraphs found, missed and extra, and the numbered headings among them."""
    n: Counter[str] = Counter()
    for page in range(pages):
        dice = random.Random(f"{seed}/{page}")
        raw, blocks = set_article(dice, dice.choice(articles), *setting)
        got = Counter(squeeze(p.text) for p in repair_page(raw).paragraphs if p.role in _TEXTS)
        want = Counter(squeeze(text) for _, text in blocks)
        n.update(found=(got & want).total(), extra=(got - want).total(), missed=(want - got).total())
        heads = [squeeze(text) for role, text in blocks if role == "subhead"]
        n.update(heads=len(heads), heads_found=sum(text in got for text in heads))
    return n


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, nargs="*", default=[])
    parser.add_argument("--pages", type=int, default=300)
    parser.add_argument("--seed", type=int, default=4)
    args = parser.parse_args()
    sources = [*clean_articles(), *(article for folder in args.articles for article in read_articles(folder))]
    fitting = [a for a in sources if a["headline"] and sum(role == "body" for role, _ in a["blocks"]) >= _FEWEST]
    print("| setting | paragraphs F1 | numbered headings |\n|---|---|---|")
    for name, setting in _SETTINGS.items():
        n = measure(fitting, args.pages, args.seed, setting)
        f1 = 2 * n["found"] / (2 * n["found"] + n["extra"] + n["missed"])
        print(f"| {name} | {f1:.3f} | {n['heads_found']} of {n['heads']} |")


if __name__ == "__main__":
    main()
