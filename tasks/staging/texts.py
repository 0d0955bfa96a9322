"""Says of a decoded text that it is no page of a Chinese newspaper: another language, a table, data of a program.

What belongs here: what a text is by its characters. What does not: bytes and encodings (`decode`).
"""

from __future__ import annotations

import codecs
import json
import re
from dataclasses import dataclass

from tasks.staging.decode import UndecodableError, decode_page

TEXT = "text"
"""Kind of a file that is a page's text as it stands."""
_UNKNOWN, _EMPTY = "unknown", "empty"
_FOREIGN, _TABLE, _JSON = "foreign text", "table", "json"
_ASCII = bytes(range(0x80))
_MOSTLY = 0.3
"""Share of bytes beyond ASCII from which a text that reads as Chinese is not looked at twice."""
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_LETTER = re.compile(r"[^\W\d_]")
_LEAST_SHARE = 0.02
"""Share of Chinese characters among the letters of a text below which it is in another language."""
_SAMPLE = 200_000
_FEWEST_ROWS = 4
_SEPARATORS = (",", "\t", ";", "|")
_MOST_JSON = 20_000_000


@dataclass(frozen=True, slots=True)
class NoPage:
    """Why a text is no page.

    Attributes:
        kind: Short name, for counting.
        reason: A sentence: what it is and what to do.
    """

    kind: str
    reason: str


def kind_at_first_sight(head: bytes, file_name: str) -> str:
    """Tells what kind of text a file is by its first bytes, for counting; the whole of it has the last word later.

    Args:
        head: The first bytes of a file that has no mark of any other kind.
        file_name: Its name.

    >>> kind_at_first_sight(b"The council met.", "a.txt"), kind_at_first_sight("本报讯".encode(), "a.txt")
    ('foreign text', 'text')
    """
    if file_name.lower().endswith(".txt") and _reads_as_chinese(head):
        return TEXT
    text = next(filter(None, (_decoded(head[: len(head) - cut]) for cut in range(4))), None)  # a character may be cut
    if text is None:
        return _UNKNOWN if head.strip() else _EMPTY
    found = why_no_page(text, file_name)
    if found is None and file_name.lower().endswith("json") and text.lstrip()[:1] in ("{", "["):
        return _JSON
    return found.kind if found else TEXT


def kind_of_undecodable(data: bytes) -> str:
    """Names the kind of bytes that are no text.

    Args:
        data: All of them.
    """
    return _UNKNOWN if data.strip() else _EMPTY


def _reads_as_chinese(head: bytes) -> bool:
    if not head or b"\0" in head or len(head.translate(None, _ASCII)) < _MOSTLY * len(head):
        return False
    return any(_reads(head, encoding) for encoding in ("utf-8", "gb18030"))


def _reads(head: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(head)
    except UnicodeDecodeError:
        return False
    return True


def _decoded(head: bytes) -> str | None:
    try:
        return decode_page(head).text
    except UndecodableError:
        return None


def why_no_page(text: str, file_name: str) -> NoPage | None:
    """Says why a text is no page; None where it may be one.

    Args:
        text: The decoded text.
        file_name: Its name: what is a table by its looks may still be a page where it is called a text.

    >>> why_no_page("The city council met on Monday.", "a.txt").reason.split(":")[0]
    'The text holds no Chinese (31 characters)'
    >>> why_no_page("本报讯 全市GDP增长5%。", "a.txt")
    """
    sample = text.lstrip()[:_SAMPLE]
    letters, han = len(_LETTER.findall(sample)), len(_HAN.findall(sample))
    if not han or han < _LEAST_SHARE * letters:
        held = "no" if not han else "next to no"
        said = f"The text holds {held} Chinese ({len(text):,} characters): only Chinese pages are read, leave it out."
        return NoPage(_FOREIGN, said)
    if file_name.lower().endswith(".txt"):
        return None
    if _is_table(sample):
        return NoPage(
            _TABLE,
            "The file is a table (CSV), not a page's text: put a page's text into each file, or records into a .jsonl.",
        )
    if _is_json(text):
        return NoPage(
            _JSON,
            "The file is JSON, not a page's text: records with a field `text`, one a line, are read from a .jsonl.",
        )
    return None


def _is_table(text: str) -> bool:
    """Tells whether all lines have the same number of separators, several each."""
    lines = [line for line in text.splitlines() if line.strip()][:500]
    if len(lines) < _FEWEST_ROWS:
        return False
    for separator in _SEPARATORS:
        counts = [line.count(separator) for line in lines]
        usual = max(set(counts), key=counts.count)
        if usual >= 1 and counts.count(usual) >= 0.95 * len(lines) and counts[0] == usual:
            return True
    return False


def _is_json(text: str) -> bool:
    if text.lstrip()[:1] not in ("{", "[") or len(text) > _MOST_JSON:
        return False
    try:
        return isinstance(json.loads(text), dict | list)
    except (ValueError, RecursionError):
        return False
