"""The folder of the report: one file a page, written only where it changed, so that a second build is quick."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from markupsafe import Markup

from flows.report.journal import JOURNAL, PART, drop_parts, hold, note_begun, read_begun
from flows.report.notes import (
    FOLDER,
    LINK,
    NOTES,
    Notes,
    design_digest,
    digest_of,
    digest_of_file,
    is_below,
    look_of,
    read_notes,
)
from flows.report.rendering import render
from warehouse.errors import UserError


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
        begun: Digests of what a build before was about to write that did not come to its end, by path.
        held: The folder, open so that no other build gets in; None where another process sees to that.
    """

    output: Path
    before: Notes = field(default_factory=Notes)
    now: Notes = field(default_factory=Notes)
    written: int = 0
    articles: int = 0
    not_drawn: list[str] = field(default_factory=list)
    begun: dict[str, set[str]] = field(default_factory=dict)
    held: int | None = None
    _made: set[str] = field(default_factory=set)
    _below: dict[str, bool] = field(default_factory=dict)
    _by_folder: dict[str, list[str]] | None = None
    _place: str = ""

    def __post_init__(self) -> None:
        """Writes the folder's path once: a Path writes itself anew for each file."""
        self._place = str(self.output)

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
        return self.before.made.get(path) == digest and self._keep((path,))

    def is_fresh_folder(self, folder: str, *made_from: object) -> bool:
        """Says whether all files of a folder stand already as they would be made, and notes that they belong here.

        Args:
            folder: Path below the site's folder, with a slash at the end.
            *made_from: Everything they are made from.
        """
        if self._by_folder is None:
            self._by_folder = defaultdict(list)
            for path in self.before.wrote:
                self._by_folder[path.rpartition("/")[0] + "/"].append(path)
        own = self._by_folder.get(folder, [])
        return self.are_fresh(folder, own, *made_from) and bool(own)

    def are_fresh(self, group: str, paths: Sequence[str], *made_from: object) -> bool:
        """Says whether all of a group of files stand already as they would be made, and notes that they belong here.

        Args:
            group: Its name, with a slash at the end.
            paths: The files, below the site's folder.
            *made_from: Everything they are made from.
        """
        digest = self.now.made[group] = digest_of(design_digest(), *made_from)
        if self.before.made.get(group) != digest or not self._keep(paths):
            return False
        self.now.made |= {path: self.before.made.get(path, "") for path in paths}
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
        look = self._look_below(path)
        if look is LINK:
            raise UserError(
                f"{self.output / path} leads out of the report's folder: take the link away, or choose another folder."
            )
        target = f"{self._place}/{path}"
        if self._holds(path, digest, look):
            self.now.seen[path] = look or ""
            return
        self._make_folder(path.rpartition("/")[0])
        note_begun(self._place, path, digest)
        self._put(target, data)
        self.written += 1
        self.now.seen[path] = look_of(target) or ""

    def _put(self, target: str, data: bytes) -> None:
        """Puts a file in its place once it is whole, so that none is ever seen or left half written."""
        part = f"{self._place}/{PART}{os.getpid()}"
        try:
            with open(part, "wb") as file:  # noqa: PTH123  a Path costs as much as the writing
                file.write(data)
            os.replace(part, target)  # noqa: PTH105
        except BaseException:  # a full disk
            Path(part).unlink(missing_ok=True)
            raise

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
        for path in (self.before.wrote.keys() | self.begun.keys()) - self.now.wrote.keys():
            ours = {self.before.wrote.get(path), *self.begun.get(path, ())} - {None}
            if self._look_below(path) is not LINK and digest_of_file(self.output / path) in ours:
                (self.output / path).unlink()
                self._drop_empty(path.rpartition("/")[0])
        noted = {"made": self.now.made, "wrote": self.now.wrote, "seen": self.now.seen}
        self._put(f"{self._place}/{NOTES}", json.dumps(noted, ensure_ascii=False, sort_keys=True).encode())
        (self.output / JOURNAL).unlink(missing_ok=True)
        self.close()

    def close(self) -> None:
        """Lets other builds into the folder."""
        if self.held is not None:
            os.close(self.held)
            self.held = None

    def _drop_empty(self, folder: str) -> None:
        """Takes away a folder whose last file went, and those above it that held nothing else."""
        while folder:
            try:
                (self.output / folder).rmdir()
            except OSError:  # something is in it
                return
            folder = folder.rpartition("/")[0]

    def _keep(self, paths: Iterable[str]) -> bool:
        """Notes that files belong to the site which stand as the build before wrote them; False where one does not."""
        for path in paths:
            digest = self.before.wrote.get(path)
            if digest is None:
                return False
            look = self._look_below(path)
            if look is None or look is LINK or not self._holds(path, digest, look):
                return False
            self.now.wrote[path] = digest
            self.now.seen[path] = look
        return True

    def _holds(self, path: str, digest: str, look: str | None) -> bool:
        """Says whether a file holds what has this digest; read only where it looks otherwise than as it was written."""
        if look is None:
            return False
        if self.before.seen.get(path) == look and path in self.before.wrote:
            return self.before.wrote[path] == digest
        return digest_of_file(self.output / path) == digest

    def _look_below(self, path: str) -> str | None:
        """Gives the look of a file, or says that it is a link; so of one that does not lie below the site's folder.

        Each folder is followed once, for there are few.
        """
        folder, _, name = path.rpartition("/")
        try:
            if folder not in self._below:
                place = self.output / folder
                self._below[folder] = is_below(place, self.output) or place == self.output
        except (OSError, ValueError):  # no name that a folder can have
            return LINK
        return look_of(f"{self._place}/{path}") if self._below[folder] and name not in ("", "..") else LINK


def open_site(output: Path) -> Site:
    """Opens the folder of a report, made before or new, and puts the shared files there.

    Args:
        output: Where it goes.

    Raises:
        UserError: It is a file, or lies below one.
        EnvironmentProblem: Another report is being written there.
    """
    try:
        output.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError):
        raise UserError(f"{output} is a file or lies below one: name a folder to write the report into.") from None
    held = hold(output)
    drop_parts(output)
    shutil.copytree(FOLDER / "assets", output / "assets", dirs_exist_ok=True)
    return Site(output, before=read_notes(output), begun=read_begun(output), held=held)
