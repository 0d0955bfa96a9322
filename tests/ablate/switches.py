"""What can be switched off, and what is known of it: where it spoke, and which caches hang on it.

What belongs here: the kinds of switches and the board that holds them. What does not: putting them into the rooms
(`switchboard`), reading pages.

A switch that is off makes a pattern match nothing, a list hold no word, a table hold no such row, a function that
answers yes or no answer no, and one that may find something find nothing.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Iterator
from types import ModuleType
from typing import Any

ROOMS = (
    "tasks.reading",
    "tasks.repair",
    "tasks.extraction.names",
    "tasks.extraction.quantities",
    "tasks.extraction.periods",
    "tasks.extraction.facts",
)


class Switch:
    """One thing that can be switched off.

    Attributes:
        kind: `pattern`, `rule`, `words` or `rows`.
        name: Module and name, without `tasks.`; for rows the table and what is left out of it.
        rooms: The rooms whose reading it may change.
        spoke: The documents in which it had something to say; None where that is not known.
        words: For rows, the words left out: a document without them reads the same.
    """

    def __init__(self, kind: str, name: str, rooms: Iterable[str]) -> None:
        self.kind, self.name, self.rooms = kind, name, frozenset(rooms)
        self.off = False
        self.spoke: set[str] | None = set()
        self.words: frozenset[str] = frozenset()

    def turn(self, board: Board, off: bool) -> None:
        """Turns it off or on again."""
        self.off = off
        board.forget(self)


class Board:
    """All switches, the document being read, and what was heard while it was read."""

    def __init__(self) -> None:
        self.switches: list[Switch] = []
        self.document = ""
        self.heard: list[tuple[Switch, str, str]] | None = None
        self.stack: list[Cache] = []
        self.caches: list[Cache] = []
        self.readers: dict[str, set[str]] = {}
        self.readers_at_import: dict[str, set[str]] = {}
        self.left_out: dict[str, Callable[[Any], bool]] = {}
        self.importing = True

    def note(self, switch: Switch, printed: str = "", text: str = "") -> None:
        """Notes that a switch had something to say about the document."""
        if switch.spoke is not None:
            switch.spoke.add(self.document)
        if self.stack:
            self.stack[-1].on.add(switch)
        if self.heard is not None:
            self.heard.append((switch, printed, text))

    def forget(self, what: Switch | str) -> None:
        """Empties the caches that hang on a switch or on a table."""
        for cache in self.caches:
            if what in cache.all_on():
                cache.clear()

    def settle(self) -> None:
        """After all documents were read: what spoke inside a cached function spoke wherever that was asked."""
        for cache in self.caches:
            for switch in cache.all_on():
                if isinstance(switch, Switch) and switch.spoke is not None:
                    switch.spoke |= cache.asked


class Cache:
    """A function's cache that knows what its answers hang on."""

    def __init__(self, function: Any, cached: Any, board: Board) -> None:
        functools.update_wrapper(self, function)
        self._cached, self._board = cached, board
        self.clear = cached.cache_clear
        self.function = function
        self.on: set[Any] = set()
        self.uses: set[Cache] = set()
        self.asked: set[str] = set()

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        stack = self._board.stack
        if stack:
            stack[-1].uses.add(self)
        self.asked.add(self._board.document)
        stack.append(self)
        try:
            return self._cached(*args, **kwargs)
        finally:
            stack.pop()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._cached, name)

    def all_on(self) -> set[Any]:
        """Gives the switches and tables that the answers hang on, those of other caches included."""
        seen, waiting, on = set(), [self], set()
        while waiting:
            cache = waiting.pop()
            if id(cache) in seen:
                continue
            seen.add(id(cache))
            on |= cache.on
            waiting.extend(cache.uses)
        return on


class Pattern:
    """A compiled pattern with a switch."""

    def __init__(self, real: re.Pattern[str], switch: Switch, board: Board) -> None:
        self._real, self.switch, self._board = real, switch, board

    def make_again(self, spelled: str) -> None:
        """Makes it of other words."""
        self._real = type(self)._compile(spelled, self._real.flags & ~re.UNICODE)

    _compile = staticmethod(re.compile)
    """As it is without switches."""

    def _first(self, method: str, *args: Any) -> re.Match[str] | None:
        if self._board.stack:
            self._board.stack[-1].on.add(self.switch)
        found: re.Match[str] | None = None if self.switch.off else getattr(self._real, method)(*args)
        if found is not None:
            self._board.note(self.switch, found.group(), args[0])
        return found

    def search(self, *args: Any) -> re.Match[str] | None:
        return self._first("search", *args)

    def match(self, *args: Any) -> re.Match[str] | None:
        return self._first("match", *args)

    def fullmatch(self, *args: Any) -> re.Match[str] | None:
        return self._first("fullmatch", *args)

    def finditer(self, *args: Any) -> Iterator[re.Match[str]]:
        if self._board.stack:
            self._board.stack[-1].on.add(self.switch)
        for found in () if self.switch.off else self._real.finditer(*args):
            self._board.note(self.switch, found.group(), args[0])
            yield found

    def findall(self, *args: Any) -> list[Any]:
        return [m.groups() if self._real.groups > 1 else m[self._real.groups] for m in self.finditer(*args)]

    def sub(self, put: Any, text: str, count: int = 0) -> str:
        if self.search(text) is None:
            return text
        return self._real.sub(put, text, count)

    def split(self, text: str, *args: Any) -> list[Any]:
        return [text] if self.search(text) is None else self._real.split(text, *args)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._real, name)


class Words(Switch):
    """A switch on a constant that holds words."""

    def __init__(self, name: str, value: Any) -> None:
        super().__init__("words", name, ())
        self.spoke = None
        self.value = value
        self.places: list[tuple[ModuleType, str]] = []

    def turn(self, board: Board, off: bool) -> None:
        for module, name in self.places:
            setattr(module, name, type(self.value)() if off else self.value)
        for cache in board.caches:
            if self in cache.all_on():
                cache.clear()


class Rows(Switch):
    """A switch on some rows of a lexicon table."""

    def __init__(self, table: str, what: str, leaves_out: Callable[[Any], bool], words: Iterable[str]) -> None:
        rooms = {room_of(reader) for reader in BOARD.readers.get(table, ())} - {None}
        super().__init__("rows", f"{table}: {what}" if what else table, rooms)  # type: ignore[arg-type]
        self.spoke = None
        self.table, self._leaves_out = table, leaves_out
        self.words = frozenset(words)

    def turn(self, board: Board, off: bool) -> None:
        """Leaves the rows out, or puts them back."""
        board.left_out.pop(self.table, None)
        if off:
            board.left_out[self.table] = self._leaves_out
        board.forget(self.table)


BOARD = Board()
"""The board of this process."""


def room_of(module: str) -> str | None:
    """Gives the room a module lies in; None for one that belongs to no reading."""
    return next((room for room in ROOMS if module == room or module.startswith(room + ".")), None)
