"""The folder of the report: one file a page, written only where it changed, so that a second build is quick."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from flows.report.marking import anchor_of
from flows.report.tables import CSV_COLUMNS, figure_rows
from flows.report.wording import both, days_text, figure_text

MENU = (
    ("start", "index.html"),
    ("indicators", "indicators.html"),
    ("regions", "regions.html"),
    ("people", "people.html"),
    ("organisations", "organisations.html"),
    ("articles", "articles.html"),
    ("quality", "quality.html"),
)
PER_PAGE = 300
"""Rows of a table on one page: still quick to open, sort and filter on a phone."""

_FOLDER = Path(__file__).parent


@dataclass(slots=True)
class Site:
    """The folder of the report while it is built.

    Attributes:
        output: Where it goes.
        engine: The templates; everything that comes from a page is escaped.
        kept: Digest of what each page was made from, by path, of the build before.
        made: The same of this build.
        written: Pages that were written now.
        articles: Articles in it.
    """

    output: Path
    engine: Environment
    kept: dict[str, str] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    written: int = 0
    articles: int = 0

    def is_fresh(self, path: str, *made_from: object) -> bool:
        """Says whether a page stands already as it would be made, and notes that it belongs to the site.

        Args:
            path: Path below the site's folder.
            *made_from: Everything it is made from.
        """
        digest = digest_of(design_digest(), *made_from)
        self.made[path] = digest
        return self.kept.get(path) == digest and (self.output / path).is_file()

    def page(self, path: str, template: str, heading: str | Markup, **values: Any) -> None:
        """Writes a page from its template where it changed.

        Args:
            path: Path below the site's folder.
            template: Name of the template.
            heading: What stands above it.
            **values: What the template asks for.
        """
        whole: dict[str, Any] = {"root": "../" * path.count("/"), "here": path, "heading": heading} | values
        whole.setdefault("menu_page", path)
        whole.setdefault("title", _plain(heading))
        self.write(path, self.engine.get_template(f"{template}.html.j2").render(whole))

    def write(self, path: str, text: str) -> None:
        """Writes a file where its text changed.

        Args:
            path: Path below the site's folder.
            text: The whole file.
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


@dataclass(frozen=True, slots=True)
class Sheet:
    """One of the pages that a long table is split into.

    Attributes:
        path: Its file.
        rows: Its part of the table.
        others: All of them, as number and path.
        number: Which it is.
    """

    path: str
    rows: Sequence[Any]
    others: Sequence[tuple[int, str]]
    number: int


def sheets(path: str, rows: Sequence[Any]) -> list[Sheet]:
    """Splits a long table into pages: people.html, people-2.html and so on.

    Args:
        path: The first page's file.
        rows: The whole table.
    """
    stem = path.removesuffix(".html")
    count = max(1, -(-len(rows) // PER_PAGE))
    others = [(number, path if number == 1 else f"{stem}-{number}.html") for number in range(1, count + 1)]
    return [Sheet(own, rows[(n - 1) * PER_PAGE : n * PER_PAGE], others, n) for n, own in others]


def _plain(heading: str | Markup) -> str:
    """Gives a heading as the window's title: Chinese alone, without marks."""
    return Markup(re.sub('<span class="en">.*?</span>', "", heading)).striptags()


def open_site(output: Path) -> Site:
    """Opens the folder of a report, made before or new, and puts the shared files there.

    Args:
        output: Where it goes.
    """
    output.mkdir(parents=True, exist_ok=True)
    shutil.copytree(_FOLDER / "assets", output / "assets", dirs_exist_ok=True)
    try:
        kept = json.loads((output / ".report.json").read_text("utf-8"))
    except (OSError, ValueError):  # a new folder, or a build that was cut off: every page is made anew
        kept = {}
    return Site(output, _engine(), kept if isinstance(kept, dict) else {})


def _engine() -> Environment:
    engine = Environment(
        loader=PackageLoader("flows.report"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    engine.globals |= {
        "t": both,
        "anchor": anchor_of,
        "figure_text": figure_text,
        "figure_rows": figure_rows,
        "days": days_text,
        "menu": MENU,
        "csv_columns": CSV_COLUMNS,
    }
    return engine


def digest_of(*parts: object) -> str:
    """Digests what a page is made from.

    Args:
        *parts: Anything that JSON can hold, dates included.
    """
    return hashlib.sha256(json.dumps(parts, default=str, ensure_ascii=False).encode()).hexdigest()[:16]


@cache
def design_digest() -> str:
    """Digests the templates, words and code, so that a new design makes all pages stale."""
    files = [*sorted((_FOLDER / "templates").iterdir()), *sorted(_FOLDER.glob("*.py")), _FOLDER / "labels.csv"]
    return digest_of(*(path.read_text("utf-8") for path in files if path.is_file()))
