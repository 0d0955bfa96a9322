"""Lines that are no sentences: a site's time stamp with source and author, page furniture.

What belongs here: recognising such a line, and the authors a stamp names. What does not: bylines of a newspaper
(`bylines`), and what role the line gets (`units`).
"""

from __future__ import annotations

import re
from functools import cache

from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern
from tasks.repair.bylines import byline_authors

_LONGEST, _LONGEST_LINE = 90, 60
_SENTENCE_MARK = re.compile(r"[，。；！？“”]")
_LABEL = pattern("repair.stamp_label")
_WRITER = pattern("repair.stamp_writer")
_DAY = pattern("repair.stamp_day")
_CLOCK = re.compile(r"\d{1,2}[：:]\d{2}(?:[：:]\d{2})?")


def is_stamp(text: str) -> bool:
    """Tells whether a line is a site's stamp: when the article was published, where it is from, who wrote it.

    >>> [is_stamp(line) for line in ("2023-07-08 10:20 来源：人民网 作者：张三", "记者：今年的目标是什么？")]
    [True, False]
    """
    if ("：" not in text and ":" not in text) or len(text) > _LONGEST or "。" in text or "？" in text:
        return False
    labels = [match.start() for match in _LABEL.finditer(text)]
    day = _DAY.match(text)
    if day is None:
        return len(labels) > 1 and labels[0] == 0
    timed = _CLOCK.match(text, day.end()) is not None and "，" not in text
    return timed or (bool(labels) and labels[0] <= day.end() + 2)


def stamp_authors(text: str) -> list[str]:
    """Reads the authors out of a site's stamp.

    >>> stamp_authors("2023-07-08 10:20 来源：人民网 作者：张三、李四光 责任编辑：王五")
    ['张三', '李四光']
    >>> stamp_authors("2023年05月16日 09:15 | 来源：新疆日报 | 记者 阿依古丽·买买提 通讯员 刘永军")
    ['阿依古丽·买买提', '刘永军']
    """
    fields = [(match.start(), match["author"] is not None) for match in _LABEL.finditer(text)]
    fields += [(match.start(), True) for match in _WRITER.finditer(text)]
    fields.sort()
    ends = [start for start, _ in [*fields, (len(text), False)]][1:]
    names: list[str] = []
    for (start, author), end in zip(fields, ends, strict=True):
        if author:
            names += byline_authors(text[start:end].strip(" |｜丨\u3000"))
    return list(dict.fromkeys(names))


@cache
def _furniture() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{row['pattern']})" for row in read_table("furniture")))


def is_furniture(text: str) -> bool:
    """Tells whether a block belongs to the page and to none of its articles: weather, imprint, masthead, links."""
    if not any(c.isalnum() for c in text):
        return True
    return len(text) <= _LONGEST and (_is_worded(text) or is_stamp(text))


def _is_worded(text: str) -> bool:
    """Tells whether a text is worded as furniture, be it in two fields: A3 要闻 责任编辑：张三."""
    pattern = _furniture()
    if pattern.match(text) is not None:
        return True
    cuts = (i for i, c in enumerate(text) if c in " \u3000")
    return any(pattern.match(text[:i]) and pattern.match(text[i:].lstrip()) for i in cuts)


def is_furniture_line(text: str) -> bool:
    """Tells whether a printed line, wherever it stands, is worded as page furniture and as no sentence.

    >>> [is_furniture_line(line) for line in ("本版编辑：张先 校对：袁东", "第八版", "热线 96316", "电话无法拨通。")]
    [True, True, True, False]
    """
    if len(text) > _LONGEST_LINE or _SENTENCE_MARK.search(text) or not is_furniture(text):
        return False
    return not (is_stamp(text) and stamp_authors(text))
