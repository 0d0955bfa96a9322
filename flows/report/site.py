"""Builds the report: one file a page, written only where it changed, so that a second build is quick."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from flows.report.marking import anchor_of
from flows.report.wording import both, figure_text, labels

MENU = (
    ("start", "index.html"),
    ("indicators", "indicators.html"),
    ("regions", "regions.html"),
    ("people", "people.html"),
    ("organisations", "organisations.html"),
    ("quality", "quality.html"),
)
_FOLDER = Path(__file__).parent
_SEARCH_CHUNK = 4_000


@dataclass(slots=True)
class Site:
    """The folder of the report while it is built.

    Attributes:
        output: Where it goes.
        kept: Digest of what each page was made from, by path, of the build before.
        made: The same of this build.
        written: Pages that were written now.
    """

    output: Path
    kept: dict[str, str] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    written: int = 0

    def is_fresh(self, path: str, made_from: str) -> bool:
        """Says whether a page stands already as it would be made, and notes that it belongs to the site.

        Args:
            path: Path below the site's folder.
            made_from: Digest of everything it is made from.
        """
        self.made[path] = made_from
        return self.kept.get(path) == made_from and (self.output / path).is_file()

    def write(self, path: str, text: str) -> None:
        """Writes a page where its text changed.

        Args:
            path: Path below the site's folder.
            text: The page.
        """
        self.made.setdefault(path, digest_of(text))
        target = self.output / path
        if target.is_file() and target.read_text("utf-8") == text:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8")
        self.written += 1

    def finish(self) -> None:
        """Takes away pages that no longer belong to the site and notes what was built."""
        for path in set(self.kept) - set(self.made):
            (self.output / path).unlink(missing_ok=True)
        notes = json.dumps(self.made, ensure_ascii=False, sort_keys=True)
        (self.output / ".report.json").write_text(notes, "utf-8")


def open_site(output: Path) -> Site:
    """Opens the folder of a report, made before or new, and puts the shared files there.

    Args:
        output: Where it goes.
    """
    output.mkdir(parents=True, exist_ok=True)
    shutil.copytree(_FOLDER / "assets", output / "assets", dirs_exist_ok=True)
    notes = output / ".report.json"
    return Site(output, json.loads(notes.read_text("utf-8")) if notes.is_file() else {})


def page_writer() -> Environment:
    """Makes the template engine; everything that comes from a page is escaped."""
    engine = Environment(
        loader=PackageLoader("flows.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    engine.globals |= {"both": both, "anchor": anchor_of, "figure_text": figure_text, "menu": MENU, "labels": labels}
    return engine


def digest_of(*parts: object) -> str:
    """Digests what a page is made from.

    Args:
        *parts: Anything that JSON can hold, dates included.
    """
    return hashlib.sha256(json.dumps(parts, default=str, ensure_ascii=False).encode()).hexdigest()[:16]


def templates_digest() -> str:
    """Digests the templates and words, so that a new design makes all pages stale."""
    files = [*sorted((_FOLDER / "templates").iterdir()), *sorted(_FOLDER.glob("*.py")), _FOLDER / "labels.csv"]
    return digest_of(*(path.read_text("utf-8") for path in files if path.is_file()))


def write_search_index(site: Site, entries: Iterable[tuple[str, str]]) -> None:
    """Writes what can be searched, in files small enough to be loaded while the reader types.

    Args:
        site: The report.
        entries: Text and page.
    """
    everything = list(entries)
    chunks = list(_chunked(everything, _SEARCH_CHUNK)) or [[]]
    for number, chunk in enumerate(chunks):
        body = json.dumps(chunk, ensure_ascii=False).replace("</", "<\\/")
        site.write(f"search/{number}.js", f"broadsheetIndex({len(chunks)}, {body});\n")


def _chunked(entries: list[Any], size: int) -> Iterator[list[Any]]:
    for start in range(0, len(entries), size):
        yield entries[start : start + size]
