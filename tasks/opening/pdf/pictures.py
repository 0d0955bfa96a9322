"""Pictures of a PDF page, and the lines below them that are set otherwise than the text: their captions.

What belongs here: boxes of pictures, and which lines lie under one. What does not: what a caption says (repair).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pypdfium2.raw as pdfium

from tasks.page import LineSetting

Box = tuple[float, float, float, float]
_LEAST = 40.0
"""Width and height in points from which a picture is no rule, sign or initial."""
_BELOW, _NEXT = 2.5, 1.0
"""White space, in sizes of the text, between a picture and its caption, and between the caption's lines."""
_MOST_LINES = 12
_SMALLER = 0.96
_MOST_OBJECTS = 20_000


def picture_boxes(page: Any, size: tuple[float, float]) -> list[Box]:
    """Finds the pictures of a page, in points from its upper left corner.

    Args:
        page: PDFium's page.
        size: Width and height of the paper.
    """
    boxes = []
    for n, each in enumerate(page.get_objects(max_depth=3)):
        if n >= _MOST_OBJECTS:
            break
        if each.type not in (pdfium.FPDF_PAGEOBJ_IMAGE, pdfium.FPDF_PAGEOBJ_PATH, pdfium.FPDF_PAGEOBJ_SHADING):
            continue
        left, low, right, high = each.get_bounds()
        wide, tall = right - left, high - low
        if wide >= _LEAST and tall >= _LEAST and wide * tall < 0.6 * size[0] * size[1]:
            boxes.append((left, size[1] - high, right, size[1] - low))
    return boxes


def captions_below(settings: Mapping[int, LineSetting], pictures: Sequence[Box], body: float) -> Iterator[int]:
    """Finds lines right below a picture that are set smaller or in another font than the text.

    Args:
        settings: How the lines are set, by number.
        pictures: Boxes of the pictures.
        body: Size of the page's text, in points.
    """
    lines = sorted((n, s) for n, s in settings.items() if s.box is not None and not s.kind)
    for picture in pictures:
        edge, last, found = picture[3], _BELOW, 0
        first: LineSetting | None = None
        for number, setting in sorted(lines, key=lambda pair: (pair[1].box or (0, 0))[1]):
            box = setting.box
            if box is None or not _under(picture, box) or box[1] < edge - 0.3 * body:
                continue
            like_text = setting.size > _SMALLER and setting.font == 0
            other = first is not None and (setting.size, setting.font) != (first.size, first.font)
            if box[1] - edge > last * body or like_text or other or setting.size > 1.1 or found >= _MOST_LINES:
                break
            yield number
            first, edge, last, found = setting, box[3], _NEXT, found + 1


def _under(picture: Box, box: Box) -> bool:
    shared = min(picture[2], box[2]) - max(picture[0], box[0])
    return shared > 0.8 * (box[2] - box[0])
