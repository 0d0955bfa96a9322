"""Writes the report's search index: small files, of which a question loads only a few.

Each block of documents has its own: what can be found stands in `search/BLOCK/entries-N.js`, articles with their text
and figures. Which entries hold a pair of neighbouring characters stands in `search/BLOCK/pairs-N.js`; a question's
pairs lead to the few entries that can hold it (`assets/report.js`). Names stand in a block of their own, the first.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from flows.report.marking import anchor_of
from flows.report.site import Site
from flows.report.wording import figure_text

Row = dict[str, Any]
Entry = tuple[str, str] | tuple[str, str, str, list[tuple[str, str]]]
"""What is found and the page it leads to; of an article, its text, and its figures with their places on the page."""

NAMES = "names"
PER_FILE = 40
PAIRS_PER_FILE = 6_000
MOST_FILES = 256
_NOT_SHOWN = ("headline",)
_BREAK = "\ue000"
"""Stands between the parts of an entry while it is squeezed; afterwards a newline, which no squeezed text holds."""

_NEWLINE = ord("\n")

_LAST = (1 << 21) - 1
"""The bits of one character, which is the last of a pair, or of an entry's number."""


def write_search_index(site: Site, names: Sequence[Entry], blocks: Sequence[str]) -> None:
    """Writes the names that can be searched, where they changed, and which blocks there are.

    Args:
        site: The report, with all of its blocks written.
        names: Everything that can be found beside articles, best first.
        blocks: Names of the blocks of articles, newest first.
    """
    if not site.is_fresh_folder(f"search/{NAMES}/", names):
        write_shard(site, NAMES, names)
    sizes: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for path in site.now.wrote:
        kind, _, rest = path.partition("/")
        if kind == "search" and "/" in rest:
            block, _, name = rest.partition("/")
            sizes[block][name.startswith("pairs-")] += 1
    about = {"perFile": PER_FILE, "blocks": [[block, *sizes[block]] for block in (NAMES, *blocks) if sizes[block][0]]}
    site.write("search/about.js", f"broadsheetSearch('about', '', 0, {json.dumps(about)});\n")


def article_entries(
    heads: Sequence[Row], paragraphs: Mapping[str, Sequence[Row]], figures: Mapping[str, Sequence[Row]]
) -> list[Entry]:
    """Lists what is found of articles: headline, what is printed above, text, figures with indicator and subject.

    Args:
        heads: The articles.
        paragraphs: The paragraphs of each.
        figures: The figures of each.
    """
    return [
        (
            head["headline"] or "",
            f"articles/{head['article_id']}.html",
            "\n".join(p["text"] for p in paragraphs.get(head["article_id"], ()) if p["role"] not in _NOT_SHOWN),
            [
                (_words(figure), anchor_of(figure["metric_id"]))
                for figure in figures.get(head["article_id"], ())
                if figure["indicator"] and figure["subject"]
            ],
        )
        for head in heads
    ]


def _words(figure: Row) -> str:
    full = figure["indicator_name"] if figure["indicator_name"] != figure["indicator"] else None
    words = (figure["subject"], figure["indicator"], full, figure["period"], figure_text(figure))
    return " ".join(word for word in words if word)


def write_shard(site: Site, block: str, entries: Sequence[Entry]) -> None:
    """Writes what can be searched of a block.

    Args:
        site: The report.
        block: Its name.
        entries: Everything that can be found in it, best first.
    """
    for number in range(-(-len(entries) // PER_FILE)):
        _write(site, block, "entries", number, entries[number * PER_FILE : (number + 1) * PER_FILE])
    found = pairs_of(entries)
    files = min(MOST_FILES, 1 + sum(map(len, found.values())) // PAIRS_PER_FILE)
    buckets: list[dict[str, list[int]]] = [{} for _ in range(files)]
    for pair, entries_of_pair in found.items():
        buckets[bucket_of(pair, files)][pair] = entries_of_pair
    for number, bucket in enumerate(buckets):
        _write(site, block, "pairs", number, bucket)


def pairs_of(entries: Sequence[Entry]) -> dict[str, list[int]]:
    """Lists for each pair of neighbouring characters the entries that hold it, in the order of the pairs.

    Args:
        entries: Everything that can be found.

    >>> pairs_of([("槐荫区 GDP", "a.html"), ("历下区", "b.html")])["荫区"]
    [0]
    """
    texts = [squeezed(_BREAK.join(_parts(entry))).replace(_BREAK, "\n") for entry in entries]
    codes = np.frombuffer("\n".join([*texts, ""]).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
    owners = np.repeat(np.arange(len(texts), dtype=np.uint64), [len(text) + 1 for text in texts])
    inside = (codes[:-1] != _NEWLINE) & (codes[1:] != _NEWLINE)
    held = np.sort((codes[:-1] << 42 | codes[1:] << 21 | owners[:-1])[inside])
    held = held[_firsts(held)]  # as np.unique, which takes thirty times as long
    numbers, pairs = (held & _LAST).tolist(), held >> 21
    starts = np.flatnonzero(_firsts(pairs))
    reaches = zip(pairwise([*starts.tolist(), len(numbers)]), pairs[starts].tolist(), strict=True)
    return {chr(code >> 21) + chr(code & _LAST): numbers[start:end] for (start, end), code in reaches}


def _firsts(values: Any) -> Any:
    """Marks in sorted values the first of each run of equal ones."""
    return np.append(np.ones(min(len(values), 1), bool), values[1:] != values[:-1])


def _parts(entry: Entry) -> list[str]:
    return [entry[0]] if len(entry) == 2 else [entry[0], entry[2], *(words for words, _ in entry[3])]


def squeezed(text: str) -> str:
    """Writes a text as it is compared: lower case, no white space. The page's script does the same."""
    return "".join(text.lower().split())


def bucket_of(pair: str, files: int) -> int:
    """Says in which file a pair stands. The page's script does the same."""
    return (ord(pair[0]) * 31 + ord(pair[1])) % files


def _write(site: Site, block: str, kind: str, number: int, body: object) -> None:
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    call = f"broadsheetSearch('{kind}', {json.dumps(block)}, {number}, {text});\n"
    site.write(f"search/{block}/{kind}-{number}.js", call)
