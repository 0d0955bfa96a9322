"""Who wrote it and from where: bylines, credits in brackets and datelines, as the Chinese press prints them.

What belongs here: recognising these forms in one line or paragraph and reading the names out of them.
What does not: whose byline it is (`articles`), and names in running text (`tasks.extraction.names`).
"""

from __future__ import annotations

import re
from functools import cache

from tasks.lexicon import read_words
from tasks.lexicon.grammar import pattern, words
from tasks.reading.credits import (
    BESIDE_NAME,
    BYLINE_MARK,
    BYLINE_ROLE,
    credit_words,
    is_han,
    is_spaced_name,
    is_surname,
    read_credit,
    squeeze_byline,
)
from tasks.reading.segmenter import plain_segmenter
from tasks.reading.surnames import surnames

_ROLE_HINT = pattern("repair.has_a_role")
_SENTENCE = pattern("repair.no_byline")
_CREDIT_AT_END = re.compile(r"[（(]([^（()）]{2,60})[)）]\s*$")
_ABOUT_AUTHOR = pattern("repair.about_the_author")
_STORY_CREDIT = re.compile(r"^[\s]*[（(]([^（()）]{2,60})[)）]")
_NAMED_AFTER = pattern("repair.reporter_after_a_dateline")
_REPORTED_BY = pattern("repair.reported_by")
_AUTHOR = words("author_first")
_CLOSING, _LAST = words("byline_closing"), (*words("byline_last"), "）", ")")


@cache
def _dateline() -> re.Pattern[str]:
    return pattern("repair.dateline", outlet=credit_words("outlet"))


def find_dateline(text: str) -> str | None:
    """Reads the dateline (电头) at the head of a paragraph.

    >>> find_dateline("本报济南讯 近日，济南市统计局公布数据。")
    '本报济南讯'
    >>> find_dateline("本报西宁1月19日讯 今天，西宁市通报了情况。")
    '本报西宁1月19日讯'
    """
    head = text[:32]
    if "讯" not in head and "电" not in head and "消息" not in head:
        return None
    match = _dateline().match(text)
    return match[0].strip() if match else None


def is_byline(text: str) -> bool:
    """Tells whether a whole line is a byline.

    >>> [is_byline(line) for line in ("文/片 记者 杜春娜", "夏侯凤超 杜春娜 济南报道", "记者从会上获悉")]
    [True, True, False]
    """
    if len(text) > 70 or text[-1] in "：:" or not _may_be_byline(text) or _SENTENCE.search(text):
        return False
    if is_column_name(text):
        return False
    if find_dateline(text) is not None:
        return False  # 本报讯 记者王健 fills a narrow line, and the report goes on behind it
    beside = BESIDE_NAME.search(text)
    bare = squeeze_byline(BESIDE_NAME.sub("", text))
    marked = BYLINE_MARK.match(bare) is not None
    bare = BYLINE_MARK.sub("", bare)
    credited = BYLINE_ROLE.search(bare) is not None or (beside is not None and beside[0].startswith(_AUTHOR))
    if not (marked or credited or bare.endswith(_CLOSING)) or len(bare) < 2:
        return False
    credit = read_credit(text)
    if credit.foreign:
        return False
    names = credit.names
    if credited:
        return bool(names) or BYLINE_ROLE.fullmatch(bare) is not None
    return bool(names) and (credit.closes or marked) and all(_name_like(name) for name in names)


def is_column_name(text: str) -> bool:
    """Tells whether a display line may be the name of a column: 重点项目追踪报道, 记者观察.

    >>> [is_column_name(text) for text in ("重点项目追踪报道", "本报记者一线观察", "机器人下井采煤")]
    [True, True, False]
    """
    return text.endswith(_column_words())


@cache
def _column_words() -> tuple[str, ...]:
    return tuple(read_words("column_names"))


