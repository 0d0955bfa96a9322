"""The one reader of our language data: CSV tables and word lists that lie beside this file.

What belongs here: files of words with the source they come from, and how to read them.
What does not: any rule that uses them.

A table is a CSV with a header line; a word list (`.txt`) has one word a line. Lines that begin with `#` are notes;
every file has one that begins with `# source:`. A user's own rows are joined to ours (`own`).
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from tasks.lexicon import own

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
    rows = [row for _, row in own.rows_of(lexicon_path(f"{name}.csv"))]
    return own.joined_rows(f"{name}.csv", rows)


@cache
def read_words(name: str) -> tuple[str, ...]:
    """Reads a word list, one word a line, in the file's order.

    Args:
        name: Name of the list without `.txt`.
    """
    lines = [line.strip() for _, line in own.numbered_lines(lexicon_path(f"{name}.txt"))]
    return own.joined_words(f"{name}.txt", lines)


@cache
def lexicon_digest() -> str:
    """Gives a short digest of all language data, the user's too, so pages read with other data are stale."""
    digest = hashlib.sha256()
    for path in sorted(p for p in _FOLDER.rglob("*") if p.is_file() and p.suffix not in (".py", ".pyc")):
        digest.update(
            path.relative_to(_FOLDER).as_posix().encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest()
        )
    for path in own.own_files():
        digest.update(b"own " + path.name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()[:12]
