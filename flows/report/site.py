"""The folder of the report: one file a page, written only where it changed, so that a second build is quick."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from flows.report.marking import anchor_of
from flows.report.tables import CSV_COLUMNS, figure_rows
from flows.report.wording import both, days_text, figure_text
from warehouse.errors import UserError
from warehouse.storage.given import UnusableFileError, read_given

MENU = (
    ("start", "index.html"),
    ("all_figures_page", "figures.html"),
    ("indicators", "indicators.html"),
    ("regions", "regions.html"),
    ("people", "people.html"),
    ("organisations", "organisations.html"),
    ("articles", "articles.html"),
    ("quality", "quality.html"),
)
NOTES = ".report.json"
"""File in the report's folder that says what each page was made from and what was written."""
PER_PAGE = 25
"""Rows of a table on one page: on a phone, where each row is a card, still short enough to go through."""

_FOLDER = Path(__file__).parent


@dataclass(slots=True)
class Site:
    """The folder of the report while it is built.

    Attributes:
        output: Where it goes.
        kept: Digest of what each page was made from, by path, of the build before.
        made: The same of this build.
        was_wrote: Digest of the bytes of each file that the build before wrote: only these may be deleted.
        wrote: The same of this build.
        written: Pages that were written now.
        articles: Articles in it.
        not_drawn: Why printed pages could not be drawn, each a sentence.
    """

    output: Path
    kept: dict[str, str] = field(default_factory=dict)
    made: dict[str, str] = field(default_factory=dict)
    was_wrote: dict[str, str] = field(default_factory=dict)
    wrote: dict[str, str] = field(default_factory=dict)
    written: int = 0
    articles: int = 0
    not_drawn: list[str] = field(default_factory=list)
    folders: dict[Path, bool] = field(default_factory=dict)

    def is_fresh(self, path: str, *made_from: object) -> bool:
        """Says whether a page stands already as it would be made, and notes that it belongs to the site.

        Args:
            path: Path below the site's folder.
            *made_from: Everything it is made from.
        """
        digest = digest_of(design_digest(), *made_from)
        self.made[path] = digest
        if self.kept.get(path) != digest or not self._is_ours(path):
            return False
        self.wrote[path] = self.was_wrote[path]
        return True

    def draw(self, path: str, how: str, drawn: Callable[[], bytes]) -> None:
        """Puts a picture into the site, drawn only where it does not stand there yet as it would be.

        Args:
            path: Path below the site's folder, which names what is drawn.
            how: In which way it is drawn.
            drawn: Draws it; what it raises is the caller's.
        """
        digest = digest_of(how)
        if self.kept.get(path) == digest and self._is_ours(path):
            self.wrote[path] = self.was_wrote[path]
        else:
            self.write_bytes(path, drawn())
        self.made[path] = digest

    def page(self, path: str, template: str, heading: str | Markup, **values: Any) -> None:
        """Writes a page from its template where it changed.

        Args:
            path: Path below the site's folder.
            template: Name of the template.
            heading: What stands above it.
            **values: What the template asks for.
        """
        self.write(path, render(path, template, heading, **values))

    def write(self, path: str, text: str) -> None:
        """Writes a file where its text changed.

        Args:
            path: Path below the site's folder.
            text: The whole file.
        """
        self.write_bytes(path, text.encode())

    def write_bytes(self, path: str, data: bytes) -> None:
        """Writes a file where its bytes changed.

        Args:
            path: Path below the site's folder.
            data: The whole file.

        Raises:
            UserError: A link in the folder leads out of it.
        """
        digest = hashlib.sha256(data).hexdigest()
        self.made.setdefault(path, digest[:16])
        self.wrote[path] = digest
        target = self.output / path
        if not self._lies_below(target):
            raise UserError(f"{target} leads out of the report's folder: take the link away, or choose another folder.")
        if _digest_of_file(target) == digest:
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
        self.written += 1

    def keep_folder(self, start: str) -> None:
        """Keeps what the build before wrote into a folder, unchanged.

        Args:
            start: Beginning of the paths, with its slash.
        """
        self.made |= {path: made for path, made in self.kept.items() if path.startswith(start)}
        self.wrote |= {path: wrote for path, wrote in self.was_wrote.items() if path.startswith(start)}

    def finish(self) -> None:
        """Takes away pages that no longer belong to the site and notes what was built.

        A file is only taken away where it lies below the folder and is, byte for byte, what an earlier build wrote.
        """
        for path in self.was_wrote.keys() - self.wrote.keys():
            if self._is_ours(path):
                (self.output / path).unlink()
        notes = json.dumps({"made": self.made, "wrote": self.wrote}, ensure_ascii=False, sort_keys=True)
        (self.output / NOTES).write_text(notes, "utf-8")

    def _lies_below(self, target: Path) -> bool:
        """Says whether a file lies below the site's folder; each folder is followed once, for there are few."""
        if target.parent not in self.folders:
            self.folders[target.parent] = _is_below(target.parent, self.output) or target.parent == self.output
        try:
            return self.folders[target.parent] and not target.is_symlink() and ".." not in target.parts
        except (OSError, ValueError):  # no name that a file can have
            return False

    def _is_ours(self, path: str) -> bool:
        target = self.output / path
        return self._lies_below(target) and _digest_of_file(target) == self.was_wrote.get(path)


def _is_below(path: Path, folder: Path) -> bool:
    """Says whether a path lies below a folder once all links are followed, and is none itself."""
    try:
        return not path.is_symlink() and path.resolve().is_relative_to(folder.resolve()) and ".." not in path.parts
    except (OSError, ValueError):
        return False


def _digest_of_file(path: Path) -> str | None:
    try:
        return hashlib.sha256(read_given(path)).hexdigest()
    except (OSError, ValueError, UnusableFileError):
        return None


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


def render(path: str, template: str, heading: str | Markup, **values: Any) -> str:
    """Renders a page from its template.

    Args:
        path: Path below the site's folder.
        template: Name of the template.
        heading: What stands above it.
        **values: What the template asks for.
    """
    whole: dict[str, Any] = {"root": "../" * path.count("/"), "here": path, "heading": heading} | values
    whole.setdefault("menu_page", path)
    whole.setdefault("title", _plain(heading))
    return _engine().get_template(f"{template}.html.j2").render(whole)


def open_site(output: Path) -> Site:
    """Opens the folder of a report, made before or new, and puts the shared files there.

    Args:
        output: Where it goes.
    """
    output.mkdir(parents=True, exist_ok=True)
    shutil.copytree(_FOLDER / "assets", output / "assets", dirs_exist_ok=True)
    notes = _notes(output)
    return Site(output, kept=notes("made"), was_wrote=notes("wrote"))


def _notes(output: Path) -> Callable[[str], dict[str, str]]:
    """Reads what the build before noted; nothing of what is not as we write it, so that every page is made anew."""
    try:
        notes = json.loads(read_given(output / NOTES))
    except (OSError, ValueError, RecursionError, UnusableFileError):  # a new folder, or a build that was cut off
        notes = None

    def part(name: str) -> dict[str, str]:
        found = notes.get(name) if isinstance(notes, dict) else None
        return {k: v for k, v in found.items() if isinstance(v, str)} if isinstance(found, dict) else {}

    return part


@cache
def _engine() -> Environment:
    """Makes the templates ready; everything that comes from a page is escaped."""
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
