"""A user's own words: a folder with files of the same form as ours, read before any page.

What belongs here: which files there may be, checking them, and joining their rows to ours. What does not: what the
words are used for. `BROADSHEET_LEXICON` names the folder; every process reads it there.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

VARIABLE = "BROADSHEET_LEXICON"
USER_DICTIONARY = "jieba.txt"

_SHIPPED = Path(__file__).parent
_CLOSED = ("kind", "strength", "topic", "dimension", "class", "after")
"""Columns in which only what our file holds has a meaning."""
_FORMS = {"not_after": "(?<!{})", "word": "{}", "before": "(?={})", "not_before": "(?!{})"}
"""How the columns that are patterns make one, in this order."""
_LETTERS = "grammar/words.csv"
_JIEBA_LINE = re.compile(r"(?P<word>.+?)(?: (?P<often>[0-9]+))?(?: (?P<kind>[a-z]+))?")
"""A line of a user dictionary as jieba itself takes it apart."""

Row = dict[str, str]


def own_folder() -> Path | None:
    """Gives the folder of the user's own words; None without."""
    named = os.environ.get(VARIABLE, "")
    return Path(named) if named else None


def numbered_lines(path: Path) -> list[tuple[int, str]]:
    """Reads the lines of a lexicon file that hold data, each with its number."""
    lines = path.read_text("utf-8-sig").splitlines()
    return [(n, line) for n, line in enumerate(lines, 1) if line.strip() and not line.startswith("#")]


def rows_of(path: Path) -> list[tuple[int, Row]]:
    """Reads a table, each row with the number of its line.

    Raises:
        ValueError: A row has more or fewer cells than the header, or is no CSV; names the file and the line.
    """
    numbered = numbered_lines(path)
    if not numbered:
        raise ValueError(f"{path}: the file is empty; begin it with the header of the file that it adds to.")
    try:
        cells = list(csv.reader((line for _, line in numbered), strict=True))
    except csv.Error as error:
        raise ValueError(f"{path}: this is no CSV ({error}); correct it.") from None
    if len(cells) != len(numbered):
        raise ValueError(f"{path}: a quote runs over the end of its line; close it.")
    header = cells[0]
    for (n, _), row in zip(numbered, cells, strict=True):
        if len(row) != len(header):
            raise ValueError(f"{path}, line {n}: {len(row)} cells where the header has {len(header)}.")
    return [(n, dict(zip(header, row, strict=True))) for (n, _), row in zip(numbered[1:], cells[1:], strict=True)]


@cache
def _allowed() -> dict[str, Row]:
    return {row["file"]: row for _, row in rows_of(_SHIPPED / "own_files.csv")}


def joined_rows(name: str, ours: Sequence[Row]) -> tuple[Row, ...]:
    """Adds the user's rows to ours; one of theirs stands in for those of ours that have the same key.

    Args:
        name: The table's name with `.csv`.
        ours: The rows that are shipped.
    """
    path = _own_file(name)
    if path is None:
        return tuple(ours)
    allowed, theirs = _allowed()[name], [row for _, row in rows_of(path)]
    key = allowed["key"].split()
    taken = {tuple(row[column] for column in key) for row in theirs}
    kept = [row for row in ours if tuple(row[column] for column in key) not in taken]
    return (*theirs, *kept) if allowed["place"] == "first" else (*kept, *theirs)


def joined_words(name: str, ours: Sequence[str]) -> tuple[str, ...]:
    """Adds the user's words to ours, each once.

    Args:
        name: The list's name with `.txt`.
        ours: The words that are shipped.
    """
    path = _own_file(name)
    theirs = [line.strip() for _, line in numbered_lines(path)] if path else []
    return tuple(dict.fromkeys((*ours, *theirs)))


def user_dictionary() -> Iterator[tuple[str, int | None, str | None]]:
    """Gives the words of the user's jieba dictionary with frequency and tag, where they are said."""
    path = _own_file(USER_DICTIONARY)
    for _, line in numbered_lines(path) if path else ():
        word, often, kind = _jieba_line(line)
        yield word, None if often is None else int(often), kind


def _jieba_line(line: str) -> tuple[str, str | None, str | None]:
    found = _JIEBA_LINE.fullmatch(line.strip())
    return (found["word"], found["often"], found["kind"]) if found else ("", None, None)


def own_files() -> list[Path]:
    """Gives the files of the user's folder, in order."""
    folder = own_folder()
    return sorted(p for p in folder.rglob("*") if p.is_file() and p.suffix in (".csv", ".txt")) if folder else []


def row_pattern(row: Row) -> str:
    """Makes one pattern of a row's word and of what must and must not stand around it.

    >>> row_pattern({"word": "计划", "not_after": "不", "before": "", "not_before": "生育"})
    '(?<!不)计划(?!生育)'
    """
    return "".join(form.format(row[column]) for column, form in _FORMS.items() if row[column])


