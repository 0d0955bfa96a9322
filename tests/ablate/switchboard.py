"""Puts a switch on every rule, pattern, word list and lexicon table of `tasks/`.

What belongs here: the switches, what they notice (where a rule spoke), and which caches hang on which switch.
What does not: reading pages. `install` must be called before anything of `tasks` is imported.

A switch that is off makes a pattern match nothing, a list hold no word, a table hold no such row, a function that
answers yes or no answer no, and one that may find something find nothing.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

ROOMS = (
    "tasks.reading",
    "tasks.repair",
    "tasks.extraction.names",
    "tasks.extraction.quantities",
    "tasks.extraction.periods",
    "tasks.extraction.facts",
)
_NOT_FOR_READING = ("train", "training", "augment", "shard", "task")


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
        self.stack: list[_Cache] = []
        self.caches: list[_Cache] = []
        self.readers: dict[str, set[str]] = {}
        self.left_out: dict[str, Callable[[Any], bool]] = {}
        self.importing = True
        self.read_at_import: set[str] = set()

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


class _Cache:
    """A function's cache that knows what its answers hang on."""

    def __init__(self, function: Any, cached: Any, board: Board) -> None:
        functools.update_wrapper(self, function)
        self._cached, self._board = cached, board
        self.clear = cached.cache_clear
        self.function = function
        self.on: set[Any] = set()
        self.uses: set[_Cache] = set()
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


class _Pattern:
    """A compiled pattern with a switch."""

    def __init__(self, real: re.Pattern[str], switch: Switch, board: Board) -> None:
        self._real, self.switch, self._board = real, switch, board

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


BOARD = Board()


def install() -> Board:
    """Puts a switch on everything in the rooms; call it before anything of `tasks` is imported, and only once.

    Raises:
        RuntimeError: Something of `tasks` is imported already.
    """
    if BOARD.switches:
        return BOARD
    if any(name.startswith("tasks.") for name in sys.modules):
        raise RuntimeError("The switches must be installed before tasks is imported: call install() first.")
    kept = re.compile, functools.cache, functools.lru_cache
    _watch_caches()
    _watch_tables()
    _watch_patterns(kept[0])
    try:
        modules = [importlib.import_module(name) for name in _modules()]
    finally:
        functools.cache, functools.lru_cache = kept[1:]  # type: ignore[assignment]
    # re.compile stays watched: some patterns are built when they are first needed
    BOARD.importing = False
    _name_patterns(modules)
    _watch_words(modules)
    _watch_rules(modules)
    return BOARD


def _modules() -> list[str]:
    names = []
    for room in ROOMS:
        inside = pkgutil.iter_modules(importlib.import_module(room).__path__)
        names += [room, *(f"{room}.{module.name}" for module in inside if module.name not in _NOT_FOR_READING)]
    return names


def room_of(module: str) -> str | None:
    """Gives the room a module lies in; None for one that belongs to no reading."""
    return next((room for room in ROOMS if module == room or module.startswith(room + ".")), None)


def _watch_caches() -> None:
    real = functools.lru_cache

    def lru_cache(maxsize: Any = 128, typed: bool = False) -> Any:
        if callable(maxsize):
            return lru_cache()(maxsize)

        def decorate(function: Any) -> Any:
            cached = real(maxsize, typed)(function)
            if not str(function.__module__).startswith("tasks."):
                return cached
            watched = _Cache(function, cached, BOARD)
            BOARD.caches.append(watched)
            return watched

        return decorate

    functools.lru_cache = lru_cache  # type: ignore[assignment]
    functools.cache = lambda function: lru_cache(None)(function)  # type: ignore[assignment]


def _watch_tables() -> None:
    lexicon = importlib.import_module("tasks.lexicon")
    for reader in ("read_table", "read_words"):
        setattr(lexicon, reader, _watched_table(getattr(lexicon, reader)))


def _watched_table(real: Any) -> Any:
    @functools.wraps(real)
    def read(name: str) -> Any:
        BOARD.readers.setdefault(name, set()).add(sys._getframe(1).f_globals["__name__"])
        if BOARD.importing:
            BOARD.read_at_import.add(name)
        for cache in BOARD.stack[-1:]:
            cache.on.add(name)
        leaves_out = BOARD.left_out.get(name)
        return tuple(row for row in real(name) if not leaves_out(row)) if leaves_out else real(name)

    read.cache_clear = real.cache_clear  # type: ignore[attr-defined]
    return read


def _watch_patterns(real: Any) -> None:
    def compiled(pattern: Any, flags: Any = 0) -> Any:
        made = real(getattr(pattern, "_real", pattern), flags)
        frame = sys._getframe(1)
        module = str(frame.f_globals.get("__name__"))
        room = room_of(module)
        if room is None or isinstance(made.pattern, bytes):
            return made
        name = f"{module.removeprefix('tasks.')}:{frame.f_code.co_name}:{frame.f_lineno}"
        twin = next((s for s in BOARD.switches if s.name == name and s.kind == "pattern"), None)
        switch = twin or Switch("pattern", name, {room})
        if twin is None:
            BOARD.switches.append(switch)
        return _Pattern(made, switch, BOARD)

    re.compile = compiled  # type: ignore[assignment]


