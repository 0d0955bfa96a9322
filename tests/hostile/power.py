"""A disk that loses what was not synced: what a folder would hold if the power were cut at any `fsync`.

Every `os.fsync` of a file makes its bytes durable, every one of a folder its names. The rest is lost in one of two
ways: `strict` forgets names that were not synced; `empty` keeps every name there is, and leaves files that were not
synced with no bytes, as journalling file systems do. DuckDB's own syncs are not seen, which only makes more be lost.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from unittest.mock import patch


@dataclass
class Disk:
    """What of a folder is durable.

    Attributes:
        root: The folder.
        cuts: Where the states after a cut are put: in their order, the last one after the end.
        kind: `strict` or `empty`.
        every: A state is kept of every so many syncs, and of the last ones.
    """

    root: Path
    cuts: Path
    kind: str
    every: int = 1
    syncs: int = 0
    states: list[Path] = field(default_factory=list)
    _bytes: dict[int, bytes] = field(default_factory=dict)
    _names: dict[Path, dict[str, int]] = field(default_factory=dict)
    _held: dict[int, int] = field(default_factory=dict)

    def note(self, handle: int) -> None:
        """Notes a sync, and how the disk would look after it."""
        path = Path(f"/proc/self/fd/{handle}").readlink()
        status = os.fstat(handle)
        if stat.S_ISDIR(status.st_mode):
            self._names[path] = {entry.name: entry.inode() for entry in os.scandir(path)}
        elif path.exists():
            if status.st_ino not in self._held:  # kept open, so that no other file gets its number
                self._held[status.st_ino] = os.open(path, os.O_RDONLY)
            self._bytes[status.st_ino] = path.read_bytes()
        if self.root in (path, *path.parents):
            self.syncs += 1
            if self.syncs % self.every == 0:
                self.cut()

    def take_for_synced(self) -> None:
        """Takes all that is there for durable, as what was written long ago is."""
        for path in [self.root, *self.root.rglob("*")]:
            if path.is_dir():
                self._names[path] = {entry.name: entry.inode() for entry in os.scandir(path)}
            else:
                self._bytes[path.stat().st_ino] = path.read_bytes()

    def close(self) -> None:
        """Lets go of what is held."""
        for handle in self._held.values():
            os.close(handle)

    def cut(self) -> None:
        """Puts down what would be there if the power were cut now."""
        target = self.cuts / f"{len(self.states):04d}"
        target.mkdir(parents=True)
        self._write(self.root, target)
        self.states.append(target)

    def _write(self, folder: Path, target: Path) -> None:
        for name, inode in self._listed(folder).items():
            source = folder / name
            if source.is_dir() if source.exists() else inode in {*self._folders()}:
                (target / name).mkdir()
                self._write(source, target / name)
            else:
                (target / name).write_bytes(self._bytes.get(inode, b""))

    def _listed(self, folder: Path) -> dict[str, int]:
        if self.kind == "strict":
            return self._names.get(folder, {})
        return {entry.name: entry.inode() for entry in os.scandir(folder)} if folder.is_dir() else {}

    def _folders(self) -> Iterator[int]:
        for folder in self._names:
            if folder.exists():
                yield folder.stat().st_ino


@contextmanager
def losing_disk(root: Path, cuts: Path, kind: str, every: int = 1) -> Iterator[Disk]:
    """Records what is durable below a folder for as long as the block runs.

    Args:
        root: The folder.
        cuts: An empty place for the states.
        kind: `strict` or `empty`.
        every: Keep a state of every so many syncs.
    """
    disk, sync = Disk(root, cuts, kind, every), os.fsync

    def noted(handle: int) -> None:
        sync(handle)
        disk.note(handle)

    with patch.object(os, "fsync", noted):
        try:
            yield disk
            disk.cut()
        finally:
            disk.close()
