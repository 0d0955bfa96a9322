"""The annotated pages: those of the project, and any folder that holds `raw/` and `gold/`.

What belongs here: finding and reading them. What does not: comparing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent.parent
GOLD = PROJECT / "tests" / "gold"

Row = dict[str, Any]


@dataclass(frozen=True)
class Sample:
    """One annotated page.

    Attributes:
        group: What its scores are summed under: `press`, `read n` …
        name: Of the document.
        raw: The page's file.
        gold: The folder of its annotations.
        layout_only: Whether figures and names are not annotated (in files that are empty in the whole folder).
    """

    group: str
    name: str
    raw: Path
    gold: Path
    layout_only: bool = False

    def layout(self) -> Row:
        """Reads its paragraphs, articles and furniture."""
        return dict(json.loads((self.gold / f"{self.name}.layout.json").read_text("utf-8")))

    def figures(self) -> list[Row] | None:
        """Reads its figures; None where only its layout is annotated."""
        return self._lines("metrics")

    def names(self) -> list[Row] | None:
        """Reads its names; None where only its layout is annotated."""
        return self._lines("entities")

    def _lines(self, kind: str) -> list[Row] | None:
        if self.layout_only:
            return None
        path = self.gold / f"{self.name}.{kind}.jsonl"
        return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def project_samples() -> list[Sample]:
    """Gives the annotated pages of the project: two seed pages, the press articles, and the same laid out as pages."""
    return [
        *_samples("seeds", PROJECT / "seeds", GOLD / "seeds"),
        *_samples("press", GOLD / "press" / "raw", GOLD / "press" / "gold"),
        *_samples("pages", GOLD / "pages" / "raw", GOLD / "pages" / "gold"),
    ]


def folder_samples(folders: Sequence[Path]) -> list[Sample]:
    """Gives the annotated pages of some folders, each with `raw/` and `gold/`, grouped by genre.

    A genre is the letters that a document's name begins with.

    Raises:
        FileNotFoundError: A folder holds no annotated pages, in a sentence.
    """
    found: list[Sample] = []
    for folder in folders:
        own = list(_samples("", folder / "raw", folder / "gold"))
        if not own:
            raise FileNotFoundError(
                f"{folder} holds no annotated pages: give a folder with raw/*.txt and gold/*.layout.json."
            )
        title = folder.resolve().name
        for sample in own:
            genre = re.match(r"[a-z]*", sample.name)
            letters = genre.group() if genre else ""
            found.append(replace(sample, group=f"{title} {letters}".strip()))
    return found


def _samples(group: str, raw: Path, gold: Path) -> Iterator[Sample]:
    pages = sorted(raw.glob("*.txt")) if raw.is_dir() else []
    layout_only = not any(path.stat().st_size for path in gold.glob("*.metrics.jsonl"))
    for path in sorted(gold.glob("*.layout.json")):
        name = path.name.removesuffix(".layout.json")
        page = next((p for p in pages if p.name.startswith(name)), None)
        if page is not None:
            yield Sample(group, name, page, gold, layout_only)
