"""Blanks that a printer or a PDF put inside a figure: 16.6 %, 45. 3亿元, 1 234.5亿, 1 2 . 5 亿 元.

What belongs here: which blanks part nothing. What does not: what stands around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tasks.extraction.quantities.units import first_characters
from tasks.lexicon.grammar import pattern
from tasks.reading.folding import Folded

_BLANK = " \u3000"
_THOUSANDS = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?: [0-9]{3})+(?![0-9])")
_SPELT = re.compile(
    r"(?<![0-9.])(?:[0-9] )+[0-9](?![0-9])(?: ?\. ?[0-9](?: [0-9])*(?![0-9]))?|(?<![0-9.])[0-9] \. [0-9](?![0-9])"
)
_FEWEST = 5
"""Blanks of a stretch that is spaced out letter by letter."""
_AFTER_DIGIT = re.compile(r"[0-9.] ")
_RUN = re.compile(r"[ \u3000]+")
_LETTERED = pattern("numbers.spaced_letters")
_CHINESE = pattern("numbers.spaced_chinese")
_OPENS_A_LINE = pattern("numbers.opens_a_line")
_ITEMS = 30
"""Up to here a number with a point at the head of a sentence may number a heading (3. 5亿元投资)."""


def close_blanks(folded: Folded) -> Folded:
    """Reads a text without the blanks inside its figures.

    Args:
        folded: A folded text.

    >>> close_blanks(Folded("产值45. 3 亿元，增长16.6 %")).text
    '产值45.3亿元，增长16.6%'
    """
    text = folded.text
    if " " not in text and "\u3000" not in text:
        return folded
    gaps = sorted({at for start, end in _blanks(text) for at in range(start, end)})
    return folded.without((at, at + 1) for at in gaps) if gaps else folded


def _blanks(text: str) -> Iterator[tuple[int, int]]:
    """Finds the blanks; a stretch of text that is spaced out letter by letter loses all of its."""
    if text.count(" ") >= _FEWEST:
        for found in _LETTERED.finditer(text):
            yield from _blanks_of(text, found.start(), found.end())
    if _AFTER_DIGIT.search(text):
        yield from _inside_digits(text)
    for run in _RUN.finditer(text):
        if _before_unit().match(text, run.start()) or _CHINESE.match(text, run.start()):
            yield run.span()


def _inside_digits(text: str) -> Iterator[tuple[int, int]]:
    """Finds the blanks between the digits of one number: 1 2 . 5, 1 234.5, 45. 3."""
    for found in _SPELT.finditer(text):
        if "." in found.group():
            yield from _blanks_of(text, found.start(), found.end())
    for found in _THOUSANDS.finditer(text):
        if found.group().count(" ") > 1 or _runs_on(text, found):
            yield from _blanks_of(text, found.start(), found.end())
    for found in _point().finditer(text):
        whole = found["whole"]
        if not (int(whole) <= _ITEMS and _OPENS_A_LINE.search(text, 0, found.start())):
            yield from _blanks_of(text, found.start(), found.end())


def _blanks_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for at in range(start, end):
        if text[at] in _BLANK:
            yield at, at + 1


def _runs_on(text: str, found: re.Match[str]) -> bool:
    """Tells whether two groups of digits are one number: Chinese before the first, a point or a unit at the last."""
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    return "\u4e00" <= before <= "\u9fff" and (after in ".%‰" or "\u4e00" <= after <= "\u9fff") and before != "第"


@cache
def _point() -> re.Pattern[str]:
    """Finds a decimal number with a blank at its point."""
    return pattern("numbers.spaced_point", unit_starts=first_characters())


@cache
def _before_unit() -> re.Pattern[str]:
    """Finds the blank between a number and its unit."""
    return pattern("numbers.blank_before_unit", unit_starts=first_characters())
