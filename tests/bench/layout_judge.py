"""Judges repair on pages in conventions that nothing was made on: `python -m tests.bench.layout_judge --seed N`.

With `--articles FOLDER …`, of `*.layout.json`, their articles stand on the pages too. Prints the scores, and by what an
article has how many were found whole and how many headlines are right; `--misses KIND` lists what came out wrong. The
figures of docs/layout.md come from a seed that nobody had looked at: take a new one to judge a change.
"""

from __future__ import annotations

import argparse
from collections import Counter
from pathlib import Path

from tests.bench.layout_borders import read_articles
from tests.bench.layout_measure import compared
from tests.bench.layout_pages import clean_articles
from tests.bench.layout_unseen import unseen_pages
from tests.score.reading import repaired
from tests.score.table import LAYOUT, table
from tests.score.tally import Tally


def main() -> None:
    """Prints the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, nargs="*", default=[])
    parser.add_argument("--pages", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", metavar="KIND", help="whole, headline, authors, paragraph …")
    args = parser.parse_args()
    sources = [*clean_articles(), *(article for folder in args.articles for article in read_articles(folder))]
    tally = Tally()
    n: Counter[tuple[str, str]] = Counter()
    for number, (raw, layout) in enumerate(unseen_pages(args.pages, args.seed, sources)):
        found = compared(raw, repaired(raw), layout)
        tally.take(found.tally)
        for article in layout["articles"]:
            for feature in article["features"]:
                n[feature, "articles"] += 1
                for thing, right in found.of_article[article["seq"]].items():
                    n.update({(feature, thing): right, (feature, f"all {thing}"): 1})
        for miss in found.misses:
            if args.misses and miss.kind.startswith(args.misses):
                print(number, miss.kind, miss.sentence, "|", miss.got, "|", miss.right)
    print(table({f"{args.pages} pages": tally}, LAYOUT))
    print("\n| | articles | found whole | headlines |\n|---|---|---|---|")
    for feature, count in sorted((f, c) for (f, thing), c in n.items() if thing == "articles"):
        shares = [f"{n[feature, t] / (n[feature, f'all {t}'] or 1):.2f}" for t in ("whole", "headline")]
        print(f"| {feature} | {count} | {shares[0]} | {shares[1]} |")


if __name__ == "__main__":
    main()
