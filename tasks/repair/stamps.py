"""Lines that are no sentences: a site's time stamp with source and author, page furniture.

What belongs here: recognising such a line, and the authors a stamp names. What does not: bylines of a newspaper
(`bylines`), and what role the line gets (`units`).
"""

from __future__ import annotations

import re
from functools import cache

from tasks.lexicon import read_table
from tasks.repair.bylines import byline_authors

_LONGEST, _LONGEST_LINE = 90, 60
_SENTENCE_MARK = re.compile(r"[，。；！？“”]")
_SOURCE = r"(?:文章|信息|稿件)?来源|稿源|出处|发布(?:时间|日期|人|单位|者|机构)?|(?:发表|更新|发稿)?时间|日期"
_COUNTS = r"(?:浏览|阅读|点击|访问|评论)(?:次数|人数|量|数|率)?|字号|字体|分享到?|打印"
_OTHERS = r"责任编辑|责编|编辑|编审|审核|校对|初审|复审|终审|[一二三]审|供稿单位|单位|部门|栏目|分类"
_AUTHOR = r"作者|记者|通讯员|撰文|撰稿|文字|摄影|供稿人?"
_LABEL = re.compile(rf"(?<![\u3400-\u9fff])(?:(?P<author>{_AUTHOR})|{_SOURCE}|{_COUNTS}|{_OTHERS})[ \u3000]*(?=[：:])")
_WRITER = re.compile(r"(?<=[|｜丨\s])(?:[\u3400-\u9fff]{2,6}报)?(?:记者|通讯员|作者)(?=\s)")
_DAY = re.compile(r"\d{4}(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日)[\s]*(?:星期.)?[\s]*")
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