def is_bare_names(text: str) -> bool:
    """Tells whether a line holds nothing but one to three persons' names of two or three characters.

    >>> [is_bare_names(line) for line in ("武俊平", "王 健", "安全", "于都长征")]
    [True, True, False, False]
    """
    names = squeeze_byline(text).split()
    first = surnames("1") | surnames("2") if is_spaced_name(" ".join(text.split())) else surnames("1")
    return 0 < len(names) < 4 and all(
        2 <= len(name) <= 3 and is_han(name) and name[0] in first and not _is_word(name) for name in names
    )


def _is_word(name: str) -> bool:
    """Tells whether the dictionary knows what looks like a name as a word that is none."""
    return plain_segmenter().has_word(name) and not plain_segmenter().tag(name)[0][1].startswith("nr")


def _may_be_byline(text: str) -> bool:
    """Tells quickly whether a line has anything of a byline: a mark, a closing word or a role, perhaps spaced out."""
    if text[-1] in _LAST or not ("\u3400" <= text[0] <= "\u9fff"):
        return True
    return _ROLE_HINT.search(text) is not None


def _name_like(name: str) -> bool:
    return "·" in name or 2 <= len(name) <= 3 or name[:2] in surnames("3")


def byline_authors(text: str) -> list[str]:
    """Reads the names out of a byline or the inside of a credit, in their order.

    >>> byline_authors("□ 本 报 记 者  刘飞跃 本报通讯员 杨荣超 吴玮奇")
    ['刘飞跃', '杨荣超', '吴玮奇']
    >>> byline_authors("文/本报记者 沈佳宁 图/王一鸣")
    ['沈佳宁', '王一鸣']
    """
    return read_credit(text).names


def credit_at_end(text: str) -> list[str] | None:
    """Reads the credit in brackets that closes an article's last paragraph.

    Returns:
        Its names (none for a bare （通讯员）); None where the paragraph ends without a credit.

    >>> credit_at_end("为我区高质量转型发展注入动力。 （艾传军）")
    ['艾传军']
    >>> credit_at_end("该园区位于城北（原化工厂）") is None
    True
    """
    match = _CREDIT_AT_END.search(text[-64:])
    if match is None or text[-64:][: match.start()].rstrip()[-1:] not in "。！？”’…":
        return None
    if _ABOUT_AUTHOR.match(match[1]):
        return []
    credit = read_credit(match[1])
    names, credited = credit.names, BYLINE_ROLE.search(match[1]) is not None
    if credit.foreign or not (names or credited) or not (credited or all(_name_like(name) for name in names)):
        return None
    return names


def credit_after_dateline(text: str, dateline: str) -> list[str]:
    """Reads the reporters named right after the dateline: 本报讯（记者 甲）, 本报讯（甲 乙）, 本报讯 记者甲报道：.

    Args:
        text: The paragraph.
        dateline: Its dateline, as `find_dateline` gives it; empty where there is none.
    """
    rest = text[len(dateline) :]
    match = _STORY_CREDIT.match(rest) or _REPORTED_BY.match(rest) or (_NAMED_AFTER.match(rest) if dateline else None)
    if match is None:
        return []
    credit = read_credit(match[1])
    names = credit.names
    bare = dateline and all(map(_has_surname, names)) and not all(map(_is_word, names))
    return names if not credit.foreign and (bare or BYLINE_ROLE.search(match[1])) else []


def _has_surname(name: str) -> bool:
    """Tells whether a name of two or three characters begins with a surname."""
    return 2 <= len(name) <= 3 and is_surname(name[0])


def is_lone_credit(text: str) -> bool:
    """Tells whether a line holds nothing but a credit in brackets.

    >>> [is_lone_credit(line) for line in ("（本报记者 周敏）", "（原化工厂）", "（一）种子")]
    [True, False, False]
    """
    return text[0] in "（(" and text[-1] in "）)" and len(text) < 64 and bool(credit_at_end(f"。{text}"))
