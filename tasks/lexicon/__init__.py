"""The one reader of our language data: CSV tables and word lists that lie beside this file.

What belongs here: files of words with the source they come from, and how to read them.
What does not: any rule that uses them.

A table is a CSV with a header line; a word list (`.txt`) has one word a line. Lines that begin with `#`
are notes; every file has one that begins with `# source:`.
"""

from __future__ import annotations

import csv
import hashlib
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent


def lexicon_path(name: str) -> Path:
    """Tells where a lexicon file lies.

    Args:
        name: File name with its ending, such as `units.csv` or `tagger.npz`.
    """
    return _FOLDER / name


@cache
def read_table(name: str) -> tuple[dict[str, str], ...]:
    """Reads a lexicon table, one dict a row, empty cells as empty strings.

    Args:
        name: Name of the table without `.csv`.

    Raises:
        ValueError: A row has more or fewer cells than the header; names the file and the line.
    """
    path = lexicon_path(f"{name}.csv")
    numbered = [(n, line) for n, line in enumerate(path.read_text("utf-8").splitlines(), 1) if _holds_data(line)]
    rows = list(csv.reader(line for _, line in numbered))
    header = rows[0]
    for (n, _), row in zip(numbered, rows, strict=True):
        if len(row) != len(header):
            raise ValueError(f"{path.name}, line {n}: {len(row)} cells where the header has {len(header)}.")
    return tuple(dict(zip(header, row, strict=True)) for row in rows[1:])


@cache
def read_words(name: str) -> tuple[str, ...]:
    """Reads a word list, one word a line, in the file's order.

    Args:
        name: Name of the list without `.txt`.
    """
    lines = lexicon_path(f"{name}.txt").read_text("utf-8").splitlines()
    return tuple(line.strip() for line in lines if _holds_data(line))


@cache
def lexicon_digest() -> str:
    """Gives a short digest of all language data, so that pages read with older data are known to be stale."""
    digest = hashlib.sha256()
    for path in sorted(p for p in _FOLDER.rglob("*") if p.is_file() and p.suffix not in (".py", ".pyc")):
        digest.update(
            path.relative_to(_FOLDER).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest()
        )
    return digest.hexdigest()[:12]


def _holds_data(line: str) -> bool:
    return bool(line.strip()) and not line.startswith("#")
