"""The words of the desk in Chinese and English: those of its page, and sentences that come from the program in English.

What belongs here: looking words and sentences up. What does not: the tables (`words.csv`, `sentences.csv`), and saying
anything; who refuses or doubts writes the English sentence.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from expectations.suite import suite

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


@cache
def sentences() -> dict[str, str]:
    """Gives the sentences of the program: English to Chinese, with {1}, {2} … for what differs."""
    return {row["en"]: row["zh"] for row in _rows("sentences.csv")}


def in_chinese(sentence: str) -> str | None:
    """Says a sentence of the program in Chinese; None where the table has none like it.

    Args:
        sentence: In English.

    >>> in_chinese("'x' is no size of a sample; give a number such as 200.")
    'x 不是样本量，请填写数字，如 200。'
    """
    if len(sentence) > _LONGEST:
        return None
    for form, zh in _forms():
        if found := form.fullmatch(sentence):
            return zh.format("", *map(_value, found.groups()))
    reasons = [_reason(part) for part in sentence.split(_BETWEEN)]
    return "；".join(filter(None, reasons)) if all(reasons) else None


def in_both(sentence: str) -> str:
    """Says a sentence of the program in Chinese and in English, a line each.

    Args:
        sentence: In English.
    """
    return "\n".join(filter(None, (in_chinese(sentence), sentence)))


def _value(said: str) -> str:
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


@cache
def _forms() -> list[tuple[re.Pattern[str], str]]:
    """The sentences as patterns, those with most words of their own first."""
    forms = []
    for en, zh in sentences().items():
        parts = re.split(r"\{\d\}", en)
        form = re.compile("(.*?)".join(map(re.escape, parts)), re.DOTALL)
        forms.append((sum(map(len, parts)), form, zh))
    return [(form, zh) for _, form, zh in sorted(forms, key=lambda each: -each[0])]


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (_HERE / name).open(encoding="utf-8", newline="") as handle:
        yield from csv.DictReader(line for line in handle if not line.startswith("#"))
