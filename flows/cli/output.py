"""Puts a file that a user asked for in its place, whole or not at all; what stood there stays until then."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.errors import UserError


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Gives a file beside the wanted one, and puts it in its place when all went well.

    Args:
        path: The file wanted.

    Raises:
        UserError: It is a folder, or its folder is not there.

    A link stays and what it leads to is written; a file keeps its rights; a device or pipe is written and stays.
    """
    if path.is_dir():
        raise UserError(f"{path} is a folder: name a file in it.")
    target = path.resolve()
    if not target.parent.is_dir():
        raise UserError(f"There is no folder {target.parent} to write {path.name} into: make it first.")
    if target.exists() and not target.is_file():
        yield target
        return
    handle, name = tempfile.mkstemp(prefix=".broadsheet-", suffix=".tmp", dir=target.parent)
    os.close(handle)
    beside = Path(name)
    try:
        beside.chmod(stat.S_IMODE(target.stat().st_mode) if target.exists() else 0o666 & ~_umask())
        yield beside
        beside.replace(target)
    finally:
        beside.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
