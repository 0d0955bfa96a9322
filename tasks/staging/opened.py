"""Takes files apart into pages: a PDF page by page, a ZIP file by file; a plain text is a page as it is.

What belongs here: going from sources that are files to sources that are pages, each file once, and the cache of what
was read out of a file. What does not: what a file is (`opening/kinds`), reading it (`opening`).
"""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from tasks.opening.archives import MOST_UNPACKED
from tasks.opening.kinds import HEAD, Kind, aside_by_name, kind_of
from tasks.opening.opener import Opened, Opener
from tasks.staging.bulk import BULK_ENDINGS, BulkRecord, read_bulk
from tasks.staging.identity import pipeline_version
from tasks.staging.sidecar import SidecarError, read_sidecar, sidecar_path
from tasks.staging.source import Source
from tasks.staging.tally import FileTally
from tasks.staging.texts import TEXT, kind_at_first_sight
from warehouse.storage.folder import DataFolder
from warehouse.storage.given import MOST_FILE_BYTES, MOST_PAGE_BYTES, UnusableFileError, open_given, read_given

_DEEPEST = 2
"""Archives within archives that are unpacked."""
_NESTED = "The archive lies in an archive in an archive: unpack the outer one, and give the folder."
_BULK_IN_FOLDER = (
    "A bulk file of records is no page and is not taken from a folder: name it by hand, `broadsheet run {path}`."
)


def opened(
    files: Iterable[Source], folder: DataFolder, tally: FileTally | None = None, *, keep: bool = True
) -> Iterator[Source]:
    """Goes through the pages of files.

    Args:
        files: What `find_files` gave.
        folder: The data directory, where archives are unpacked for a moment and what was read is remembered.
        tally: Counts them.
        keep: Remember what was read out of a file; a dry run does not.
    """
    tally = FileTally() if tally is None else tally
    with Opener() as opener:
        door = _Door(opener, folder, tally, keep)
        for file in files:
            yield from door.pages_of(file, tally.found, 0)


class _Door:
    def __init__(self, opener: Opener, folder: DataFolder, tally: FileTally, keep: bool) -> None:
        self._opener, self._folder, self._tally, self._keep = opener, folder, tally, keep
        self._unpacked = 0
        self._bytes = 0  # unpacked of one file, with all archives within it

    def pages_of(self, file: Source, counts: dict[str, int], depth: int) -> Iterator[Source]:
        """Gives the pages of a file, and counts it under its kind."""
        if file.problem is not None or file.data is not None:
            counts["unreadable"] = counts.get("unreadable", 0) + 1
            yield file
            return
        if file.source_uri.lower().endswith(BULK_ENDINGS) and not depth:
            counts["bulk file"] = counts.get("bulk file", 0) + 1
            if file.in_folder:
                problem = _BULK_IN_FOLDER.format(path=file.source_uri)
                yield replace(file, problem=problem, metadata={"file_kind": "bulk file"})
            else:
                yield from (_record_source(record, file) for record in read_bulk(file.path))
            return
        try:
            with open_given(file.path) as handle:
                kind = kind_of(head := handle.read(HEAD))
        except (OSError, UnusableFileError):
            counts["unreadable"] = counts.get("unreadable", 0) + 1
            yield file  # planning says why
            return
        name = kind.kind if isinstance(kind, Kind) else kind
        if name == TEXT:
            name = kind_at_first_sight(head, file.source_uri)
        if isinstance(kind, Kind) or kind == TEXT:
            counts[name] = counts.get(name, 0) + 1
            if isinstance(kind, Kind):
                file = replace(file, problem=kind.reason, metadata={"file_kind": name})
            yield file
            return
        yield from self._parts(file, kind, counts, depth)

    def _parts(self, file: Source, kind: str, counts: dict[str, int], depth: int) -> Iterator[Source]:
        """Gives what a file holds, and counts it under the kind that it turns out to be."""
        final = kind
        try:
            digest, given = _digest(file.path), _sidecar(file)
        except (SidecarError, OSError, UnusableFileError) as error:
            counts[kind] = counts.get(kind, 0) + 1
            yield replace(file, problem=str(error), metadata={"file_kind": kind})
            return
        place = self._folder.state / "unpacked" / f"{os.getpid()}-{self._unpacked}"
        self._unpacked += 1
        self._bytes = self._bytes if depth else 0
        try:
            members: list[Opened] = []
            for part in self._read(file, kind, digest, place):
                final = part.kind
                if part.name is not None:
                    members.append(part)  # looked into when all is unpacked: the reader does one thing at a time
                else:
                    if part.page is not None:
                        self._tally.pages[part.kind] += 1
                    yield _page_source(file, part, given)
            self._bytes += sum(member.path.stat().st_size for member in members if member.path)
            if members and (problem := self._why_no_members(depth)):
                yield replace(file, problem=problem, metadata={"file_kind": final})
                return
            for member in members:
                yield from self._member(file, member, depth, given)
        finally:
            shutil.rmtree(place, ignore_errors=True)
            counts[final] = counts.get(final, 0) + 1

    def _why_no_members(self, depth: int) -> str | None:
        if depth >= _DEEPEST:
            return _NESTED
        if self._bytes > MOST_UNPACKED:
            return f"The archives within the archive unpack to more than {MOST_UNPACKED / 1e9:g} GB: pack less into it."
        return None

    def _read(self, file: Source, kind: str, digest: str, place: Path) -> Iterator[Opened]:
        kept = self._folder.state / "opened" / digest[:2] / f"{digest}-{_code()}.gz"
        if (found := _remembered(kept)) is not None:
            yield from found
            return
        place.mkdir(parents=True, exist_ok=True)
        lasting = self._keep and kind in ("pdf", "html", "mhtml", "zip")
        temporary = kept.with_name(f"{kept.name}.{os.getpid()}")
        if lasting:
            kept.parent.mkdir(parents=True, exist_ok=True)
        with gzip.open(temporary, "wt", encoding="utf-8", compresslevel=3) if lasting else _nowhere() as notes:
            for part in self._opener.open(file.path, kind, digest, place):
                lasting = lasting and part.lasting and part.name is None
                if lasting:
                    text = part.data.decode() if part.data is not None else None
                    notes.write(json.dumps([part.kind, part.page, text, part.problem, part.whole]) + "\n")
                yield part
            notes.write("null\n")
        if lasting:
            temporary.replace(kept)
        else:
            temporary.unlink(missing_ok=True)

    def _member(self, file: Source, part: Opened, depth: int, given: dict[str, str]) -> Iterator[Source]:
        name = str(part.name)
        inside = f"#{name}"
        member = Source(file.source_key + inside, file.source_uri + inside, part.path or file.path)
        if part.path is None:
            self._tally.packed["unreadable"] += 1
            yield replace(member, problem=part.problem, metadata={"file_kind": part.kind})
            return
        base = name.rsplit("/", 1)[-1]
        aside = "hidden file" if name.startswith("__MACOSX/") else aside_by_name(base)
        if aside:
            self._tally.packed[aside] += 1
            return
        for page in self.pages_of(member, self._tally.packed, depth + 1):
            yield _with_bytes(page, given)


