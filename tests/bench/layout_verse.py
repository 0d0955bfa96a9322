"""Fits `tasks/lexicon/verse_evidence.csv` on pages laid out at random: `python -m tests.bench.layout_verse`.

A logistic regression on the rows of short lines of pages that `layout_unkind` lays out from our annotated articles, and
of the FOLDERs of `--articles`, with verses of our own between them; a third of the pages is kept apart, and what the
weights tell there is printed to standard error. Seed 1.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tasks.repair.asides import take_asides
from tasks.repair.lines import column_edges, read_sheet
from tasks.repair.verse import short_rows
from tests.bench.layout_borders import print_weights, read_articles
from tests.bench.layout_edits import COUPLETS, VERSES
from tests.bench.layout_pages import clean_articles
from tests.bench.layout_unkind import unkind_pages


def samples(pages: Sequence[tuple[str, dict[str, Any]]]) -> Iterator[tuple[dict[str, float], bool]]:
    """Gives the evidence of each row of short lines on pages, and whether it is verse."""
    known = {*VERSES, *COUPLETS}
    for raw, _ in pages:
        lines, _ = take_asides(read_sheet(raw))
        for row in short_rows(lines, list(map(max, *column_edges(lines)))):
            verses = sum(lines[i].text.rstrip("，。") in known or lines[i].text in known for i in row.lines)
            yield dict.fromkeys(row.keys, 1.0), 2 * verses > len(row.lines)


def main() -> None:
    """Prints the table with fitted weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, nargs="*", default=[])
    parser.add_argument("--pages", type=int, default=5000)
    args = parser.parse_args()
    sources = [*clean_articles(), *(article for folder in args.articles for article in read_articles(folder))]
    made = list(samples(unkind_pages(args.pages, 1, sources)))
    kept = list(samples(unkind_pages(args.pages // 3, 2, sources)))
    weights = print_weights("verse_evidence", made)
    told = [(weights["always"] + sum(weights.get(key, 0.0) for key in keys) > 0, verse) for keys, verse in kept]
    found, wrong = sum(a and b for a, b in told), sum(a and not b for a, b in told)
    print(f"{len(told)} rows kept apart: {found} of verse found, {sum(b for _, b in told) - found} missed, "
          f"{wrong} wrong", file=sys.stderr)  # fmt: skip


if __name__ == "__main__":
    main()
