"""Texts that tell of a picture: the marks before them and the photographer's credit behind.

What belongs here: recognising a caption by its words. What does not: where captions stand (`asides`, `units`).
"""

from __future__ import annotations

from tasks.lexicon.grammar import pattern, words
from tasks.repair.bylines import credit_at_end, is_byline

_MARK = pattern("repair.caption_mark")
MARKS = "▲△▼▶◀►◄↑↓←→" + "".join(words("caption_first"))
CREDIT_LAST = "".join(words("photo_credit_last")) + "）)。"
"""What a caption's mark may begin with; what a photographer's credit may end in."""
_CREDIT = pattern("repair.photo_credit")
_TEXT_TOO = pattern("repair.writes_and_takes")

_PHOTO = pattern("repair.photo_at_the_end")
_SOURCE = pattern("repair.photo_with_its_source")
_PICTURE = words("of_a_picture")
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
    if not any(word in tail for word in _PICTURE) or is_byline(text):
        return False
    if _SOURCE.search(text[-14:]) or is_photo_text(text):
        return True
    return _PHOTO.search(text[-12:]) is not None and credit_at_end(text) is None