def _with_bytes(page: Source, given: dict[str, str]) -> Source:
    """Reads a page that lies unpacked for a moment only."""
    if page.problem is not None or page.data is not None:
        return page
    try:
        metadata = given | read_sidecar(sidecar_path(page.path))
        return replace(page, data=read_given(page.path, MOST_PAGE_BYTES), metadata=metadata)
    except (SidecarError, OSError, UnusableFileError) as error:
        said = str(error).replace(str(page.path), page.source_uri)
        return replace(page, problem=said)


def _page_source(file: Source, part: Opened, given: dict[str, str]) -> Source:
    """Makes a source of a page out of a file; it is the same page as one at the same place of a newer file."""
    place = "" if part.page is None else f"#{part.page}"
    metadata = given | {"file_kind": part.kind}
    if part.page is not None:
        metadata["page_number"] = str(part.page)
    return Source(file.source_key + place, file.source_uri + place, file.path, metadata, part.data, part.problem)


def _record_source(record: BulkRecord, file: Source) -> Source:
    """A record is the same page as the file or URL that it says it came from; else its place makes it one."""
    if not record.source:
        key, uri = f"{file.source_key}#{record.place}", f"{file.source_uri}#{record.place}"
        return Source(key, uri, file.path, record.metadata, record.data, record.problem)
    own = record.source
    if "://" not in own:
        own = os.path.normpath(Path(file.source_key).parent / own)
    return Source(own, record.source, file.path, record.metadata, record.data, record.problem)


def _digest(path: Path) -> str:
    with open_given(path) as handle:
        size = os.fstat(handle.fileno()).st_size
        if size > MOST_FILE_BYTES:
            raise UnusableFileError(
                f"The file has {size / 1e6:,.0f} MB; up to {MOST_FILE_BYTES / 1e6:g} MB are read: split it."
            )
        return hashlib.file_digest(handle, "sha256").hexdigest()


def _sidecar(file: Source) -> dict[str, str]:
    return dict(read_sidecar(sidecar_path(file.path)))


def _code() -> str:
    return hashlib.sha256(pipeline_version().encode()).hexdigest()[:12]


def _remembered(kept: Path) -> Iterator[Opened] | None:
    """Gives what was read out of a file before; None where nothing was, or the note is damaged."""
    if not kept.is_file():
        return None
    try:
        with gzip.open(kept, "rt", encoding="utf-8") as lines:
            whole = _last_line(lines) == "null\n"
    except (OSError, EOFError, ValueError):
        whole = False
    return _notes(kept) if whole else None


def _last_line(lines: Iterable[str]) -> str:
    last = ""
    for line in lines:
        last = line
    return last


def _notes(kept: Path) -> Iterator[Opened]:
    with gzip.open(kept, "rt", encoding="utf-8") as lines:
        for line in lines:
            if (note := json.loads(line)) is not None:
                kind, page, text, problem, whole = note
                yield Opened(kind, page, None if text is None else text.encode(), problem=problem, whole=whole)


class _nowhere:  # noqa: N801 - stands for a file
    def __enter__(self) -> _nowhere:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def write(self, _: str) -> int:
        return 0


def drop_unpacked(folder: DataFolder) -> None:
    """Deletes what processes that are gone unpacked.

    Args:
        folder: The data directory.
    """
    for place in (folder.state / "unpacked").glob("*-*"):
        process = place.name.partition("-")[0]
        if process.isdigit() and not Path(f"/proc/{process}").exists():
            shutil.rmtree(place, ignore_errors=True)
