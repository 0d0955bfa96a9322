"""Says sentences in the language of whoever reads them: English, or Chinese from one table (`messages.csv`).

All code speaks English. A sentence is put into Chinese where it leaves for a person: on a terminal, in an error, in the
help, in an alert. So what was stored in English (why a line was joined, why a page was rejected) is understood too. A
sentence of the table holds places for what varies: `{n}` for a number, `{char}` for one sign, `{path}` for what stays
as it is, and those of `_PROSE` for words that are looked up themselves. Nothing that a program reads passes through
here.
"""

from __future__ import annotations

import csv
import os
import re
import unicodedata
from collections.abc import Callable, Mapping, MutableSequence, Sequence
from functools import cache, lru_cache
from pathlib import Path

from warehouse.errors import UserError

LANGUAGES = ("en", "zh")
TABLE = Path(__file__).parent / "messages.csv"
PLACE = re.compile(r"\{([a-z]+[0-9]*)\}")

_PROSE = frozenset(
    (
        *("a", "aside", "b", "body", "c", "cure", "d", "e", "example", "f", "field", "hint", "how", "kind", "level"),
        *("message", "more", "packed", "pages", "reason", "rows", "said", "side", "some", "state", "title", "what"),
        *("when", "where", "who", "why"),
    )
)
"""Places that hold words; what stands in any other is a name, a path or a value of the reader's own."""
_LABEL_ENDS = (10, 11)
"""Columns at which text begins behind a label such as `pages`."""
_JOINED = ((" and ", "，且"), ("; ", "；"), (", ", "，"))
_NUMBER = r"[-−]?\d[\d,.]*(?: ?(?:%|[kMG]B))?"
_LETTERS = re.compile(r"[A-Za-z]{2}")

_chosen: list[str] = []


def language() -> str:
    """Gives the language of messages: what `--lang` said, else what the environment says as POSIX has it."""
    if _chosen:
        return _chosen[0]
    return language_of(os.environ)


def language_of(environment: Mapping[str, str]) -> str:
    """Reads the language off the environment: the first of LC_ALL, LC_MESSAGES and LANG that is set.

    Args:
        environment: Variables and their values.

    >>> language_of({"LANG": "zh_CN.UTF-8"}), language_of({"LC_ALL": "C.UTF-8", "LANG": "zh_CN.UTF-8"}), language_of({})
    ('zh', 'en', 'en')
    """
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if environment.get(name):
            return "zh" if environment[name].lower().startswith("zh") else "en"
    return "en"


def take_language(arguments: MutableSequence[str]) -> None:
    """Takes `--lang` out of a command line, wherever it stands, since the help itself must know the language.

    Args:
        arguments: The command line; changed.

    Raises:
        UserError: It names no language that there is.
    """
    _chosen.clear()
    place = 0
    while place < len(arguments) and arguments[place] != "--":
        name, equals, given = arguments[place].partition("=")
        if name != "--lang":
            place += 1
            continue
        if not equals:
            given = arguments[place + 1] if place + 1 < len(arguments) else ""
        del arguments[place : place + (1 if equals else 2)]
        if given.lower()[:2] not in LANGUAGES:
            raise UserError(f"There is no language {given!r}: give en or zh.")
        _chosen[:] = [given.lower()[:2]]


def in_language(text: str) -> str:
    """Gives a text as its reader wants it: each line in Chinese where they want that and the table has it.

    Args:
        text: What the code says; a text that is none of its sentences stays as it is.
    """
    if language() == "en" or not text or text[0] in "{[":
        return text
    return "\n".join(chinese_line(line) for line in text.split("\n"))


@lru_cache(maxsize=10_000)
def in_chinese(sentence: str) -> str:
    """Gives a sentence of the code in Chinese; one that the table lacks stays.

    Args:
        sentence: Without line ends.

    >>> in_chinese("There is no region '槐荫'; did you mean 槐荫区?"), in_chinese("5 pages, 1 article")
    ("没有地区 '槐荫'；您是指 槐荫区 吗？", '5 版，1 篇文章')
    """
    said = from_table(sentence, _at_place)
    if said is not None:
        return said
    return _joined(sentence) if _LETTERS.search(sentence) else sentence


