"""Names that users add themselves, from a CSV file.

What belongs here: reading and checking that file. What does not: how the names are used (`recogniser`,
`link.entities`).
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

COLUMNS = ("surface", "type", "canonical", "adcode")
TYPES = ("PER", "ORG", "LOC")
_MOST_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class OwnName:
    """One name of a user: as printed, what it is, its canonical name and, for divisions, the adcode."""

    surface: str
    type: str
    canonical: str
    adcode: str | None = None


@dataclass(frozen=True, slots=True)
class OwnNames:
    """A user's names by their printed form.

    Attributes:
        names: Printed form → name.
        digest: Short digest of the content; pages read with another one are stale.
    """

    names: Mapping[str, OwnName] = field(default_factory=dict)
    digest: str = ""


def read_own_names(path: Path | str) -> OwnNames:
    """Reads a user's own names from a CSV file with the columns surface, type, canonical, adcode.

    `canonical` and `adcode` may be empty; then the printed form is the canonical name.

    Args:
        path: The CSV file, UTF-8 (with or without a byte order mark) or GB18030.

    Returns:
        The names with a digest of them.

    Raises:
        ValueError: The file cannot be read or a line is wrong; one sentence that names file and line.
    """
    path = Path(path)
    try:
        if path.exists() and not path.is_file():
            raise ValueError(f"{path}: the names file is a folder, pipe or device; put a file there.")
        with path.open("rb") as handle:
            data = handle.read(_MOST_BYTES + 1)
    except OSError as error:
        raise ValueError(f"{path}: the names file cannot be read ({error.strerror}); check the path.") from None
    if len(data) > _MOST_BYTES:
        raise ValueError(f"{path}: the names file is larger than {_MOST_BYTES / 1e6:g} MB; shorten it.")
    names: dict[str, OwnName] = {}
    for number, row in _rows(path, data):
        name = _checked(path, number, row)
        earlier = names.setdefault(name.surface, name)
        if earlier != name:
            raise ValueError(f"{path}, line {number}: {name.surface} stands twice with different meanings; keep one.")
    digest = hashlib.sha256(
        repr(sorted((n.surface, n.type, n.canonical, n.adcode or "") for n in names.values())).encode()
    )
    return OwnNames(names, digest.hexdigest()[:12])


def _rows(path: Path, data: bytes) -> list[tuple[int, dict[str, str]]]:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            raise ValueError(f"{path}: the names file is neither UTF-8 nor GB18030 text; save it as UTF-8.") from None
    reader = csv.reader(text.splitlines())
    try:
        return _table(path, reader)
    except csv.Error as error:  # a cell of more than 131,072 characters, such as a quote that is never closed
        raise ValueError(f"{path}, line {reader.line_num}: this is no CSV ({error}); correct it.") from None


def _table(path: Path, reader: Any) -> list[tuple[int, dict[str, str]]]:
    rows: list[tuple[int, dict[str, str]]] = []
    header: list[str] | None = None
    for cells in reader:
        if not any(cell.strip() for cell in cells) or cells[0].startswith("#"):
            continue
        if header is None:
            header = [cell.strip() for cell in cells]
            if sorted(header) != sorted(COLUMNS):
                raise ValueError(
                    f"{path}, line {reader.line_num}: the header is {','.join(header)}; it must be {','.join(COLUMNS)}."
                )
            continue
        if len(cells) != len(header):
            raise ValueError(
                f"{path}, line {reader.line_num}: {len(cells)} cells where the header has {len(header)}; "
                "add or remove commas."
            )
        rows.append((reader.line_num, dict(zip(header, (cell.strip() for cell in cells), strict=True))))
    if header is None:
        raise ValueError(f"{path}: the names file is empty; its first line must be {','.join(COLUMNS)}.")
    return rows


def _checked(path: Path, number: int, row: Mapping[str, str]) -> OwnName:
    where = f"{path}, line {number}"
    if len(row["surface"]) < 2:
        raise ValueError(
            f"{where}: the surface {row['surface']!r} is shorter than two characters; write the printed name."
        )
    if row["type"] not in TYPES:
        raise ValueError(f"{where}: the type {row['type']!r} is none of {', '.join(TYPES)}; write one of them.")
    adcode = row["adcode"]
    if adcode and not (len(adcode) == 6 and adcode.isascii() and adcode.isdigit()):
        raise ValueError(f"{where}: the adcode {adcode!r} is not six digits; write a GB/T 2260 code or leave it empty.")
    if adcode and row["type"] != "LOC":
        raise ValueError(f"{where}: {row['type']} names carry no adcode; leave it empty or make the type LOC.")
    return OwnName(row["surface"], row["type"], row["canonical"] or row["surface"], adcode or None)
