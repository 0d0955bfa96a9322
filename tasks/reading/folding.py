"""One character for what is one character to a reader: traditional script, radicals, full width, invisible signs.

What belongs here: which printed characters are read as another, and where in the print each read character stands.
What does not: words, numbers, and anything that changes what is given back to a user, which is always the print.

What is exchanged one for one is a table that search shares (`warehouse.search.characters`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from tasks.lexicon import read_table
from tasks.lexicon.grammar import words
from warehouse.search.characters import characters, exchange

_INVISIBLE = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufe00-\ufe0f\ufeff"
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_DIGITS = "".join(("〇", *words("ones")))
_ZERO = re.compile(rf"(?<=[{_DIGITS}])[○◯Oo0]+(?=[{_DIGITS}年月日后代底末初来以起至到、，。）\-]|$)")
_ZERO_HINT = re.compile(rf"[{_DIGITS}][○◯Oo0]")
_DROPPED = re.compile(
    rf"[{_INVISIBLE}]+"
    rf"|(?<=[\u3400-\u9fff])[(（](?=[a-zü]{{0,5}}[{_TONED}])[a-zü{_TONED}]{{1,7}}[)）]"  # 統(tǒng)計(jì)
)


@dataclass(frozen=True, slots=True)
class Folded:
    """A text as it is read, and where it was printed.

    Attributes:
        text: What is read.
        offsets: For each character of `text` its offset in the print, and the length of the print at the end; None
            where every character stands at its own offset.
    """

    text: str
    offsets: tuple[int, ...] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Gives the offsets in the print of a stretch that was read.

        Args:
            start: Offset of its first character in `text`.
            end: Offset after its last.

        >>> fold("4​5亿").span(0, 3)
        (0, 4)
        """
        if self.offsets is None or start >= end:
            return (start, end) if self.offsets is None else (self.offsets[start], self.offsets[start])
        return self.offsets[start], self.offsets[end - 1] + 1

    def without(self, gaps: Iterable[tuple[int, int]]) -> Folded:
        """Reads the text without some stretches of it.

        Args:
            gaps: Start and end of each in `text`, in order, none over another.
        """
        kept: list[str] = []
        offsets: list[int] = []
        at = 0
        for start, end in gaps:
            kept.append(self.text[at:start])
            offsets.extend(range(at, start))
            at = end
        if not kept:
            return self
        kept.append(self.text[at:])
        offsets.extend(range(at, len(self.text) + 1))
        if self.offsets is not None:
            offsets = [self.offsets[i] for i in offsets]
        return Folded("".join(kept), tuple(offsets))


def fold(text: str) -> Folded:
    """Reads a text in simplified characters and half-width digits and letters, without invisible signs.

    Punctuation stays as it is: a full-width comma parts clauses, a half-width one thousands.

    Args:
        text: Any text as printed.

    Returns:
        What is read, with the way back to the print; characters are exchanged one for one and only dropped ones
        move an offset.

    >>> fold("⼯業總產值１２億元，乾隆年間，二○一八年").text
    '工业总产值12亿元，乾隆年间，二〇一八年'
    >>> fold("統(tǒng)計(jì)局").text
    '统计局'
    """
    if not _is_special(text):
        return Folded(_zeros(text))
    folded = Folded(text).without(found.span() for found in _DROPPED.finditer(text))
    return Folded(_exchange(folded.text), folded.offsets)


def fold_characters(text: str) -> str:
    """Exchanges what can be exchanged one for one; the length and every offset stay the same.

    Args:
        text: Any text.
    """
    return _exchange(text) if _is_special(text) else _zeros(text)


def fold_signs(text: str) -> str:
    """Reads dashes, tildes, points and blanks as the one sign that numbers and dates are told by; lengths stay.

    Args:
        text: Text after `fold` or `fold_characters`.

    >>> fold_signs("3－5年，45・3亿")
    '3-5年，45·3亿'
    """
    pattern, table = _signs()
    return text.translate(table) if pattern.search(text) else text


@cache
def _signs() -> tuple[re.Pattern[str], dict[int, str]]:
    table = {ord(row["form"]): row["standard"] for row in read_table("signs")}
    return re.compile("[" + re.escape("".join(map(chr, table))) + "]"), table


def _exchange(text: str) -> str:
    return _zeros(exchange(text))


def _zeros(text: str) -> str:
    """Reads rings and letters between Chinese digits as the zero they stand for: 二○一八, 二O二二."""
    if not _ZERO_HINT.search(text):
        return text
    return _ZERO.sub(lambda found: "〇" * len(found.group()), text)


def _is_special(text: str) -> bool:
    """Tells whether anything but a zero is there to fold; most text of the mainland's papers has nothing."""
    return _special().search(text) is not None


@cache
def _special() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(map(chr, characters())))}{_INVISIBLE}{_TONED}]")
