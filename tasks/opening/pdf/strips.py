"""Strips: characters that stand beside each other on one line of one column, or below each other in a vertical one.

What belongs here: putting characters together to strips by their boxes. What does not: columns and order (`order`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from tasks.opening.pdf.glyphs import Glyph

_SAME_LINE = 0.3
"""How far, in sizes, the feet of two characters of one line lie apart."""
_JOINED = 0.62
"""Gap, in sizes, up to which two characters of one line belong together whatever stands around them."""
_OVERLAP = -0.6
_SAME_SIZE = 1.3
_STACKED = 1.9
"""Pitch, in sizes, up to which characters below each other are one vertical line."""
_FEWEST_STACKED = 3
_CLOSING = "，。、；：！？”’）》」』】〉"


@dataclass(slots=True)
class Strip:
    """A piece of a printed line.

    Attributes:
        glyphs: Its characters in reading order.
        vertical: Whether they stand below each other.
        edge: Right edge of its ink, as far as that is known: half of a closing mark at its end is white.
    """

    glyphs: list[Glyph]
    vertical: bool = False
    left: float = field(init=False)
    right: float = field(init=False)
    edge: float = field(init=False)
    top: float = field(init=False)
    bottom: float = field(init=False)
    size: float = field(init=False)

    def __post_init__(self) -> None:
        """Measures the strip by its printed characters."""
        printed = [glyph for glyph in self.glyphs if not glyph.text.isspace()]
        self.left = min(glyph.left for glyph in printed)
        self.right = max(glyph.right for glyph in printed)
        self.edge = self.right if self.vertical else max(map(_ink_edge, printed))
        self.size = Counter(round(glyph.size, 1) for glyph in printed).most_common(1)[0][0] or 1.0
        self.bottom = max(glyph.bottom for glyph in printed)
        self.top = min(max(glyph.top, glyph.bottom - 1.15 * glyph.size) for glyph in printed)

    @property
    def text(self) -> str:
        """Its characters, white space at its ends left out."""
        return "".join(glyph.text for glyph in self.glyphs).strip()

    @property
    def font(self) -> str:
        """The font that most of it is set in."""
        return Counter(glyph.font for glyph in self.glyphs if not glyph.text.isspace()).most_common(1)[0][0]


def _ink_edge(glyph: Glyph) -> float:
    return (glyph.left + glyph.right) / 2 if glyph.text in _CLOSING else glyph.right


def read_strips(glyphs: Sequence[Glyph]) -> list[Strip]:
    """Puts the characters of one direction together to strips.

    Args:
        glyphs: In the order of the file, which most often is that of reading.
    """
    runs = _stacked([run for run in _runs(glyphs) if any(not g.text.isspace() for g in run)])
    flat = [Strip(run) for run, vertical in runs if not vertical]
    return [*_merged(flat), *(Strip(run, True) for run, vertical in runs if vertical)]


def _runs(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Cuts the characters where the next one does not go on to the right of the one before."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and _goes_on(runs[-1][-1], glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _goes_on(before: Glyph, glyph: Glyph) -> bool:
    size = min(before.size, glyph.size)
    if max(before.size, glyph.size) > _SAME_SIZE * size and not _beside_foot(before, glyph):
        return False
    if abs(before.bottom - glyph.bottom) > _SAME_LINE * size and not _beside_foot(before, glyph):
        return False
    return _OVERLAP * size < glyph.left - before.right < _JOINED * size


def _beside_foot(before: Glyph, glyph: Glyph) -> bool:
    """Tells whether one of the two is a small raised or lowered sign of the other's line: km², 注①."""
    small, large = sorted((before, glyph), key=lambda g: g.size)
    middle = (small.top + small.bottom) / 2
    return small.size < 0.8 * large.size and large.top < middle < large.bottom and not _is_hanzi(small.text)


def _is_hanzi(text: str) -> bool:
    return "\u3400" <= text[0] <= "\u9fff"


def _stacked(runs: Sequence[list[Glyph]]) -> list[tuple[list[Glyph], bool]]:
    """Finds vertical lines: runs of one character, or of two digits, each below the one before."""
    found: list[tuple[list[Glyph], bool]] = []
    start = 0
    for i in range(1, len(runs) + 1):
        if i < len(runs) and _is_below(runs[i - 1], runs[i]):
            continue
        if i - start >= _FEWEST_STACKED:
            found.append(([glyph for run in runs[start:i] for glyph in run], True))
        else:
            found += [(run, False) for run in runs[start:i]]
        start = i
    return _stacked_apart(found)


def _stacked_apart(runs: Sequence[tuple[list[Glyph], bool]]) -> list[tuple[list[Glyph], bool]]:
    """Finds vertical lines whose characters the file gives one by one, in whatever order."""
    single = [run for run, vertical in runs if not vertical and len(run) == 1]
    single.sort(key=lambda run: (round((run[0].left + run[0].right) / run[0].size), run[0].bottom))
    done: set[int] = set()
    stacks: list[tuple[list[Glyph], bool]] = []
    start = 0
    for i in range(1, len(single) + 1):
        if i < len(single) and _is_below(single[i - 1], single[i]) and _same_size(single[i - 1][0], single[i][0]):
            continue
        if i - start >= _FEWEST_STACKED:
            stacks.append(([glyph for run in single[start:i] for glyph in run], True))
            done.update(id(run) for run in single[start:i])
        start = i
    return [*(pair for pair in runs if id(pair[0]) not in done), *stacks] if stacks else list(runs)


def _same_size(a: Glyph, b: Glyph) -> bool:
    return abs(a.size - b.size) < 0.1 * a.size


def _is_below(above: Sequence[Glyph], below: Sequence[Glyph]) -> bool:
    size = max(above[0].size, below[0].size)
    narrow = all(run[-1].right - run[0].left <= 1.3 * size for run in (above, below))
    centred = abs(above[0].left + above[-1].right - below[0].left - below[-1].right) / 2 <= 0.3 * size
    return narrow and centred and 0.5 * size < below[0].bottom - above[0].bottom < _STACKED * size


def _merged(strips: list[Strip]) -> list[Strip]:
    """Joins strips of one line that the file gives apart, in whatever order."""
    strips.sort(key=lambda strip: (strip.left, strip.bottom))
    waiting: dict[int, list[Strip]] = {}
    done: list[Strip] = []
    for strip in strips:
        row = int(strip.bottom // 4)
        near = [
            s for k in (-2, -1, 0, 1, 2) for s in waiting.get(row + k, ()) if _goes_on(s.glyphs[-1], strip.glyphs[0])
        ]
        left = min(near, key=lambda s: abs(s.glyphs[-1].bottom - strip.glyphs[0].bottom), default=None)
        if left is None:
            waiting.setdefault(row, []).append(strip)
            done.append(strip)
        else:
            left.glyphs += strip.glyphs
            left.__post_init__()
    return done
