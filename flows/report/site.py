"""The folder of the report: one file a page, written only where it changed, so that a second build is quick."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import stat
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from markupsafe import Markup

import warehouse
from flows.report.rendering import render
from flows.telling import excerpts
from warehouse.errors import UserError
from warehouse.storage.given import UnusableFileError, read_given

NOTES = ".report.json"
"""File in the report's folder that says what each page was made from and what was written."""

_FOLDER = Path(__file__).parent
_WAREHOUSE = Path(warehouse.__file__).parent
_LINK = "a link"
_ENCODER = json.JSONEncoder(default=str, ensure_ascii=False)


@dataclass(slots=True)
class Notes:
    """What is known of a build's files, by path.

    Attributes:
        made: Digest of what each page was made from; of a folder, under its name with a slash at the end.
        wrote: Digest of the bytes of each file: only a file that is still as an earlier build wrote it may be deleted.
        seen: Size and time of change of each file when it was written: one that looks the same is not read again.
    """

    made: dict[str, str] = field(default_factory=dict)
    wrote: dict[str, str] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Site:
    """The folder of the report while it is built.

    Attributes:
        output: Where it goes.
        before: What the build before noted.
        now: The same of this build.
        written: Files that were written now.
        articles: Articles in it.
        not_drawn: Why printed pages could not be drawn, each a sentence.
    """

    output: Path
    before: Notes = field(default_factory=Notes)
    now: Notes = field(default_factory=Notes)
    written: int = 0
    articles: int = 0
    not_drawn: list[str] = field(default_factory=list)
    _made: set[str] = field(default_factory=set)
    _below: dict[str, bool] = field(default_factory=dict)
    _by_folder: dict[str, list[str]] | None = None

    @property
    def made(self) -> dict[str, str]:
        """Digest of what each file of this build was made from, by path."""
        return {path: made for path, made in self.now.made.items() if not path.endswith("/")}

    def is_fresh(self, path: str, *made_from: object) -> bool:
        """Says whether a page stands already as it would be made, and notes that it belongs to the site.

        Args:
            path: Path below the site's folder.
            *made_from: Everything it is made from.
        """
        digest = self.now.made[path] = digest_of(design_digest(), *made_from)
        return self.before.made.get(path) == digest and self._keep([path])

    def is_fresh_folder(self, folder: str, *made_from: object) -> bool:
        """Says whether all files of a folder stand already as they would be made, and notes that they belong here.

        Args:
            folder: Path below the site's folder, with a slash at the end.
            *made_from: Everything they are made from.
        """
        digest = self.now.made[folder] = digest_of(design_digest(), *made_from)
        if self.before.made.get(folder) != digest:
            return False
        if self._by_folder is None:
            self._by_folder = defaultdict(list)
            for path in self.before.wrote:
                self._by_folder[path.rpartition("/")[0] + "/"].append(path)
        own = self._by_folder.get(folder, [])
        if not own or not self._keep(own):
            return False
        self.now.made |= {path: self.before.made.get(path, "") for path in own}
        return True

    def draw(self, path: str, how: str, drawn: Callable[[], bytes]) -> None:
        """Puts a picture into the site, drawn only where it does not stand there yet as it would be.

        Args:
            path: Path below the site's folder, which names what is drawn.
            how: In which way it is drawn.
            drawn: Draws it; what it raises is the caller's.
        """
        digest = digest_of(how)
        if self.before.made.get(path) != digest or not self._keep([path]):
            self.write_bytes(path, drawn())
        self.now.made[path] = digest

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
        self.now.made.setdefault(path, digest[:16])
        self.now.wrote[path] = digest
        if not self._lies_below(path):
            raise UserError(
                f"{self.output / path} leads out of the report's folder: take the link away, or choose another folder."
            )
        target = f"{self.output}/{path}"
        if not self._holds(path, digest):
            self._make_folder(path.rpartition("/")[0])
            with open(target, "wb") as file:  # noqa: PTH123  a Path costs as much as the writing
                file.write(data)
            self.written += 1
        self.now.seen[path] = _look_of(target) or ""

    def _make_folder(self, folder: str) -> None:
        if folder not in self._made:
            (self.output / folder).mkdir(parents=True, exist_ok=True)
            self._made.add(folder)

    def take_over(self, notes: Notes, written: int) -> None:
        """Notes what another process wrote into the folder.

        Args:
            notes: Its notes.
            written: Files that it wrote.
        """
        self.now.made = notes.made | self.now.made
        self.now.wrote |= notes.wrote
        self.now.seen |= notes.seen
        self.written += written

    def finish(self) -> None:
        """Takes away pages that no longer belong to the site and notes what was built.

        A file is only taken away where it lies below the folder and is, byte for byte, what an earlier build wrote.
        """
        for path in self.before.wrote.keys() - self.now.wrote.keys():
            if self._lies_below(path) and _digest_of_file(self.output / path) == self.before.wrote[path]:
                (self.output / path).unlink()
        noted = {"made": self.now.made, "wrote": self.now.wrote, "seen": self.now.seen}
        (self.output / NOTES).write_text(json.dumps(noted, ensure_ascii=False, sort_keys=True), "utf-8")

    def _keep(self, paths: Iterable[str]) -> bool:
        """Notes that files belong to the site which stand as the build before wrote them; False where one does not."""
        for path in paths:
            digest = self.before.wrote.get(path)
            if digest is None or not self._lies_below(path) or not self._holds(path, digest):
                return False
            self.now.wrote[path] = digest
            self.now.seen[path] = self.before.seen.get(path) or _look_of(self.output / path) or ""
        return True

    def _holds(self, path: str, digest: str) -> bool:
        """Says whether a file holds what has this digest; read only where it looks otherwise than as it was written."""
        target = f"{self.output}/{path}"
        look = _look_of(target)
        if look is None:
            return False
        if self.before.wrote.get(path) == digest and self.before.seen.get(path) == look:
            return True
        self.before.seen.pop(path, None)
        return _digest_of_file(Path(target)) == digest

    def _lies_below(self, path: str) -> bool:
        """Says whether a file lies below the site's folder; each folder is followed once, for there are few."""
        folder, _, name = path.rpartition("/")
        try:
            if folder not in self._below:
                place = self.output / folder
                self._below[folder] = _is_below(place, self.output) or place == self.output
            return self._below[folder] and name not in ("", "..") and _look_of(f"{self.output}/{path}") != _LINK
        except (OSError, ValueError):  # no name that a file can have
            return False