def _name_patterns(modules: Iterable[ModuleType]) -> None:
    """Gives patterns the names they have in their modules, and the rooms that import them."""
    for module in modules:
        for name, value in vars(module).items():
            inner = value.values() if isinstance(value, dict) else value if isinstance(value, tuple | list) else [value]
            for n, one in enumerate(inner):
                if isinstance(one, _Pattern):
                    one.switch.rooms |= {room_of(module.__name__) or ""}
                    if ":<module>:" in one.switch.name:
                        home = one.switch.name.split(":")[0]
                        one.switch.name = f"{home}.{name}" + (f"[{n}]" if one is not value else "")


class _Words(Switch):
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


def _watch_words(modules: Iterable[ModuleType]) -> None:
    modules = list(modules)
    found: dict[tuple[int, str], _Words] = {}
    for module in modules:
        asked = _names_used(module)
        for name, value in vars(module).items():
            if name.lstrip("_")[:1].isupper() and name.upper() == name and name in asked and _holds_words(value):
                switch = found.setdefault((id(value), name), _Words(f"{module.__name__[6:]}.{name}", value))
                switch.places.append((module, name))
                switch.rooms |= {room_of(module.__name__) or ""}
                for cache in BOARD.caches:
                    if cache.function.__module__ == module.__name__ and name in _names_in(cache.function.__code__):
                        cache.on.add(switch)
    BOARD.switches.extend(found.values())


def _holds_words(value: Any) -> bool:
    if isinstance(value, str):
        return len(value) > 1 and not re.search(r"[\\\[\](){}|?*+^$]", value)
    if not isinstance(value, frozenset | set | tuple | list | dict) or not value:
        return False
    return all(isinstance(word, str) for word in value)


def _names_used(module: ModuleType) -> set[str]:
    """Gives the globals that the module's functions ask for when they run."""
    codes = [f.__code__ for f in _functions(module)]
    codes += [c.function.__code__ for c in BOARD.caches if c.function.__module__ == module.__name__]
    return {name for code in codes for name in _names_in(code)}


def _names_in(code: CodeType) -> set[str]:
    inner = (const for const in code.co_consts if isinstance(const, CodeType))
    return set(code.co_names).union(*(_names_in(c) for c in inner))


def _functions(module: ModuleType) -> Iterator[FunctionType]:
    for value in vars(module).values():
        if isinstance(value, FunctionType) and value.__module__ == module.__name__:
            yield value
        elif inspect.isclass(value) and value.__module__ == module.__name__:
            yield from (m for m in vars(value).values() if isinstance(m, FunctionType))


def _watch_rules(modules: Iterable[ModuleType]) -> None:
    modules = list(modules)
    for module in modules:
        for name, value in list(vars(module).items()):
            if isinstance(value, FunctionType | _Cache) and value.__module__ == module.__name__:
                _replace_everywhere(modules, module, name, value)
            elif inspect.isclass(value) and value.__module__ == module.__name__:
                for key, method in list(vars(value).items()):
                    if isinstance(method, FunctionType) and not key.startswith("__") and _silence(method) != "none":
                        setattr(value, key, _watched_rule(method, f"{module.__name__[6:]}.{name}.{key}", module))


def _silence(function: Any) -> Any:
    """Gives what a function says when it has nothing to say; `none` where it always says something."""
    said = str(getattr(function, "__annotations__", {}).get("return", ""))
    return False if said == "bool" else None if said.endswith("| None") else "none"


def _replace_everywhere(modules: Iterable[ModuleType], home: ModuleType, name: str, function: Any) -> None:
    if _silence(function) == "none" or name == "main":
        return
    watched = _watched_rule(function, f"{home.__name__[6:]}.{name}", home)
    for module in modules:
        for key, value in list(vars(module).items()):
            if value is function:
                setattr(module, key, watched)
                BOARD.switches[-1].rooms |= {room_of(module.__name__) or ""}


def _watched_rule(function: Any, name: str, module: ModuleType) -> Any:
    switch = Switch("rule", name, {room_of(module.__name__) or ""})
    silent = _silence(function)
    BOARD.switches.append(switch)

    @functools.wraps(function)
    def asked(*args: Any, **kwargs: Any) -> Any:
        if BOARD.stack:
            BOARD.stack[-1].on.add(switch)
        if switch.off:
            return silent
        said = function(*args, **kwargs)
        if said is not None and said is not False:
            BOARD.note(switch)
        return said

    return asked


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
