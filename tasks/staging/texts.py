"""Says of a decoded text that it is no page of a Chinese newspaper: another language, a table, data of a program.

What belongs here: what a text is by its characters. What does not: bytes and encodings (`decode`).
"""

from __future__ import annotations

import json
import re

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]")
_LETTER = re.compile(r"[^\W\d_]")
_LEAST_SHARE = 0.02
"""Share of Chinese characters among the letters of a text below which it is in another language."""
_SAMPLE = 200_000
_FEWEST_ROWS = 4
_SEPARATORS = (",", "\t", ";", "|")
_MOST_JSON = 20_000_000


def why_no_page(text: str, file_name: str) -> str | None:
    """Says in a sentence why a text is no page; None where it may be one.

    Args:
        text: The decoded text.
        file_name: Its name: what is a table by its looks may still be a page where it is called a text.

    >>> why_no_page("The city council met on Monday.", "a.txt").split(":")[0]
    'The text holds no Chinese (31 characters)'
    >>> why_no_page("本报讯 全市GDP增长5%。", "a.txt")
    """
    sample = text.lstrip()[:_SAMPLE]
    letters, han = len(_LETTER.findall(sample)), len(_HAN.findall(sample))
    if not han or han < _LEAST_SHARE * letters:
        held = "no" if not han else "next to no"
        return f"The text holds {held} Chinese ({len(text):,} characters): only Chinese pages are read, leave it out."
    if file_name.lower().endswith(".txt"):
        return None
    if _is_table(sample):
        return (
            "The file is a table (CSV), not a page's text: put a page's text into each file, or records into a .jsonl."
        )
    if _is_json(text):
        return "The file is JSON, not a page's text: records with a field `text`, one a line, are read from a .jsonl."
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
