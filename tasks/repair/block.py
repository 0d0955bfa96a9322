"""A block: lines that were joined to a paragraph or a display line.

What belongs here: the value and how its lines are put together. What does not: deciding what is joined (`blocks`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from tasks.repair.lines import Line
from tasks.repair.looks import Looks


@dataclass(slots=True)
class Block:
    """Lines that were joined: a paragraph, or one display line (headline, byline, caption of one line).

    Attributes:
        lines: The printed lines in order.
        reasons: One sentence a line: why it starts here or was joined.
        display: Whether it is set as display text rather than as running text.
        over: Whether its first line is wider than the column it stands in.
        inside: Whether it stands inside a sentence that it cuts in two.
        aside: `furniture` or `caption` where it was known before the text was put together; else empty.
        stands: `row`, `verse` or `point` where its line stands for itself; else empty.
    """

    lines: list[Line]
    reasons: list[str] = field(default_factory=list)
    display: bool = False
    over: bool = False
    inside: bool = False
    aside: str = ""
    stands: str = ""

    @property
    def text(self) -> str:
        """The joined text."""
        return join_lines(self.lines)

    @property
    def looks(self) -> Looks:
        """What the joined text looks like by itself."""
        return Looks(self.text)

    @property
    def unfinished(self) -> bool:
        """Whether running text stops in mid-sentence."""
        return not self.display and Looks(join_lines(self.lines[-2:])).ends in ("word", "comma", "open")


def join_lines(lines: Sequence[Line]) -> str:
    """Joins printed lines: nothing between Chinese characters, a space between two Latin words.

    A number cut at the line end is closed up; a space that stood at the end of a line between two Latin words or
    numbers is kept.
    """
    if len(lines) == 1:
        return lines[0].text
    parts = [lines[0].text]
    for a, b in pairwise(lines):
        left, right = a.text[-1], b.text[0]
        both_latin = left.isascii() and right.isascii()
        if both_latin and ((left.isalpha() and right.isalpha()) or (a.spaced and left.isalnum())):
            parts.append(" ")
        parts.append(b.text)
    return "".join(parts)
