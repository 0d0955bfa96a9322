"""Annotated pages as sentences to train the tagger on.

What belongs here: reading `*.layout.json` with the names of `*.entities.jsonl`. What does not: corpora of other forms
and the training (`tagger`).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tasks.extraction.names.overlaps import Span
from tasks.learning.tagger_variants import Sentence
from tasks.reading import fold


def read_annotated_names(folder: Path) -> list[Sentence]:
    """Reads the paragraphs of annotated pages as they are read (folded), each with its names, doubtful ones too.

    A doubtful name may be found or left out, so it teaches where a name begins and ends.

    Args:
        folder: Holds `*.layout.json` and `*.entities.jsonl` (tests/gold/GUIDE.md), itself or in its `gold`.

    Raises:
        ValueError: There is none, or a name does not stand where its line says; names file and line.
    """
    folder = folder / "gold" if (folder / "gold").is_dir() else folder
    sentences: list[Sentence] = []
    for path in sorted(folder.glob("*.layout.json")):
        names = path.with_name(path.name.replace(".layout.json", ".entities.jsonl"))
        if names.is_file():
            sentences += _page(path, names)
    if not sentences:
        raise ValueError(f"{folder}: no annotated pages; give a folder with *.layout.json and *.entities.jsonl.")
    return sentences


def _page(layout: Path, names: Path) -> Iterator[Sentence]:
    articles = json.loads(layout.read_text("utf-8"))["articles"]
    texts = {(article["seq"], field): text for article in articles for field, text in _fields(article)}
    spans: dict[tuple[int, str], list[tuple[bool, Span]]] = {}
    for number, line in enumerate(names.read_text("utf-8").splitlines(), 1):
        row = json.loads(line)
        place = row["article"], row["field"]
        if texts.get(place, "")[row["start"] : row["end"]] != row["text"]:
            raise ValueError(f"{names}, line {number}: {row['text']!r} does not stand there; mend start and end.")
        spans.setdefault(place, []).append((not row["required"], Span(row["start"], row["end"], row["type"])))
    for place, text in texts.items():
        folded = fold(text)
        offsets = [folded.span(at, at + 1) for at in range(len(folded.text))]
        yield folded.text, tuple(_folded(spans.get(place, []), offsets))


def _fields(article: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for field in ("kicker", "headline", "byline"):
        if article.get(field):
            yield field, article[field]
    for n, text in enumerate(article.get("deck") or ()):
        yield f"deck:{n}", text
    for n, block in enumerate(article["blocks"]):
        yield f"block:{n}", block["text"]


def _folded(spans: list[tuple[bool, Span]], offsets: list[tuple[int, int]]) -> list[Span]:
    """Lays names onto the folded text; of two that overlap the sure one stays, then the longer one."""
    out: list[Span] = []
    for _, span in sorted(spans, key=lambda pair: (pair[0], pair[1].start - pair[1].end)):
        inside = [n for n, (start, end) in enumerate(offsets) if start >= span.start and end <= span.end]
        if inside and not any(inside[0] < other.end and other.start <= inside[-1] for other in out):
            out.append(Span(inside[0], inside[-1] + 1, span.type))
    return sorted(out)
