"""Lays paragraphs out in every style and asks repair for them back: `python -m tests.bench.layout_roundtrip`.

With `--pages N` it also makes N whole pages kindly laid out and N unkindly, and scores their repair.

Prints, for each style, the share of paragraphs that come back exactly, and the share of paragraph ends that no line
shows (the last line fills its column and nothing else marks the end), which no reader of lines alone could find.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterator, Sequence

from tasks.repair import repair_page
from tests.bench.layout_compose import compose_pages
from tests.bench.layout_measure import measure
from tests.bench.layout_pages import INDENTS, Style, clean_paragraphs, random_style, set_page, set_paragraph
from tests.bench.layout_unkind import unkind_pages
from tests.score.notions import squeeze
from tests.score.table import LAYOUT, table


def styles() -> Iterator[tuple[str, str, Style]]:
    """Gives group, name and style of all that is measured."""
    for kinsoku in ("none", "push", "hang"):
        for name, indent in INDENTS.items():
            for blanks in ("none", "columns", "between", "both"):
                yield "indent", f"indent {name}, blanks {blanks}, kinsoku {kinsoku}", Style(20, indent, blanks, kinsoku)
        for blanks in ("between", "both"):
            yield "blank line", f"no indent, blanks {blanks}, kinsoku {kinsoku}", Style(20, "", blanks, kinsoku)
        for blanks in ("none", "columns"):
            yield (
                f"fill only, kinsoku {kinsoku}",
                f"no indent, blanks {blanks}, kinsoku {kinsoku}",
                Style(20, "", blanks, kinsoku),
            )


def round_trip(style: Style, count: int, seed: int) -> tuple[int, int, int]:
    """Lays out pages of one style, a dozen paragraphs each.

    Returns:
        Paragraphs laid out; those that came back exactly; paragraph ends that no line shows.
    """
    dice = random.Random(seed)
    total = good = hidden = 0
    while total < count:
        page = dice.sample(clean_paragraphs(), min(12, count - total))
        varied = random_style(dice, style)
        repaired = repair_page(set_page(page, varied, dice))
        found = Counter(squeeze(p.text) for p in repaired.paragraphs)
        total += len(page)
        good += sum((found & Counter(map(squeeze, page))).values())
        hidden += _hidden_ends(page, varied)
    return total, good, hidden


def _hidden_ends(page: Sequence[str], style: Style) -> int:
    """Counts paragraph ends at which the next paragraph's first character would not have fitted on the line."""
    if style.indent or style.blanks in ("between", "both"):
        return 0
    hidden = 0
    for text in page[:-1]:
        last = set_paragraph(text, style)[-1]
        hidden += sum(1 if c.isascii() else 2 for c in last) + 2 > 2 * style.width
    return hidden


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--paragraphs", type=int, default=2000, help="paragraphs in each group of styles")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--pages", type=int, default=0, help="whole pages to compose and compare")
    parser.add_argument("--styles", action="store_true", help="one line a style as well")
    args = parser.parse_args()
    listed = list(styles())
    sizes = Counter(group for group, _, _ in listed)
    sums: dict[str, list[int]] = {}
    for n, (group, name, style) in enumerate(listed):
        result = round_trip(style, max(12, args.paragraphs // sizes[group]), args.seed + n)
        sums[group] = [a + b for a, b in zip(sums.get(group, [0, 0, 0]), result, strict=True)]
        if args.styles:
            print(f"  {name:50s} {result[1] / result[0]:.4f}")
    print(f"{'style':32s} paragraphs  exact   ends no line shows")
    for group, (total, good, hidden) in sums.items():
        print(f"{group:32s} {total:10d}  {good / total:.4f}  {hidden / total:.4f}")
    if args.pages:
        made = {"composed": compose_pages(args.pages, args.seed), "unkind": unkind_pages(args.pages, args.seed)}
        print("\n" + table({name: measure(pages) for name, pages in made.items()}, LAYOUT))


if __name__ == "__main__":
    main()
