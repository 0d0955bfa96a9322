"""Blanks that a printer or a PDF put inside a figure: 16.6 %, 45. 3亿元, 1 234.5亿, 1 2 . 5 亿 元.

What belongs here: which blanks part nothing. What does not: what stands around them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tasks.extraction.quantities.units import first_characters
from tasks.reading.folding import Folded

_BLANK = " \u3000"
_THOUSANDS = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?: [0-9]{3})+(?![0-9])")
_SPELT = re.compile(
    r"(?<![0-9.])(?:[0-9] )+[0-9](?![0-9])(?: ?\. ?[0-9](?: [0-9])*(?![0-9]))?|(?<![0-9.])[0-9] \. [0-9](?![0-9])"
)
_LETTERED = re.compile(r"(?:(?:[\u4e00-\u9fff]|[0-9.,%]+) ){5,}")
_NUMERALS = "〇零一二三四五六七八九十百千万亿两几余多壹贰叁肆伍陆柒捌玖拾佰仟"
_CHINESE = re.compile(
    rf"(?<=[{_NUMERALS}])[ \u3000]+(?=[{_NUMERALS}点成折](?![、.．]))|(?<=点)[ \u3000]+(?=[{_NUMERALS}])"
    rf"|(?<=个)[ \u3000]+(?=百 ?分)|(?<=[百千万佰])[ \u3000]+(?=分 *[之点])|(?<=[百千万佰][分])[ \u3000]+(?=[之点])"
    rf"|(?<=分)[ \u3000]+(?=[之点])|(?<=[分 ]之)[ \u3000]+(?=[0-9{_NUMERALS}])"
    rf"|(?<=[{_NUMERALS}])[ \u3000]+(?=个 *百 *分 *点)"
    rf"|(?<=[0-9{_NUMERALS}])[ \u3000]+(?=分 *之 *[0-9{_NUMERALS}])"
    rf"|(?<=[{_NUMERALS}])[ \u3000]+(?=又 *[0-9{_NUMERALS}]+ *分)"
    rf"|(?<=又)[ \u3000]+(?=[0-9{_NUMERALS}]+ *分 *之)"
    rf"|(?<=[0-9]亿)[ \u3000]+(?=[0-9]{{1,4}}万)|(?<=[0-9]万)[ \u3000]+(?=[0-9]千)|(?<=[0-9]千)[ \u3000]+(?=[0-9]百)"
    rf"|(?<=[0-9{_NUMERALS}]成)[ \u3000]+(?=[一二三四五六七八九](?:[，。；、）]|$))"
)
_HEADING = re.compile(r"(?:^|[。；！？\n）)])[ \u3000]*$")
_ITEMS = 30
"""Up to here a number with a point at the head of a sentence may number a heading (3. 5亿元投资)."""


def close_gaps(folded: Folded) -> Folded:
    """Reads a text without the blanks inside its figures.

    Args:
        folded: A folded text.

    >>> close_gaps(Folded("产值45. 3 亿元，增长16.6 %")).text
    '产值45.3亿元，增长16.6%'
    """
    text = folded.text
    if " " not in text and "\u3000" not in text:
        return folded
    gaps = sorted({at for start, end in _gaps(text) for at in range(start, end)})
    return folded.without((at, at + 1) for at in gaps) if gaps else folded


def _gaps(text: str) -> Iterator[tuple[int, int]]:
    """Finds the blanks; a stretch of text that is spaced out letter by letter loses all of its."""
    for pattern in (_LETTERED, _SPELT):
        for found in pattern.finditer(text):
            if pattern is _LETTERED or "." in found.group() or _is_spaced_out(text, found):
                yield from _blanks_of(text, found.start(), found.end())
    for found in _THOUSANDS.finditer(text):
        if found.group().count(" ") > 1 or _runs_on(text, found):
            yield from _blanks_of(text, found.start(), found.end())
    for found in _point().finditer(text):
        whole = found["whole"]
        if not (int(whole) <= _ITEMS and _HEADING.search(text, 0, found.start())):
            yield from _blanks_of(text, found.start(), found.end())
    for found in _before_unit().finditer(text):
        yield found.span()
    for found in _CHINESE.finditer(text):
        yield found.span()


def _blanks_of(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    for at in range(start, end):
        if text[at] in _BLANK:
            yield at, at + 1


def _is_spaced_out(text: str, found: re.Match[str]) -> bool:
    """Tells whether single digits with blanks between them are one number: the unit after them is spaced out too."""
    return bool(re.match(r" (?:[万亿千百%] |[折成%])", text[found.end() : found.end() + 3]))


def _runs_on(text: str, found: re.Match[str]) -> bool:
    """Tells whether two groups of digits are one number: Chinese before the first, a point or a unit at the last."""
    before, after = text[found.start() - 1 : found.start()], text[found.end() : found.end() + 1]
    return "\u4e00" <= before <= "\u9fff" and (after in ".%‰" or "\u4e00" <= after <= "\u9fff") and before != "第"


@cache
def _point() -> re.Pattern[str]:
    """Finds a decimal number with a blank at its point."""
    units = re.escape(first_characters())
    return re.compile(
        r"(?<![0-9.])(?P<whole>[0-9]{1,5})(?: \. ?|\. )[0-9]{1,4}(?![0-9.])"
        rf"(?=[ \u3000]?(?:[%‰百千万亿]|[{units}]))"
    )


@cache
def _before_unit() -> re.Pattern[str]:
    units = re.escape(first_characters())
    return re.compile(
        rf"(?<=[0-9])[ \u3000]{{1,4}}(?=(?:[余多]?[百千万亿]|[{units}]))"
        rf"|(?<=[0-9百千万亿][百千万亿])[ \u3000](?=[{units}])|(?<=[0-9][余多])[ \u3000](?=[{units}])"
    )