def from_table(sentence: str, at_place: Callable[[str, str], str]) -> str | None:
    """Gives a sentence of the table in Chinese; None where the table has none like it.

    Args:
        sentence: Without line ends.
        at_place: Says what stands at a place in Chinese, by the place's name and what stands there in English.
    """
    known, shapes = _table()
    if sentence in known:
        return known[sentence]
    for literals, shape, chinese in shapes if _LETTERS.search(sentence) else ():
        if all(literal in sentence for literal in literals) and (found := shape.fullmatch(sentence)):
            told = found.groupdict()
            return "".join(at_place(p, told[p]) if n % 2 else p for n, p in enumerate(PLACE.split(chinese)))
    return None


def _at_place(name: str, value: str) -> str:
    """Gives words in Chinese, all else as it was; behind `Line 1, column 3:` a sentence has lost its capital letter."""
    if name.rstrip("0123456789") not in _PROSE:
        return value
    said = in_chinese(value)
    if said != value or name != "what":
        return said
    return from_table(value[:1].upper() + value[1:], _at_place) or value


def _joined(sentence: str) -> str:
    """Puts a list of known parts into Chinese, or what stands behind a name and a colon; the unknown stays."""
    for between, chinese in _JOINED:
        start = len(sentence)
        while (start := sentence.rfind(between, 0, start)) > 0:
            parts = (sentence[:start], sentence[start + len(between) :])
            if all(in_chinese(part) != part or not _LETTERS.search(part) for part in reversed(parts)):
                return chinese.join(map(in_chinese, parts))
    head, colon, rest = sentence.partition(": ")
    said = in_chinese(rest) if colon else rest
    return f"{head}：{said}" if said != rest else sentence


def chinese_line(line: str) -> str:
    """Gives a line of output in Chinese, its label and its indent where they were.

    Args:
        line: Such as `pages     5 new, 0 unchanged, 0 rejected`.
    """
    for end in _LABEL_ENDS:
        label = labels().get(line[:end].rstrip(" "))
        if label and line[end - 1 : end] == " " and line[end : end + 1].strip():
            width = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in label)
            return label + " " * (end - width) + in_chinese(line[end:])
    text = line.lstrip(" ")
    return line[: len(line) - len(text)] + in_chinese(text)


@cache
def messages() -> dict[str, str]:
    """Reads the sentences of the table, English to Chinese, with their places as they are written."""
    return _read("sentence")


@cache
def labels() -> dict[str, str]:
    """Reads the words that stand before the lines of a summary."""
    return _read("label")


def _read(kind: str) -> dict[str, str]:
    with TABLE.open(encoding="utf-8", newline="") as handle:
        return {row["en"]: row["zh"] for row in csv.DictReader(handle) if row["kind"] == kind}


@cache
def _table() -> tuple[dict[str, str], list[tuple[Sequence[str], re.Pattern[str], str]]]:
    """Makes the sentences ready: those without places to look up, the others as patterns, the most telling first."""
    known = {en: zh for en, zh in [*messages().items(), *labels().items()] if not PLACE.search(en)} | _noticed()
    shapes: list[tuple[Sequence[str], re.Pattern[str], str]] = []
    for en, zh in messages().items():
        parts = PLACE.split(en)
        if len(parts) > 1:
            shape = "".join(_place(part) if n % 2 else re.escape(part) for n, part in enumerate(parts))
            shapes.append((parts[::2], re.compile(shape), zh))
    shapes.sort(key=lambda shape: -sum(map(len, shape[0])))
    return known, shapes


def _place(name: str) -> str:
    return f"(?P<{name}>{ {'n': _NUMBER, 'char': '.'}.get(name.rstrip('0123456789'), '.+?') })"


def _noticed() -> dict[str, str]:
    """What is noticed on pages has both languages with its own table."""
    from tasks.findings import wording

    pairs = {}
    for words in wording().values():
        pairs[words["message"]] = words["message_zh"]
        pairs[words["what_to_do"]] = words["what_to_do_zh"]
        pairs[f"{words['message']} {words['what_to_do']}"] = words["message_zh"] + words["what_to_do_zh"]
    return pairs
