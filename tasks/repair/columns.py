"""Text in which two columns stand side by side in one line, as `pdftotext -layout` gives them.

What belongs here: recognising such a sheet. What does not: taking it apart; the advice is to extract it again.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from tasks.repair.lines import Line, display_width

_GUTTER = re.compile(r"(?<=\S)(?: {3,}|[ \u3000]*\u3000{2,}[ \u3000]*|\t+)(?=\S)")
_SPACES = ("   ", "\u3000\u3000", "\t")
"""One of these stands in every gutter; to look for them first is faster."""
_FEWEST = 8


class SideBySideColumns(ValueError):  # noqa: N818 - named for what the page has
    """The lines of a page hold two columns side by side."""


def check_columns(lines: Sequence[Line]) -> None:
    """Refuses a sheet whose lines hold two columns of running text side by side.

    Args:
        lines: Printed lines of one sheet.

    Raises:
        SideBySideColumns: Most lines have a wide gap at the same place, with running text on both sides.
    """
    starts: Counter[int] = Counter()
    first = 0
    wide = 0
    for line in lines:
        if line.width >= 24:
            wide += 1
            match = _GUTTER.search(line.text) if any(space in line.text for space in _SPACES) else None
            if match and match.start() >= 8 and len(line.text) - match.end() >= 8:
                starts[(line.indent + display_width(line.text[: match.end()])) // 3] += 1
                first = first or line.number
    place, _ = starts.most_common(1)[0] if starts else (0, 0)
    aligned = sum(starts[place + k] for k in (-1, 0, 1))
    if aligned >= _FEWEST and aligned >= 0.4 * wide:
        raise SideBySideColumns(
            f"Line {first} and {aligned - 1} others hold two columns of text side by side; extract the page again in "
            "reading order, for example with `pdftotext` without `-layout`."
        )
