"""Draws the printed page of a document that came out of a PDF, as the file lies where it was loaded from.

What belongs here: finding that file, in an archive or a bucket too. What does not: drawing (`tasks/opening/picture`).
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Mapping
from pathlib import Path
from tempfile import mkdtemp
from types import TracebackType
from typing import Any

from flows.ingest.writing import fetch_raw
from flows.settings import settings
from tasks.opening.kinds import HEAD, kind_of
from tasks.opening.opener import Opener
from tasks.raw import raw_record
from tasks.staging.objects import SCHEME, fetched_object
from warehouse.errors import UserError
from warehouse.storage.folder import DataFolder
from warehouse.storage.given import open_given

_ARCHIVES = ("zip", "tar", "gzip")


class PagePictures:
    """Draws pages one after another; a file is looked at, and an archive unpacked, once for all its pages.

    Pages of one file should come together: of archives only the last is kept unpacked.
    """

    def __init__(self, folder: DataFolder) -> None:
        self._folder = folder
        self._opener = Opener()
        self._place = Path(mkdtemp(prefix="broadsheet-pictures-"))
        self._outer = ""
        self._unpacked: dict[Path, dict[str, Path]] = {}
        self._digests: dict[Path, str] = {}

    def __enter__(self) -> PagePictures:
        """Gives itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Ends the drawing process, and takes away what was unpacked."""
        self._opener.close()
        shutil.rmtree(self._place, ignore_errors=True)

    def draw(self, document: Mapping[str, Any]) -> bytes:
        """Draws a document's page as WebP of at most 1.5 MB and 4 million pixels.

        Args:
            document: Its row of `documents`.

        Raises:
            UserError: It is no page of a PDF, or the file is gone or another one now.
        """
        fetch_raw(self._folder, settings().lake, document["document_id"])
        record = raw_record(self._folder, document["document_id"])
        if record is None or record.kind != "pdf" or record.page is None:
            raise UserError(f"{document['document_id']} is no page of a PDF: only such a page has a picture.")
        key = document["source_key"].removesuffix(f"#{record.page}")
        path = self._found(key)
        if path is None or self._digest(path) != record.file:
            raise UserError(f"{key} is gone, or holds another file than the one that was loaded: put that one back.")
        found, *_ = self._opener.open(path, "picture", str(record.page), self._place)
        if found.data is None:
            raise UserError(f"{key}: {found.problem}")
        return found.data

    def _found(self, key: str) -> Path | None:
        """Finds the file of a source: where it lies, in the copy of a bucket, in an archive within an archive."""
        for outer, inside in _ways_to_split(key):
            if outer.startswith(SCHEME):
                path = fetched_object(outer, self._folder)
            else:
                path = Path(outer) if Path(outer).is_file() else None
            if path is not None:
                if outer != self._outer:
                    self._forget(outer)
                return self._within(path, inside)
        return None

    def _forget(self, outer: str) -> None:
        for place in self._place.iterdir():
            shutil.rmtree(place, ignore_errors=True)
        self._unpacked, self._digests, self._outer = {}, {}, outer

    def _within(self, path: Path, inside: str) -> Path | None:
        if not inside:
            return path
        members = self._members(path)
        for name, rest in _ways_to_split(inside):
            if name in members:
                return self._within(members[name], rest)
        return None

    def _members(self, path: Path) -> dict[str, Path]:
        if path not in self._unpacked:
            with open_given(path) as handle:
                kind = kind_of(handle.read(HEAD))
            place = self._place / str(len(self._unpacked))
            place.mkdir()
            found = self._opener.open(path, kind, "", place) if isinstance(kind, str) and kind in _ARCHIVES else ()
            self._unpacked[path] = {part.name: part.path for part in found if part.name and part.path}
        return self._unpacked[path]

    def _digest(self, path: Path) -> str:
        if path not in self._digests:
            with open_given(path) as handle:
                self._digests[path] = hashlib.file_digest(handle, "sha256").hexdigest()
        return self._digests[path]


def _ways_to_split(key: str) -> list[tuple[str, str]]:
    """Gives what may be a file's name, the shortest first, and what stands behind it.

    >>> _ways_to_split("/in/pack.zip#a/b.pdf")
    [('/in/pack.zip', 'a/b.pdf'), ('/in/pack.zip#a/b.pdf', '')]
    """
    ends = [n for n, char in enumerate(key) if char == "#"]
    return [(key[:end], key[end + 1 :]) for end in ends] + [(key, "")]


def page_picture(folder: DataFolder, document: Mapping[str, Any]) -> bytes:
    """Draws a single document's page, as `PagePictures.draw` does.

    Args:
        folder: The data directory.
        document: Its row of `documents`.

    Raises:
        UserError: It is no page of a PDF, or the file is gone or another one now.
    """
    with PagePictures(folder) as pictures:
        return pictures.draw(document)
