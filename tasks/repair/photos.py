"""Texts that tell of a picture: the marks before them and the photographer's credit behind.

What belongs here: recognising a caption by its words. What does not: where captions stand (`asides`, `units`).
"""

from __future__ import annotations

import re

from tasks.repair.bylines import credit_at_end, is_byline

_HAN = r"[\u3400-\u9fff]"
_MARK = re.compile(
    r"(?:[▲△▼▶◀►◄↑↓←→]|图为|图：|图[一二三四五六1-9①-⑨](?:为|[：:、]|\s)|[上下左右]图(?:为|[：:，])|题图|资料图)"
)
MARKS = "▲△▼▶◀►◄↑↓←→图上下左右题资"
CREDIT_LAST = "摄影图片道料发供）)。"
"""What a caption's mark may begin with; what a photographer's credit may end in."""
_NAMES = rf"(?:{_HAN}{{2,4}}|{_HAN}\s{_HAN})(?:[\s、]{_HAN}{{2,4}})?"
_ROLE = rf"(?:{_HAN}{{0,8}}?(?:记者|通讯员|实习生)\s*)?"
_CREDIT = re.compile(
    rf"(?:^(?=\S{{2,}}[\s/／])|[。！？”）)\s…])\s*[（(]?(?:新华社发)?[（(]?{_ROLE}{_NAMES}\s?[/／]?\s?(?:摄影报道|摄影|摄|供图|图)\s*[）)]{{0,2}}。?$"
    rf"|[（(]?(?:资料图片|资料图|资料照片|资料片)[）)]?。?$"
    rf"|(?:摄影|供图|图片|摄)[：:／/]\s?{_ROLE}{_NAMES}[）)]?$"
    rf"|新华社(?:记者\s*{_NAMES}摄|发)[）)]?$"
)
_TEXT_TOO = re.compile(r"文\s?[/／、并]?\s?(?:摄|图)|[图摄]\s?[/／]?\s?文|摄影报道")

_PHOTO = re.compile(
    r"(?:摄|摄影|供图|资料图片|资料图|资料照片|（资料片）|制图|图片提供|摄\s?[（(／/][\u4e00-\u9fff]{2,6})\s*[）)]?[。]?$"
)
_SOURCE = re.compile(r"摄\s?[（(／/][\u4e00-\u9fff]{2,6}[）)]?$")
_LONGEST, _LONGEST_CREDITED = 300, 400


def photo_mark(text: str) -> bool:
    """Tells whether a text begins as a caption does.

    >>> [photo_mark(text) for text in ("▲车间一角", "图为企业员工在作业", "图书馆开馆")]
    [True, True, False]
    """
    return _MARK.match(text) is not None


def is_photo_text(text: str) -> bool:
    """Tells whether a text ends with a photographer's credit.

    >>> [is_photo_text(text) for text in ("游客在湖边拍照。 周敏 摄", "游客如织。周敏/摄", "他喜欢拍摄")]
    [True, True, False]
    >>> is_photo_text("产量创新高。（本报记者 周敏 文/摄）")
    False
    """
    tail = text[-40:]
    return _CREDIT.search(tail) is not None and _TEXT_TOO.search(tail[-14:]) is None


def closes_with_credit(text: str) -> bool:
    """Tells whether a text ends with who wrote it or took its picture, so that nothing goes on behind.

    >>> [closes_with_credit(text) for text in ("开通了。（周敏）", "开通了。周敏 摄影报道", "他喜欢摄影")]
    [True, True, False]
    """
    if text[-1] not in CREDIT_LAST:
        return False
    return bool(credit_at_end(text)) or _CREDIT.search(text[-40:]) is not None


def is_caption(text: str) -> bool:
    """Tells whether a text says itself that it is a caption: 图为…, … 摄, （资料图片）."""
    if len(text) > _LONGEST_CREDITED:
        return False
    if text[0] in MARKS and len(text) < _LONGEST and photo_mark(text):
        return True
    tail = text[-24:]
    if not ("摄" in tail or "图" in tail or "片" in tail or "新华社" in tail) or is_byline(text):
        return False
    if _SOURCE.search(text[-14:]) or is_photo_text(text):
        return True
    return _PHOTO.search(text[-12:]) is not None and credit_at_end(text) is None
