"""The words of the desk in Chinese and English: those of its page, and sentences that come from the program in English.

What belongs here: the words of the page (`words.csv`), also inside sentences, and the gate's reasons. What does not:
the sentences of the program, which all of it shares (`flows.telling.language`); who refuses or doubts writes the
English one.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from expectations.suite import suite
from flows.telling.language import from_table

_HERE = Path(__file__).parent
_REASON = re.compile(r"(?P<name>\w+)(?: \((?P<column>\w+)\))?: (?P<en>.+?)(?: Seen: (?P<seen>.*))?", re.DOTALL)
"""What the gate says of a row that it keeps back."""
_BETWEEN = " | "
_LONGEST = 2_000
"""Characters of a sentence; a longer one repeats what somebody sent."""


@cache
def words() -> dict[str, tuple[str, str]]:
    """Gives the words of the page: key to Chinese and English."""
    return {row["key"]: (row["zh"], row["en"]) for row in _rows("words.csv")}


def in_chinese(sentence: str) -> str | None:
    """Says a sentence of the program in Chinese; None where the table has none like it.

    Args:
        sentence: In English.

    >>> in_chinese("subject: the rules read level")
    '主体：规则读作“水平”'
    """
    if len(sentence) > _LONGEST:
        return None
    if said := from_table(sentence, _at_place):
        return said
    reasons = [_reason(part) for part in sentence.split(_BETWEEN)]
    return "；".join(filter(None, reasons)) if all(reasons) else None


def in_both(sentence: str) -> str:
    """Says a sentence of the program in Chinese and in English, a line each.

    Args:
        sentence: In English.
    """
    return "\n".join(filter(None, (in_chinese(sentence), sentence)))


def _at_place(_: str, said: str) -> str:
    """What differs in a sentence: a word of the page, a sentence of its own, or what a person typed."""
    plain = said[1:-1] if len(said) > 1 and said[0] == said[-1] == "'" else said
    known = words().get(plain)
    return known[0] if known else in_chinese(plain) or plain


def _reason(said: str) -> str | None:
    found = _REASON.fullmatch(said)
    zh = _expected().get(found["en"]) if found else None
    if not found or not zh:
        return None
    seen = f"实际为：{found['seen']}" if found["seen"] else ""
    return f"{zh}{seen}（{found['name']}）"


@cache
def _expected() -> dict[str, str]:
    return {check.en: check.zh for check in suite("metrics")}


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(line for line in handle if not line.startswith("#"))
