"""The record of a page that was read out of a file: its text, how its lines are set, and what was left out.

It is what is kept as the page's raw bytes, so that the page can be read again without the file. It is JSON that
begins with its own mark; the same page gives the same bytes.

What belongs here: writing and reading it. What does not: making its text.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tasks.page import LineSetting

_MARK = b'{"broadsheet_page":1,'


@dataclass(frozen=True, slots=True)
class PageRecord:
    """One page out of a file.

    Attributes:
        kind: `pdf`, `html` or `docx`.
        text: Its lines, in reading order.
        page: Its number in the file, from 1; None where the file has no pages.
        file: SHA-256 of the file.
        settings: How lines are set, by their 1-based number.
        left_out: How many characters or parts were left out or mended, by why.
        size: Width and height of the paper, in points.
        said: What the file says about itself: title, published, publisher, url.
    """

    kind: str
    text: str
    page: int | None = None
    file: str = ""
    settings: Mapping[int, LineSetting] = field(default_factory=dict)
    left_out: Mapping[str, int] = field(default_factory=dict)
    size: tuple[float, float] | None = None
    said: Mapping[str, str] = field(default_factory=dict)

    def to_bytes(self) -> bytes:
        """Writes the record; the same one always gives the same bytes."""
        lines = [
            [number, s.size, s.font, s.part, s.kind, *(s.box or ())] for number, s in sorted(self.settings.items())
        ]
        rest = {
            "kind": self.kind,
            "page": self.page,
            "file": self.file,
            "size": self.size,
            "said": dict(sorted(self.said.items())),
            "left_out": dict(sorted(self.left_out.items())),
            "text": self.text,
            "lines": lines,
        }
        written = json.dumps(rest, ensure_ascii=False, separators=(",", ":"))
        return _MARK + written[1:].encode("utf-8", "replace")


def is_record(data: bytes) -> bool:
    """Tells whether bytes are a record.

    Args:
        data: Raw bytes of a page.
    """
    return data.startswith(_MARK)


def read_record(data: bytes) -> PageRecord:
    """Reads a record back.

    Args:
        data: Raw bytes of a page, of which `is_record` says yes.

    Raises:
        ValueError: Somebody else wrote it.
    """
    try:
        return _record(json.loads(data))
    except (KeyError, TypeError, AttributeError, IndexError) as error:
        raise ValueError(f"no record of a page ({error})") from None


def _record(raw: dict[str, Any]) -> PageRecord:
    settings = {
        int(line[0]): LineSetting(float(line[1]), int(line[2]), _box(line[5:]), int(line[3]), str(line[4]))
        for line in raw["lines"]
    }
    return PageRecord(
        kind=str(raw["kind"]),
        text=str(raw["text"]),
        page=None if raw["page"] is None else int(raw["page"]),
        file=str(raw["file"]),
        settings=settings,
        left_out={str(key): int(count) for key, count in raw["left_out"].items()},
        size=None if raw["size"] is None else (float(raw["size"][0]), float(raw["size"][1])),
        said={str(key): str(value) for key, value in raw["said"].items()},
    )


def _box(numbers: list[Any]) -> tuple[float, float, float, float] | None:
    if not numbers:
        return None
    left, top, right, bottom = map(float, numbers)
    return left, top, right, bottom
