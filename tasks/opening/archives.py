"""Unpacks ZIP and tar archives of pages into a folder, within bounds: an archive may be made to fill a disk.

What belongs here: members, bounds, names that climb out. What does not: what a member is (`kinds`).
Runs only in the reader's own process (`worker`), which can be killed.
"""

from __future__ import annotations

import gzip
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import IO, cast

from tasks.opening.reasons import UnreadableFileError
from tasks.staging.sidecar import SIDECAR_ENDING

MOST_MEMBERS = 10_000
MOST_UNPACKED = 2_000_000_000
MOST_MEMBER = 600_000_000
MOST_RATIO, _FROM = 200, 20_000_000
"""What unpacks to so many times its bytes, and to more than this, was made to fill a disk."""
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """A file of an archive.

    Attributes:
        name: Its path in the archive.
        path: Where it was unpacked to; None where it was not.
        problem: Why not, in a sentence.
    """

    name: str
    path: str | None
    problem: str | None = None


class _Bounds:
    """Adds up what was unpacked."""

    def __init__(self, packed: int) -> None:
        self.packed, self.unpacked, self.members = packed, 0, 0

    def promise(self, members: int, unpacked: int) -> None:
        """Refuses an archive that says itself that it holds too much, before anything of it is written."""
        self.members += members - 1
        self.another()
        self.take(unpacked)

    def another(self) -> None:
        self.members += 1
        if self.members > MOST_MEMBERS:
            raise UnreadableFileError(f"The archive holds more than {MOST_MEMBERS:,} files: pack fewer into each.")

    def take(self, size: int) -> None:
        self.unpacked += size
        if self.unpacked > _FROM and self.unpacked > MOST_RATIO * max(self.packed, 1):
            raise UnreadableFileError(
                f"The archive unpacks to more than {MOST_RATIO} times its size, as those do that are made to fill a "
                "disk: unpack it yourself if you trust it, and give the folder."
            )
        if self.unpacked > MOST_UNPACKED:
            raise UnreadableFileError(
                f"The archive unpacks to more than {MOST_UNPACKED / 1e9:g} GB: pack less into it."
            )


def unpack_zip(path: Path, to: Path) -> Iterator[Member]:
    """Unpacks a ZIP.

    Args:
        path: The archive.
        to: An empty folder.

    Raises:
        UnreadableFileError: It is damaged, or made to fill a disk.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            infos = [info for info in archive.infolist() if not info.is_dir()]
            _Bounds(path.stat().st_size).promise(len(infos), sum(info.file_size for info in infos))
            names = [zip_name(info) for info in infos]
            yield from _unpacked(
                names, [_zip_opener(archive, info) for info in infos], to, _Bounds(path.stat().st_size)
            )
    except (
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        NotImplementedError,
        EOFError,
        OverflowError,
        ValueError,
    ) as error:
        if isinstance(error, UnreadableFileError):
            raise
        raise UnreadableFileError("The ZIP is damaged and can't be opened: pack or download it again.") from None


def zip_name(info: zipfile.ZipInfo) -> str:
    """Gives a member's name; old Chinese packers write it in GB 18030 without saying so.

    Args:
        info: The member.
    """
    if info.flag_bits & 0x800:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def _zip_opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], IO[bytes] | str]:
    def opened() -> IO[bytes] | str:
        if info.flag_bits & 1:
            return "it is locked with a password: unpack it yourself, and give the folder"
        if info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            return "it is packed by a rare method: pack it anew as an ordinary ZIP"
        return archive.open(info)

    return opened


def unpack_tar(path: Path, to: Path) -> Iterator[Member]:
    """Unpacks a tar archive, packed by gzip or not; a file packed by gzip alone is its one member.

    Args:
        path: The archive.
        to: An empty folder.

    Raises:
        UnreadableFileError: It is damaged, or made to fill a disk.
    """
    bounds = _Bounds(path.stat().st_size)
    try:
        packed = path.open("rb").read(2) == b"\x1f\x8b"
        if packed and not _is_tar(path):
            yield from _unpacked([_gzip_name(path)], [partial(_gunzip, path)], to, bounds)
            return
        with tarfile.open(path, "r|gz" if packed else "r|") as archive:
            for number, info in enumerate(archive):
                if not info.isfile():
                    continue
                yield from _unpacked([info.name], [partial(_extracted, archive, info)], to, bounds, number)
    except (tarfile.TarError, EOFError, zlib.error, OSError, ValueError, OverflowError) as error:
        if isinstance(error, UnreadableFileError) or (isinstance(error, OSError) and error.errno):
            raise
        raise UnreadableFileError("The archive is damaged: pack or download it again.") from None


def _gunzip(path: Path) -> IO[bytes]:
    return cast(IO[bytes], gzip.open(path))


def _extracted(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes] | str:
    return archive.extractfile(info) or "it is no file"


def _is_tar(path: Path) -> bool:
    with gzip.open(path) as stream:
        return stream.read(512)[257:262] == b"ustar"


def _gzip_name(path: Path) -> str:
    return path.name.removesuffix(".gz") or "page"


def _unpacked(
    names: list[str], openers: list[Callable[[], IO[bytes] | str]], to: Path, bounds: _Bounds, first: int = 0
) -> Iterator[Member]:
    """Writes members one by one under numbers; a sidecar is put beside the page that it describes."""
    numbers = {name: n for n, name in enumerate(names, first)}
    for name, opener in zip(names, openers, strict=True):
        bounds.another()
        if _climbs(name):
            yield Member(name, None, f"The archive's file {name[:80]!r} has a name that leads out of it: pack it anew.")
            continue
        page = numbers.get(name.removesuffix(SIDECAR_ENDING))
        place = to / f"{numbers[name]:05d}"
        if page is not None and name.endswith(SIDECAR_ENDING):
            place = to / f"{page:05d}{SIDECAR_ENDING}"
        problem = _write(opener, place, bounds)
        yield Member(
            name, None if problem else str(place), problem and f"The archive's file {name} was left: {problem}."
        )


def _climbs(name: str) -> bool:
    parts = name.replace("\\", "/").split("/")
    return (
        name.startswith(("/", "\\")) or ".." in parts or "\0" in name or (len(name) > 1 and name[1] == ":") or not name
    )


def _write(opener: Callable[[], IO[bytes] | str], place: Path, bounds: _Bounds) -> str | None:
    try:
        stream = opener()
        if isinstance(stream, str):
            return stream
        size = 0
        with stream, place.open("wb") as sink:
            while chunk := stream.read(_CHUNK):
                bounds.take(len(chunk))
                size += len(chunk)
                if size > MOST_MEMBER:
                    return f"it has more than {MOST_MEMBER / 1e6:g} MB"
                sink.write(chunk)
    except UnreadableFileError:
        place.unlink(missing_ok=True)
        raise
    except (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile, tarfile.TarError, RuntimeError) as error:
        place.unlink(missing_ok=True)
        del error
        return "it is damaged in the archive; pack it again"
    return None
