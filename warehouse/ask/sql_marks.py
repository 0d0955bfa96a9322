"""Finds what a Chinese keyboard puts into SQL by mistake: full-width brackets, commas and Chinese quotation marks.

What belongs here: the mark, where it stands, and what to type instead. What does not: other errors (`sql_errors.py`).
"""

from __future__ import annotations

import re

_MEANT = {
    "‘": "'", "’": "'", "“": "'", "”": "'", "「": "'", "」": "'", "『": "'", "』": "'", "＇": "'", "＂": '"',
    "（": "(", "）": ")", "，": ",", "、": ",", "；": ";", "＝": "=", "＞": ">", "＜": "<", "！": "!", "＊": "*",
    "％": "%", "．": ".", "。": ".", "＋": "+", "－": "-", "／": "/", "【": "[", "】": "]",
    "｜": "|", "＄": "$", "：": ":",
}  # fmt: skip
_CLOSED = re.compile(r"'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\n]*|/\*.*?\*/|(\$\w*\$).*?\1", re.DOTALL)
"""Literals, quoted names and comments, in which every mark is text."""


def foreign_mark(sql: str) -> tuple[int, str] | None:
    """Finds the first mark outside of text that SQL does not know, and says what to type instead.

    Args:
        sql: A query that DuckDB refused.

    Returns:
        Bytes of its UTF-8 form before the mark, and a sentence; None where there is none.

    >>> foreign_mark("select * from metrics where unit = ‘元’")
    (35, "‘ is a Chinese quotation mark: text stands between straight ones, 'like this'.")
    >>> foreign_mark("select count（*） from metrics")
    (12, '（ is a full-width sign: type ( instead.')
    >>> foreign_mark("select '“元”'") is None
    True
    """
    bare = _CLOSED.sub(lambda found: " " * len(found[0]), sql)
    for at, char in enumerate(bare):
        if meant := _MEANT.get(char):
            before = len(sql[:at].encode())
            if meant == "'":
                said = f"{char} is a Chinese quotation mark: text stands between straight ones, 'like this'."
            else:
                said = f"{char} is a full-width sign: type {meant} instead."
            return before, said
    return None


def meant_as_text(sql: str, name: str) -> bool:
    """Says whether a name that does not exist stands in double quotes, where text was probably meant.

    Args:
        sql: The query.
        name: The name that DuckDB misses.

    >>> meant_as_text('from regions where region = "槐荫区"', "槐荫区")
    True
    """
    return f'"{name}"' in sql
