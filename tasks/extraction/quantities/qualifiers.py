"""Words of degree around a quantity: 约, 超, 近, 不足, 不低于, 以上, 左右.

What belongs here: those words and what each says. What does not: the quantity itself.
"""

from __future__ import annotations

import re

_BEFORE = re.compile(
    r"(?:(?P<at_least>不(?:少|低|小)于|不下(?:于)?|至少|最少|起码)"
    r"|(?P<under>不足|不到|未满|不满|少于|低于|小于|不(?:超|大|高|多)(?:过|于)|不超|未达|未超过|未突破|以内达)"
    r"|(?P<nearly>近|(?<![链连衔承对迎])接近|将近|逼近|直逼|临近)"
    r"|(?P<over>超过|超出|超|突破|破|逾|多于|大于|高于|高达?过|过|远超|冲破|跨越|越过|跨过|迈过|不止|超达)"
    r"|(?P<about>大约|约为|约合|约有|约计|约达|约占|(?<![节签预制条契邀违大])约|大概|大致|大体|差不多|相当于|(?<!临时|初步|最新)估计|粗略算来|粗略估算))"
    r"(?:了|达|有|为|到|合|计|人民币|是|在|：)?[“ ]?$"
)
_AFTER = re.compile(
    r"[ ]?(?:人民币)?(?:(?P<over>以上|及以上|之上|有余|开外|出头|强(?![度化大劲力势调行制])|起步|朝上|往上|挂零)"
    r"|(?P<under>以下|及以下|以内|之内|之下|封顶|不到|弱(?![势化项者小]))"
    r"|(?P<about>左右|上下|前后|多(?![次种类样地方名元层个家项场点云维功彩式出])|余(?![额下名款热个家])|许(?![可多])|来(?=[块斤里米亩])|还多|光景))"
)
_NO_AFTER = re.compile(r"[ ]?(?:以上(?:都|均|几|四|三|两|这)|以下(?:几|简称|四|三|两|问题))")


def qualifier_of(text: str, start: int, end: int, about: bool, bare: bool = False) -> str | None:
    """Says how exact a quantity is meant to be.

    Args:
        text: Folded text.
        start: Offset of the quantity's first character.
        end: Offset after its last.
        about: Whether 余 or 多 stands inside it.
        bare: Whether it is a magnitude without a digit (百家).

    Returns:
        about, over, nearly, under, at_least, or None for a plain statement.

    >>> qualifier_of("产值超63亿元", 3, 7, False)
    'over'
    """
    before = _BEFORE.search(text, max(0, start - 7), start)
    if bare and text[start - 1 : start] in ("上", "过", "超"):
        return "over"  # 上百家, 上亿元
    after = None if _NO_AFTER.match(text, end) else _AFTER.match(text, end)
    if before and before.lastgroup == "at_least":
        return "at_least"
    if after and after.lastgroup != "about":
        return after.lastgroup
    if before:
        return before.lastgroup
    if after:
        return after.lastgroup
    return "about" if about else None


def degree_span(text: str, start: int, end: int) -> tuple[int, int]:
    """Widens a quantity by the words of degree that are printed with it.

    Args:
        text: Text in which it stands.
        start: Offset of its first character.
        end: Offset after its last.

    >>> degree_span("产值超63亿元以上", 3, 7), degree_span("产值63亿元", 2, 6), degree_span("链接近80家", 3, 6)
    ((2, 9), (2, 6), (2, 6))
    """
    before = _BEFORE.search(text, max(0, start - 7), start)
    after = None if _NO_AFTER.match(text, end) else _AFTER.match(text, end)
    return before.start() if before else start, after.end() if after else end