def check_own_words() -> None:
    """Checks the user's folder before anything is read with it.

    Raises:
        ValueError: The folder or a file can't be read or used; one sentence that names file and line.
    """
    folder = own_folder()
    if folder is None:
        return
    if not folder.is_dir():
        raise ValueError(f"{folder}: {VARIABLE} names no folder; make it, or leave the variable out.")
    for path in own_files():
        name = path.relative_to(folder).as_posix()
        if name not in _allowed():
            raise ValueError(f"{path}: no such file of words; there may be {', '.join(_allowed())}.")
        try:
            _check_table(path, name) if path.suffix == ".csv" else _check_list(path, name)
        except (OSError, UnicodeDecodeError) as error:
            raise ValueError(f"{path}: the file can't be read ({error}); save it as UTF-8 text.") from None


def _own_file(name: str) -> Path | None:
    folder = own_folder()
    path = folder / name if folder and name in _allowed() else None
    return path if path and path.is_file() else None


def _check_list(path: Path, name: str) -> None:
    for n, line in numbered_lines(path):
        if name == USER_DICTIONARY:
            _check_jieba_line(f"{path}, line {n}", line)
        elif len(line.split()) != 1:
            raise ValueError(f"{path}, line {n}: a blank stands in the word; write one word a line.")


def _check_jieba_line(where: str, line: str) -> None:
    """Refuses a line whose word would hold what was meant as its frequency or kind, or that jieba cannot heed."""
    word, often, _ = _jieba_line(line)
    if re.search(r"\s([a-z]+|[0-9]+|.* )$|\t", word):
        raise ValueError(
            f"{where}: write word, frequency and tag, parted by a blank, in this order, as jieba takes them."
        )
    if often is not None and int(often) == 0 and len(word) == 1:
        raise ValueError(f"{where}: {word} is a single character, which always is a word; leave the line out.")


def _check_table(path: Path, name: str) -> None:
    ours, theirs = [row for _, row in rows_of(_SHIPPED / name)], rows_of(path)
    header = next(csv.reader([numbered_lines(path)[0][1]]))
    if header != list(ours[0]):
        raise ValueError(f"{path}: the header is {','.join(header)}; it must be {','.join(ours[0])}.")
    key = _allowed()[name]["key"].split()
    known = {column: {row[column] for row in ours} for column in _CLOSED if column in ours[0] and column not in key[1:]}
    known |= {column: {row[column] for row in ours} for column in ("class", "kind") if column in ours[0]}
    for n, row in theirs:
        _check_row(f"{path}, line {n}", name, row, known)
    if name == _LETTERS:
        _check_letters(path, ours, theirs)


def _check_letters(path: Path, ours: Sequence[Row], theirs: Sequence[tuple[int, Row]]) -> None:
    """Refuses words in a class that is read letter by letter."""
    words = {row["class"] for row in ours if len(row["word"]) > 1}
    for n, row in theirs:
        if len(row["word"]) > 1 and row["class"] not in words:
            raise ValueError(
                f"{path}, line {n}: word is {row['word']!r}; class {row['class']} holds single characters, write one."
            )


def _check_row(where: str, name: str, row: Row, known: dict[str, set[str]]) -> None:
    allowed = _allowed()[name]
    for column in allowed["key"].split():
        if not row[column].strip():
            raise ValueError(f"{where}: {column} is empty; write it.")
    for column, values in known.items():
        if row[column] not in values:
            some = ", ".join(sorted(value for value in values if value)[:40])
            raise ValueError(f"{where}: {column} is {row[column]!r}; it must be one of {some}.")
    if allowed["patterns"]:
        _check_patterns(where, allowed["patterns"].split(), row)
    if "factor" in row and not re.fullmatch(r"\d+(\.\d+)?", row["factor"]):
        raise ValueError(f"{where}: factor is {row['factor']!r}; write a number.")


def _check_patterns(where: str, columns: Sequence[str], row: Row) -> None:
    """Compiles a row's patterns in the form in which they are used: each in its place, then all as one."""
    whole = f"(?P<{row['kind']}>{row_pattern(row)})"
    forms = [(column, _FORMS[column].format(row[column])) for column in columns if row[column]]
    for column, form in (*forms, (" with ".join(column for column, _ in forms), whole)):
        try:
            re.compile(form)
        except re.error as error:
            raise ValueError(f"{where}: {column} is no pattern ({error}); correct it.") from None
    if re.escape(row["word"][0]) != row["word"][0]:
        raise ValueError(f"{where}: word begins with {row['word'][0]!r}; begin it with a plain character.")
