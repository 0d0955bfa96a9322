"""Puts a switch on every rule, pattern, word list and lexicon table of `tasks/`: `install`.

What belongs here: finding them in the rooms and putting switches in their place. What does not: the switches
themselves (`switches`), reading pages. `install` must be called before anything of `tasks` is imported.
"""

from __future__ import annotations

import functools
import importlib
import inspect
import pkgutil
import re
import sys
from collections.abc import Iterable, Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

from tests.ablate.switches import BOARD, ROOMS, Board, Cache, Pattern, Switch, Words, room_of
from tests.ablate.woven import made as woven
from tests.ablate.woven import watch_classes

GRAMMAR = "tasks.lexicon.grammar"
"""Its patterns are named by the ids of their rules."""

_NOT_FOR_READING = ("shard", "task")
LEARNED = "tasks.extraction.facts.reader"
"""What the learned reader does is no rule."""


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
    watch_classes(importlib.import_module(GRAMMAR))
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
        inside = pkgutil.walk_packages(importlib.import_module(room).__path__, room + ".")
        names += [
            room,
            *(m.name for m in inside if m.name.split(".")[-1] not in _NOT_FOR_READING and LEARNED not in m.name),
        ]
    return names


def _watch_caches() -> None:
    real = functools.lru_cache

    def lru_cache(maxsize: Any = 128, typed: bool = False) -> Any:
        if callable(maxsize):
            return lru_cache()(maxsize)

        def decorate(function: Any) -> Any:
            cached = real(maxsize, typed)(function)
            if not str(function.__module__).startswith("tasks."):
                return cached
            watched = Cache(function, cached, BOARD)
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
            BOARD.readers_at_import.setdefault(name, set()).add(sys._getframe(1).f_globals["__name__"])
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
        rule = frame.f_locals.get("name") if frame.f_globals.get("__name__") == GRAMMAR else None
        lists = frame.f_locals.get("lists") or {} if rule else {}
        frame = frame.f_back if rule and frame.f_back else frame
        module = str(frame.f_globals.get("__name__"))
        room = room_of(module)
        if room is None or isinstance(made.pattern, bytes):
            return made
        name = rule or f"{module.removeprefix('tasks.')}:{frame.f_code.co_name}:{frame.f_lineno}"
        twin = next((s for s in BOARD.switches if s.name == name and s.kind == "pattern"), None)
        switch = twin or Switch("pattern", name, {room})
        if twin is None:
            BOARD.switches.append(switch)
        watched = Pattern(made, switch, BOARD)
        if rule and BOARD.importing:
            woven.append((watched, rule, {key: tuple(words) for key, words in lists.items()}))
        return watched

    re.compile = compiled  # type: ignore[assignment]


def _name_patterns(modules: Iterable[ModuleType]) -> None:
    """Gives patterns the names they have in their modules, and the rooms that import them."""
    for module in modules:
        for name, value in vars(module).items():
            inner = value.values() if isinstance(value, dict) else value if isinstance(value, tuple | list) else [value]
            for n, one in enumerate(inner):
                if isinstance(one, Pattern):
                    one.switch.rooms |= {room_of(module.__name__) or ""}
                    if ":<module>:" in one.switch.name:
                        home = one.switch.name.split(":")[0]
                        one.switch.name = f"{home}.{name}" + (f"[{n}]" if one is not value else "")


def _watch_words(modules: Iterable[ModuleType]) -> None:
    modules = list(modules)
    found: dict[tuple[int, str], Words] = {}
    for module in modules:
        asked = _names_used(module)
        for name, value in vars(module).items():
            if name.lstrip("_")[:1].isupper() and name.upper() == name and name in asked and _holds_words(value):
                switch = found.setdefault((id(value), name), Words(f"{module.__name__[6:]}.{name}", value))
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
            if isinstance(value, FunctionType | Cache) and value.__module__ == module.__name__:
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
