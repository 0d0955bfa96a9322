"""All switches by name: those of patterns, rules and constants, and those of the tables of the lexicon.

What belongs here: which rows of a table make a switch. What does not: what a switch does (`switches`, `woven`).
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Sequence

from tests.ablate.switches import Board, Rows, Switch
from tests.ablate.woven import woven_switches

_BY_KIND = ("kind", "group", "question", "topic", "dimension", "role", "level")

_PACKED = ("compound_words", "numerals", "place_followers", "tagger_words", "two_units", "unit_readings")
"""Tables that modules read while they are imported, and whose rows are no single words."""


def all_switches(board: Board, by_row: Sequence[str]) -> Iterator[Switch]:
    """Gives all switches; a table is one switch a kind of row, and one a row where asked for.

    What rooms read a table is known after pages were read.
    """
    from tasks.lexicon import lexicon_path, read_table, read_words

    yield from sorted(board.switches, key=lambda s: (s.kind, s.name))
    for table in sorted({*board.readers, *by_row}):
        if table in _PACKED:
            print(f"{table}: its rows hold more than a word, so it has no switch", file=sys.stderr)
            continue
        if lexicon_path(f"{table}.txt").exists():
            words = read_words(table)
            yield Rows(table, "", lambda _: True, words)
            if table in by_row:
                for word in words:
                    yield Rows(table, word, lambda row, word=word: row == word, [word])
            continue
        if not lexicon_path(f"{table}.csv").exists():
            print(f"There is no table {table} in tasks/lexicon.", file=sys.stderr)
            continue
        rows = read_table(table)
        columns = list(rows[0])
        kind = next((column for column in _BY_KIND if column in columns), None)
        if table in board.readers_at_import:
            yield from woven_switches(table, rows, kind, table in by_row, _row_name)
            continue
        for value in sorted({row[kind] for row in rows}) if kind else [""]:
            yield Rows(table, value, lambda row, k=kind, v=value: k is None or row[k] == v, ())
        if table in by_row:
            for row in rows:
                yield Rows(table, _row_name(row), lambda other, row=row: other == row, _plain(row))


def _row_name(row: dict[str, str]) -> str:
    return ",".join(cell for cell in row.values() if cell)[:40]


def _plain(row: dict[str, str]) -> list[str]:
    """Gives the word of a row, where a page without it can't be read differently."""
    word = row.get("word") or next(cell for column, cell in row.items() if column not in _BY_KIND)
    return [word] if re.fullmatch(r"[\u4e00-\u9fffA-Za-z%％]+", word) else []