def _is_below(path: Path, folder: Path) -> bool:
    """Says whether a path lies below a folder once all links are followed, and is none itself."""
    try:
        return not path.is_symlink() and path.resolve().is_relative_to(folder.resolve()) and ".." not in path.parts
    except (OSError, ValueError):
        return False


def _look_of(path: Path | str) -> str | None:
    """Gives size and time of change of a file; None where there is none. Of a link it says that it is one."""
    try:
        found = os.lstat(path)
    except (OSError, ValueError):
        return None
    if stat.S_ISLNK(found.st_mode):
        return _LINK
    return f"{found.st_size} {found.st_mtime_ns}" if stat.S_ISREG(found.st_mode) else None


def _digest_of_file(path: Path) -> str | None:
    try:
        return hashlib.sha256(read_given(path)).hexdigest()
    except (OSError, ValueError, UnusableFileError):
        return None


def open_site(output: Path) -> Site:
    """Opens the folder of a report, made before or new, and puts the shared files there.

    Args:
        output: Where it goes.
    """
    output.mkdir(parents=True, exist_ok=True)
    shutil.copytree(_FOLDER / "assets", output / "assets", dirs_exist_ok=True)
    return Site(output, before=_notes(output))


def _notes(output: Path) -> Notes:
    """Reads what the build before noted; nothing of what is not as we write it, so that every page is made anew."""
    try:
        notes = json.loads(read_given(output / NOTES))
    except (OSError, ValueError, RecursionError, UnusableFileError):  # a new folder, or a build that was cut off
        notes = None

    def part(name: str) -> dict[str, str]:
        found = notes.get(name) if isinstance(notes, dict) else None
        return {k: v for k, v in found.items() if isinstance(v, str)} if isinstance(found, dict) else {}

    return Notes(part("made"), part("wrote"), part("seen"))


def digest_of(*parts: object) -> str:
    """Digests what a page is made from.

    Args:
        *parts: Anything that JSON can hold, dates included.
    """
    return hashlib.sha256(_ENCODER.encode(parts).encode()).hexdigest()[:16]


@cache
def design_digest() -> str:
    """Digests the templates, words, queries and code, so that a new design makes all pages stale."""
    asked = [
        path for folder in ("report", "views", "macros") for path in sorted((_WAREHOUSE / "sql" / folder).iterdir())
    ]
    code = [*_FOLDER.glob("*.py"), *(_WAREHOUSE / "report").glob("*.py"), Path(excerpts.__file__)]
    files = [*sorted((_FOLDER / "templates").iterdir()), *sorted(code), _FOLDER / "labels.csv", *asked]
    return digest_of(*(path.read_text("utf-8") for path in files if path.is_file()))
