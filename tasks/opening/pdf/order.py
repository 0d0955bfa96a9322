"""In which order the strips of a page are read: the page is cut along its white space, again and again.

What belongs here: rows, columns and the cuts between them. What does not: what a cut means to the text (`sheet`).

A page is a stack of bands. A band is as high as its columns run side by side between the same gutters; a headline
across a gutter ends it. Bands are read from top to bottom, columns of a band from left to right, and each column is
a page of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from tasks.opening.pdf.gutters import FEW_ROWS, WIDE_GUTTER, covered_by, gutters_of
from tasks.opening.pdf.stacks import in_reading_order, stacked
from tasks.opening.pdf.strips import Strip
from tasks.opening.pdf.tiles import HEADING, is_low, tiles

_BIG = 1.6
"""How much larger than the text a line must be set to begin a row of articles by itself."""
_HEADLINE, _AT_TOP, _APART = 1.3, 1.5, 1.2
"""Size of a headline that begins a row of articles beside text; how far below the row's upper edge it may stand, and
the white space above the row, in sizes of the text."""
_BROAD = 6.0
"""Width, in sizes of the text, from which a large line is more than a drop initial."""
_SPAN = Sequence[tuple[float, float]]
_NEAR = 3
"""Layers above and below a heading that tell in how many columns the text stands there."""
_DEEPEST = 40
_FEWEST_STACKS = 2


@dataclass(slots=True)
class Piece:
    """A stretch of one column that nothing cuts any more.

    Attributes:
        rows: Its printed lines from top to bottom, each a list of strips from left to right.
        beside: Whether it is the next column of what stands before it, rather than something below it.
        gap: White space above it, in points; 0 where it is the next column.
        running: Whether it is the page's running head or foot.
    """

    rows: list[list[Strip]]
    beside: bool = False
    gap: float = 0.0
    running: bool = False


def read_order(strips: Sequence[Strip], body: float) -> list[Piece]:
    """Cuts a page into pieces in reading order.

    Args:
        strips: All strips of one direction.
        body: Size of the text that most of the page is set in.
    """
    pieces: list[Piece] = []
    _cut(list(strips), body, pieces, False, 0.0, 0)
    return pieces


def _cut(strips: list[Strip], body: float, pieces: list[Piece], beside: bool, gap: float, depth: int) -> None:
    if not strips:
        return
    gutters = [] if depth > _DEEPEST else gutters_of(strips, body)
    if gutters and (level := _row_of_articles(strips, gutters, body)) is not None:
        upper = [strip for strip in strips if (strip.top + strip.bottom) / 2 < level]
        lower = [strip for strip in strips if (strip.top + strip.bottom) / 2 >= level]
        if upper and lower:
            _cut(upper, body, pieces, beside, gap, depth + 1)
            _cut(lower, body, pieces, False, _distance(upper, lower), depth + 1)
            return
    if gutters:
        _cut_columns(_columns(strips, gutters), body, pieces, beside, gap, depth)
        return
    bands = _bands(strips, body)
    if len(bands) == 1 or depth > _DEEPEST:
        _leaf(strips, body, pieces, beside, gap)
        return
    for n, band in enumerate(bands):
        above = gap if n == 0 else _distance(bands[n - 1], band)
        _cut(band, body, pieces, beside and n == 0, above, depth + 1)


def _cut_columns(
    columns: list[list[Strip]], body: float, pieces: list[Piece], beside: bool, gap: float, depth: int
) -> None:
    """Reads columns side by side: article by article, the heading over several of them first."""
    parts = [[strip for n in tile for strip in columns[n]] for tile in tiles(columns, body)]
    if len(parts) == 1 and (level := _below_heading(columns, body)) is not None:
        upper = [strip for strip in parts[0] if strip.bottom <= level]
        lower = [strip for strip in parts[0] if strip.bottom > level]
        _cut(upper, body, pieces, beside, gap, depth + 1)
        _cut(lower, body, pieces, False, _distance(upper, lower), depth + 1)
        return
    for n, part in enumerate(columns if len(parts) == 1 else parts):
        _cut(part, body, pieces, beside or n > 0, gap if n == 0 else 0.0, depth + 1)


def _below_heading(columns: Sequence[Sequence[Strip]], body: float) -> float | None:
    """Finds where the text of columns begins below a heading that does not reach over all of them."""
    top = min(strip.top for column in columns for strip in column)
    low = [min(s.top for s in column) for column in columns if is_low(column, top, body)]
    if not low or len(low) == len(columns):
        return None
    level = min(low) + 0.1
    strips = [strip for column in columns for strip in column]
    above = [strip for strip in strips if strip.bottom <= level]
    crossed = any(strip.top < level - 0.5 * body and strip.bottom > level for strip in strips)
    return level if above and not crossed and any(s.size >= HEADING * body for s in above) else None


def _leaf(strips: list[Strip], body: float, pieces: list[Piece], beside: bool, gap: float) -> None:
    """Takes strips that no straight cut parts; where columns are nested in each other, stacks are put in order."""
    rows = _rows(strips)
    torn = sum(any(b.left - a.right >= WIDE_GUTTER * body for a, b in pairwise(row)) for row in rows)
    stacks = stacked(strips) if len(strips) > FEW_ROWS and (torn > 1 or len(rows) < len(_layers(strips))) else []
    if len(stacks) < _FEWEST_STACKS:
        pieces.append(Piece(rows, beside, gap))
        return
    last: list[Strip] | None = None
    for stack in in_reading_order(stacks):
        below = last is not None and min(s.top for s in stack) >= max(s.bottom for s in last) - 0.1
        pieces.append(
            Piece(
                _rows(stack), beside if last is None else not below, _distance(last, stack) if below and last else gap
            )
        )
        last, gap = stack, 0.0


def _distance(upper: Iterable[Strip], lower: Iterable[Strip]) -> float:
    return max(0.1, min(strip.top for strip in lower) - max(strip.bottom for strip in upper))


def _row_of_articles(strips: Sequence[Strip], gutters: _SPAN, body: float) -> float | None:
    """Finds where a new row of articles begins: nothing but headings across all columns, and text in several below."""
    layers = _layers(strips)
    for n, layer in enumerate(layers[1:], 1):
        if _new_row(layer, layers[n - 1], body):
            return (max(s.bottom for s in layers[n - 1]) + min(s.top for s in layer)) / 2
        if any(strip.size < HEADING * body or strip.vertical for strip in layer):
            continue
        below = _text_of(layers[n + 1 :], body)
        above = [s for other in layers[:n] for s in other]
        text = _text_of(layers[:n][::-1], body)
        largest = max(strip.size for strip in layer)
        wide = max(s.right for s in layer) - min(s.left for s in layer)
        several = [len(_columns(side, gutters)) > 1 for side in (text, below)]
        stacked_heads = all(len(other) == 1 and _is_heading(other, body) for other in layers[:n])
        if (several[0] or stacked_heads) and (several[1] or (largest >= _BIG * body and wide > _BROAD * body)):
            return (max(s.bottom for s in above) + min(s.top for s in layer)) / 2
    return None


def _text_of(layers: Iterable[Sequence[Strip]], body: float) -> list[Strip]:
    """Gives the text of the nearest layers that hold some."""
    texts = ([s for s in layer if s.size < HEADING * body] for layer in layers)
    return [s for text in islice(filter(None, texts), _NEAR) for s in text]


def _new_row(layer: Sequence[Strip], above: Sequence[Strip], body: float) -> bool:
    """Tells whether a layer begins with a headline beside text, well apart from all that stands above it."""
    top = min(strip.top for strip in layer)
    least = {False: _HEADLINE * body, True: HEADING * body}
    heads = [s for s in layer if s.size >= least[s.vertical] and s.top - top < _AT_TOP * body]
    return bool(heads) and top - max(strip.bottom for strip in above) > _APART * body


def _is_heading(layer: Sequence[Strip], body: float) -> bool:
    return all(strip.size >= HEADING * body and not strip.vertical for strip in layer)


def _columns(strips: Iterable[Strip], gutters: _SPAN) -> list[list[Strip]]:
    columns: list[list[Strip]] = [[] for _ in range(len(gutters) + 1)]
    for strip in strips:
        middle = (strip.left + strip.right) / 2
        columns[sum(middle > right for _, right in gutters)].append(strip)
    if columns and all(s.vertical for column in columns for s in column) and any(columns):
        columns.reverse()  # vertical lines are read from the right
    return [column for column in columns if column]


def _bands(strips: Sequence[Strip], body: float) -> list[list[Strip]]:
    """Cuts strips into bands from top to bottom, each as high as its columns go on beside each other."""
    bands: list[list[list[Strip]]] = []  # a band is made of layers
    parted = False  # whether the band at hand may have columns
    covered: _SPAN = []  # what the band at hand covers from left to right: where that is all one, nothing is asked
    for layer in _layers(strips):
        own = bool(gutters_of(layer, body, sure=False))
        own_cover = covered_by((strip.left, strip.edge) for strip in layer)
        both = covered_by((*covered, *own_cover))
        together = [strip for other in (*bands[-1], layer) for strip in other] if bands and len(both) > 1 else []
        if bands and parted and together and gutters_of(together, body, sure=False):
            bands[-1].append(layer)
            covered = both
        elif bands and not parted and not own:
            bands[-1].append(layer)
            covered = both
            parted = bool(together and gutters_of(together, body))
        else:
            heads: list[list[Strip]] = []
            while bands and parted and len(bands[-1]) > 1 and _is_heading(bands[-1][-1], body):
                heads.insert(0, bands[-1].pop())  # a kicker over one column belongs to the headline below it
            bands.append([*heads, layer])
            whole = [strip for other in bands[-1] for strip in other]
            parted = own and (not heads or bool(gutters_of(whole, body, sure=False)))
            covered = covered_by((strip.left, strip.edge) for strip in whole)
    joined: list[list[Strip]] = []
    solid = False
    for layers in bands:
        band = [strip for layer in layers for strip in layer]
        now = not gutters_of(band, body)
        if joined and solid and now:
            joined[-1] += band
        else:
            joined.append(band)
        solid = now
    return joined


def _layers(strips: Sequence[Strip]) -> list[list[Strip]]:
    """Groups strips that no white line across all of them parts."""
    layers: list[list[Strip]] = []
    reach = float("-inf")
    for strip in sorted(strips, key=lambda s: s.top):
        slack = 0.15 * strip.size
        if layers and strip.top < reach - slack:
            layers[-1].append(strip)
        else:
            layers.append([strip])
        reach = max(reach, strip.bottom)
    return layers


def _rows(strips: Sequence[Strip]) -> list[list[Strip]]:
    """Gives printed lines from top to bottom; vertical lines from right to left."""
    upright = [strip for strip in strips if strip.vertical]
    if len(upright) == len(strips):
        return [[strip] for strip in sorted(strips, key=lambda s: -s.left)]
    rows: list[list[Strip]] = []
    for strip in sorted(strips, key=lambda s: (s.bottom, s.left)):
        last = rows[-1][0] if rows else None
        if (
            last is not None
            and not (last.vertical or strip.vertical)
            and (abs(last.bottom - strip.bottom) <= 0.4 * min(last.size, strip.size))
        ):
            rows[-1].append(strip)
        else:
            rows.append([strip])
    for row in rows:
        row.sort(key=lambda s: s.left)
    return rows
