"""Words that patterns and constants were made of while modules were imported, with a switch each.

What belongs here: classes of the grammar, and tables whose words stand in patterns. What does not: tables that are read
when a page is read (`switches.Rows`).

A switch makes the patterns over its words again without them, and takes the words out of the constants that hold all
of their class.
"""

from __future__ import annotations

import inspect
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from types import CodeType, ModuleType
from typing import Any

from tests.ablate.switches import BOARD, Board, Pattern, Rows, room_of

CLASSES = "grammar/words"
_NOTHING = ("\uffff",)
"""What is left of a class without words: a sign that no page holds."""

askers: dict[str, set[str]] = defaultdict(set)
"""The modules that asked for a class of words while they were imported."""

asked: set[str] = set()
"""The classes that are asked for when a page is read."""

made: list[tuple[Pattern, str, dict[str, tuple[str, ...]]]] = []
"""The patterns of the grammar made while modules were imported, their rules, and the lists that went into them."""

_gone: dict[str, frozenset[str]] = {}


def watch_classes(grammar: ModuleType) -> None:
    """Puts a watch on `grammar.words`; before any module takes it from there."""
    real = grammar.words

    def words(name: str) -> tuple[str, ...]:
        if BOARD.stack:
            BOARD.stack[-1].on.add(f"{CLASSES}: {name}")
        if BOARD.importing:
            askers[name].add(str(sys._getframe(1).f_globals["__name__"]))
        else:
            asked.add(name)
        found: tuple[str, ...] = real(name)
        return without(found, _gone[name]) if name in _gone else found

    grammar.words = words  # type: ignore[attr-defined]


def without(value: Any, gone: frozenset[str]) -> Any:
    """Gives a constant without some words; tuples of tuples too, and a row of signs without those signs."""
    if isinstance(value, str):
        return "".join(sign for sign in value if sign not in gone)
    if isinstance(value, dict):
        return {key: one for key, one in value.items() if key not in gone}
    kept = [without(one, gone) if isinstance(one, tuple) else one for one in value if one not in gone]
    return type(value)(kept or _NOTHING)


class Woven(Rows):
    """A switch on words that patterns and constants were made of."""

    def __init__(self, table: str, what: str, rows: Sequence[dict[str, str]], fellows: frozenset[str]) -> None:
        """Finds where the words stand.

        Args:
            table: Name of the table.
            what: What of it is left out.
            rows: The rows left out.
            fellows: All words of their class or kind: a constant or list that holds all of them holds the class.
        """
        gone = frozenset(_word(row) for row in rows)
        super().__init__(table, what, lambda row: row in rows, gone)
        self._gone, self._class = gone, rows[0]["class"] if table == CLASSES else ""
        self._patterns = [one for one in made if self._in_rule(one[1]) or self._in_lists(one[2], fellows)]
        modules = askers[self._class] if self._class else BOARD.readers_at_import[table]
        self._places = list(_places(modules, fellows))
        self.rooms = frozenset(
            {room for pattern, *_ in self._patterns for room in pattern.switch.rooms}
            | {room for module, *_ in self._places if (room := room_of(module.__name__))}
            | {room for module in modules if (room := room_of(module))}
            | (set() if self._class else self.rooms)
        )

    @property
    def works(self) -> bool:
        """Whether it can change anything: some classes are only asked for while modules make something else of them."""
        return not self._class or self._class in asked or bool(self._patterns or self._places)

    def _in_rule(self, name: str) -> bool:
        return bool(self._class) and self._class in _classes_of(name)

    def _in_lists(self, lists: dict[str, tuple[str, ...]], fellows: frozenset[str]) -> bool:
        return any(fellows <= set(words) for words in lists.values())

    def turn(self, board: Board, off: bool) -> None:
        """Leaves the words out, or puts them back."""
        _gone.pop(self._class, None)
        if off and self._class:
            _gone[self._class] = self._gone
        for pattern, rule, lists in self._patterns:
            pattern.make_again(_spelled(rule, lists, frozenset() if self._class or not off else self._gone))
            board.forget(pattern.switch)
        for module, name, value, caches in self._places:
            setattr(module, name, without(value, self._gone) if off else value)
            for cache in caches:
                cache.clear()
        if self._class:
            board.forget(f"{CLASSES}: {self._class}")
        else:
            super().turn(board, off)


def _word(row: dict[str, str]) -> str:
    return row.get("word") or next(iter(row.values()))


def _classes_of(rule: str) -> set[str]:
    """Gives the classes whose words a rule is spelled with, those of its fragments too."""
    from tasks.lexicon import grammar

    found: set[str] = set()
    waiting, fragments = [grammar.rules()[rule].pattern], grammar._fragments()
    while waiting:
        for hole in grammar._HOLE.finditer(waiting.pop()):
            if hole[1] in fragments:
                waiting.append(fragments[hole[1]])
            found.add(hole[1])
    return found


def _spelled(rule: str, lists: dict[str, tuple[str, ...]], gone: frozenset[str]) -> str:
    from tasks.lexicon import grammar

    left = {name: tuple(w for w in words if w not in gone) or _NOTHING for name, words in lists.items()}
    return grammar.spelled(grammar.rules()[rule].pattern, **left)


def _places(modules: Iterable[str], fellows: frozenset[str]) -> Iterator[tuple[ModuleType, str, Any, list[Any]]]:
    """Gives the constants that hold all words of a class, wherever they are imported, and the caches that ask them."""
    homes = [sys.modules[name] for name in modules if room_of(name)]
    held = {id(value) for home in homes for _, value in _constants(home) if fellows <= _flat(value)}
    for module in [m for name, m in sys.modules.items() if room_of(name)] if held else ():
        for name, value in _constants(module):
            if id(value) in held:
                mine = [c for c in BOARD.caches if c.function.__module__ == module.__name__]
                yield module, name, value, [c for c in mine if name in _names_in(c.function.__code__)]


def _constants(module: ModuleType) -> list[tuple[str, Any]]:
    named = ((n, v) for n, v in vars(module).items() if n.upper() == n and n.strip("_"))
    return [(n, v) for n, v in named if isinstance(v, str | tuple | list | frozenset | set | dict)]


def _flat(value: Any) -> frozenset[str]:
    if isinstance(value, str | frozenset | set | dict):
        return frozenset(one for one in value if isinstance(one, str))
    inner = [_flat(one) if isinstance(one, tuple) else {one} for one in value if isinstance(one, str | tuple)]
    return frozenset().union(*inner)


def _names_in(code: CodeType) -> set[str]:
    inner = (const for const in code.co_consts if inspect.iscode(const))
    return set(code.co_names).union(*(_names_in(c) for c in inner))


def woven_switches(
    table: str, rows: Sequence[dict[str, str]], kind: str | None, row_by_row: bool, named: Callable[[Any], str]
) -> Iterator[Woven]:
    """Gives a switch for every kind or class of a table's words, and for every row where asked for."""
    column = "class" if table == CLASSES else kind
    for value in sorted({row[column] for row in rows}) if column else [""]:
        alike = [row for row in rows if not column or row[column] == value]
        fellows = frozenset(_word(row) for row in alike)
        yield Woven(table, value, alike, fellows)
        for row in alike if row_by_row else ():
            yield Woven(table, named(row), [row], fellows)
