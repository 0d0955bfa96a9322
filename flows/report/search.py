"""Writes the report's search index: small files, of which a question loads only a few.

What can be found stands in `search/entries-N.js`, best first, articles with their text. Which entries hold a pair of
neighbouring characters stands in `search/pairs-N.js`; a question's pairs lead to the few entries that can hold it
(`assets/report.js`).
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise

from flows.report.site import Site, digest_of

Entry = tuple[str, str] | tuple[str, str, str]
"""What is found, the page it leads to, and for an article its text."""

PER_FILE = 250
PAIRS_PER_FILE = 12_000
MOST_FILES = 1024
COMMON = 20_000
"""A pair of more entries than these does not narrow the search, and is left out."""


def write_search_index(site: Site, entries: Sequence[Entry]) -> None:
    """Writes what can be searched, where it changed.

    Args:
        site: The report.
        entries: Everything that can be found, best first.
    """
    digest = digest_of(entries)
    if site.is_fresh("search/about.js", digest):
        site.keep_folder("search/")
        return
    for number in range(0, -(-len(entries) // PER_FILE)):
        chunk = [list(entry) for entry in entries[number * PER_FILE : (number + 1) * PER_FILE]]
        _write(site, f"entries-{number}", number, chunk)
    found = pairs_of(entries)
    files = min(MOST_FILES, 1 + sum(map(len, found.values())) // PAIRS_PER_FILE)
    buckets: list[dict[str, list[int]]] = [{} for _ in range(files)]
    for pair, numbers in found.items():
        buckets[bucket_of(pair, files)][pair] = list(_steps(numbers))
    for number, bucket in enumerate(buckets):
        _write(site, f"pairs-{number}", number, dict(sorted(bucket.items())))
    about = {"entries": len(entries), "perFile": PER_FILE, "files": files}
    site.write("search/about.js", f"broadsheetSearch('about', 0, {json.dumps(about)});\n")


def pairs_of(entries: Sequence[Entry]) -> dict[str, list[int]]:
    """Lists for each pair of neighbouring characters the entries that hold it; none where they are too many.

    Args:
        entries: Everything that can be found.

    >>> pairs_of([("槐荫区 GDP", "a.html"), ("历下区", "b.html")])["荫区"]
    [0]
    """
    found: dict[str, list[int]] = defaultdict(list)
    for number, (text, _, *more) in enumerate(entries):
        for pair in {one + two for part in (text, *more) for one, two in pairwise(squeezed(part))}:
            found[pair].append(number)
    return {pair: numbers if len(numbers) <= COMMON else [] for pair, numbers in found.items()}


def squeezed(text: str) -> str:
    """Writes a text as it is compared: lower case, no white space. The page's script does the same."""
    return "".join(text.lower().split())


def bucket_of(pair: str, files: int) -> int:
    """Says in which file a pair stands. The page's script does the same."""
    return (ord(pair[0]) * 31 + ord(pair[1])) % files


def _steps(numbers: Sequence[int]) -> Iterator[int]:
    before = 0
    for number in numbers:
        yield number - before
        before = number


def _write(site: Site, name: str, number: int, body: object) -> None:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    kind = name.split("-")[0]
    site.write(f"search/{name}.js", f"broadsheetSearch('{kind}', {number}, {text});\n")
