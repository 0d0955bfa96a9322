"""The noun phrase before or after a figure: the thing that is counted or measured.

What belongs here: how far such a phrase reaches, over tagged words.
What does not: which phrase belongs to which figure.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.extraction.facts.tokens import FIGURE, INDICATOR_TAG, NAME, TIME, Word
from tasks.extraction.facts.triggers import trigger_kinds, triggers_of

_GRADE = re.compile("[一二三四五六七八九十省市县区国]+[级类]")
_COLLECTIVES = frozenset(
    "全区 全市 全县 全省 全国 全镇 全州 全旗 全村 全乡 全街道 全盟 全域 全年 全校 全院 全球 全行 全体 我市 我区 我县 我省 我国 我州 本市 本区 "
    "该区 该市 该县 该省 该镇 该村 该州 该旗 该公司 该校 该院 该局 该项目 该行 该企业 当地 辖区 各地 各级 记者 其 其中 他 她 它 我们 他们 "
    "目前 当前 此外 同时 另外 同期 此次 本次 这里 那里 市级以上以下".split()
)
_INTENTIONS = frozenset("全部 计划 目标 预计 任务 力争 仍 规划 差 连".split())
_JOINERS = frozenset("、 和 与 及 以及 或 或者 暨".split())
_BROAD_HEADS = frozenset(
    "比重 占比 比例 面积 时间 规模 能力 总量 数量 总数 总额 金额 人数 数 比率 幅度 增速 增幅 涨幅 降幅 水平 长度 高度 产值 价格 费用 成本 率 "
    "增加值 收入 利润 产量 销量 销售额 销售量 余额 缺口 价值 单价 均价 距离 速度 浓度 温度 里程 重量 重 次数 资金 投资 投资额 份额 人口 订单 贡献率".split()
)
_BOUND = frozenset("率量额值价费度数款金税比户人员队")
_BODY_ENDS = frozenset("校业位家社村户人员厂店区院队司")
_LOOSE_ADJECTIVES = ("a", "ad", "z", "d", "i")
_LOOSE_TAGS = ("q", "m", "zg", "ng", "vg", "ag", "nrfg", "mq")
_HEADLESS = frozenset("方面 领域 其中 情况 数据 时 中 后 前 里 内 外 上 下 间 以来 来 左右 上下 年 月 日 期间 过程 基础 方式 口径 原因 影响".split())


def is_nominal(word: Word) -> bool:
    """Tells whether a word can stand inside a name of a thing measured."""
    tag = word.tag
    if tag == INDICATOR_TAG:
        return True
    if word.text in _COLLECTIVES or word.text in _INTENTIONS or tag in (FIGURE, TIME, NAME):
        return False
    if word.text in ("级", "类", "型", "星级", "线", "项") or _GRADE.fullmatch(word.text):
        return True
    if tag[0] in "nabjlizgh" and tag not in ("ad",):
        return True
    if tag == "vn" or tag == "eng" or tag == "s" or tag == "k":
        return True
    if tag == "v":
        return word.text in triggers_of("nominal")
    if tag == "f":
        return word.text in ("以上", "以下", "上", "下", "内", "外", "中", "间", "前", "后")
    if tag == "nrt" or tag == "zg":
        return len(word.text) > 1
    return False


def phrase_before(words: Sequence[Word], start: int, end: int, floor: int, money: bool = False) -> tuple[int, int] | None:
    """Finds the noun phrase that ends where the text before a figure ends.

    Args:
        words: The sentence's words.
        start: First offset the phrase may use.
        end: Offset at which the phrase has to end (triggers already taken off).
        floor: The phrase is cut here when a name or a time ends inside it.
        money: Whether the figure is an amount of money: then a noun before a bare verb is who pays, not what.

    Returns:
        Offsets in the sentence, or None where no nominal word stands at that place.
    """
    lo, hi = max(start, floor), end
    inside = [w for w in words if w.start >= lo and w.end <= hi]
    cut = next((w for w in words if w.start >= lo and w.start < hi < w.end), None)
    if cut is not None:
        inside.append(Word(cut.text[: hi - cut.start], "n", cut.start, hi))
    k = len(inside)
    while k and (inside[k - 1].tag in ("x", TIME) or inside[k - 1].text in _HEADLESS) and inside[k - 1].text not in "”》）":
        k -= 1
    if not k:
        return None
    while k > 1 and inside[k - 1].tag == "d" and is_nominal(inside[k - 2]):
        k -= 1
    last = k
    if k > 1 and not is_nominal(inside[k - 1]) and inside[k - 1].tag in _LOOSE_TAGS and len(inside[k - 1].text) == 1 and is_nominal(inside[k - 2]):
        k -= 1  # 风险|点: a classifier or a bound form at the end of a compound
    k = _walk_back(inside, k)
    if k == last - 1 and k and inside[k].tag == "v" and inside[k - 1].tag in ("d", "ad") :
        k = last  # 班列|逆势|开行: a verbal noun after an adverb is a verb
    if k == last:
        head = inside[last - 1]
        if head.tag in ("v", "vi", "vd", "nz") or head.tag.startswith("v"):
            return _with_object(inside, last, money)
        return None
    first = _trim_left(inside, k, last)
    return (inside[first].start, inside[last - 1].end) if first < last else None


def _walk_back(inside: Sequence[Word], k: int) -> int:
    last = k
    while k:
        word = inside[k - 1]
        if k == last - 1 and len(inside[k].text) == 1 and inside[k].text in _BOUND and word.tag[0] in "vna":
            k -= 1  # 满载|率, 收购|价
        elif is_nominal(word) or word.text in "”“《》‘’" and word.text:
            k -= 1
        elif word.text == "的" and k < last and k >= 2 and _head_is_broad(inside, k, last) and is_nominal(inside[k - 2]):
            k -= 1
        elif word.text in _JOINERS and k < last and k >= 2 and (is_nominal(inside[k - 2]) or inside[k - 2].text == "”"):
            k -= 1
        elif word.tag == "v" and k < last and k >= 2 and is_nominal(inside[k - 2]) and len(word.text) > 1 and not _governs(word):
            k -= 1
        elif _governs(word) and k < last and k >= 2 and inside[k].text.endswith("率") and is_nominal(inside[k - 2]):
            k -= 1
        elif word.tag == FIGURE and k < last and inside[k].text in ("以上", "以下", "及以上"):
            k -= 1
        elif word.tag in ("m", "q") and k < last and word.text in ("单", "每", "一般", "一", "第一", "第二", "第三", "多", "双"):
            k -= 1
        elif word.tag == "d" and k < last and word.text in ("非", "不", "再", "新", "总", "最"):
            k -= 1
        else:
            break
    return k


def _head_is_broad(inside: Sequence[Word], k: int, last: int) -> bool:
    head = "".join(w.text for w in inside[k:last])
    return head in _BROAD_HEADS or len(head) <= 2


def _governs(word: Word) -> bool:
    kinds = trigger_kinds().get(word.text, ())
    return ("do" in kinds or "light" in kinds or "be" in kinds) and "nominal" not in kinds


def _trim_left(inside: Sequence[Word], k: int, last: int) -> int:
    while k < last - 1 and (
        inside[k].text in _JOINERS
        or inside[k].text in "”、》 "
        or inside[k].text in ("上", "下", "中", "内", "外", "间", "前", "后", "以上", "以下", "多", "大", "的")
        or (_governs(inside[k]) and not inside[k + 1].text == "的" and inside[k].tag.startswith("v"))
    ):
        k += 1
    return k


def _with_object(inside: Sequence[Word], last: int, money: bool) -> tuple[int, int] | None:
    word = inside[last - 1]
    k = last - 1
    while k and (inside[k - 1].tag in ("d", "ad", "vd") or inside[k - 1].text in ("了", "已", "已经", "都", "还")):
        k -= 1
    if last > 1 and inside[last - 2].tag == "b":
        return inside[last - 2].start, word.end
    if k and is_nominal(inside[k - 1]) and not _governs(inside[k - 1]) and not (money and k == last - 1):
        first = _trim_left(inside, _walk_back(inside, k), k)
        return inside[first].start, inside[k - 1].end
    if "light" in trigger_kinds().get(word.text, ()):
        return None
    first = last - 1
    if first and inside[first - 1].tag.startswith("v") and len(inside[first - 1].text) <= 2 and inside[first - 1].text not in triggers_of("be"):
        first -= 1
    return inside[first].start, word.end


def verb_after(words: Sequence[Word], start: int, end: int) -> tuple[int, int] | None:
    """Finds the verb that says what was counted right after a figure (24户|签字|, 7部|在建|)."""
    for word in words:
        if word.start < start or word.end > end:
            continue
        if word.tag.startswith("v") and len(word.text) > 1:
            return word.start, word.end
        if word.tag not in ("d", "ad", "f") and word.text not in ("全部", "已", "已经"):
            return None
    return None


def is_verb_phrase(words: Sequence[Word], span: tuple[int, int]) -> bool:
    """Tells whether a phrase found before a figure is only a verb (回迁4200人), not a noun."""
    last = next((w for w in words if w.end == span[1]), None)
    return last is not None and not is_nominal(last)


def topic_of(words: Sequence[Word], start: int, end: int) -> tuple[int, int] | None:
    """Finds the noun phrase at the head of a clause that has no figure (|岛外客源|以三省居多)."""
    inside = [w for w in words if w.start >= start and w.end <= end]
    k = 0
    while k < len(inside) and (inside[k].tag in (TIME, NAME, "d", "c", "p", "t", "r", "uj") or inside[k].text in _COLLECTIVES or inside[k].text in "“其中的"):
        if inside[k].tag == "p":
            return None
        k += 1
    first = k
    while k < len(inside) and is_nominal(inside[k]) and not _governs(inside[k]):
        k += 1
    if k == first or k == len(inside) or inside[k].text == "的" or inside[k - 1].end - inside[first].start < 2:
        return None
    return inside[first].start, inside[k - 1].end


def phrase_after(words: Sequence[Word], start: int, end: int) -> tuple[int, int] | None:
    """Finds the noun phrase that begins right after a figure (25名|年轻干部|, 440亩的|地块|).

    Args:
        words: The sentence's words.
        start: Offset of the figure's end.
        end: Offset at which the clause (or the next figure) begins.
    """
    inside = [w for w in words if w.start >= start and w.end <= end]
    k = 0
    if len(inside) > 1 and inside[0].text in ("外", "长", "宽", "高", "深", "重", "见方", "厚", "远", "以外", "规模") and inside[1].text == "的":
        k = 2
    while k < len(inside) and (inside[k].tag == NAME or inside[k].text in ("左右", "以上", "上下", "以内", "以下", "多", "余", "“", "的", "人民币", "新", "各类", "各级", "”", "之多")):
        if inside[k].text in ("以上", "以下", "左右", "以内") and k + 1 < len(inside) and inside[k + 1].text == "的":
            k += 1
        k += 1
    if k < len(inside) and (not is_nominal(inside[k]) or _governs(inside[k])):
        return _after_modifier(inside, k)
    first = k
    while k < len(inside) and (is_nominal(inside[k]) or (inside[k].text in "“”《》" and k > first) or _joins(inside, k, first)):
        if k > first and _breaks(inside, k, first):
            break
        k += 1
    while k > first and (inside[k - 1].text in ("上", "下", "中", "内", "外", "间", "前", "后", "以上", "的", "“", "《") or inside[k - 1].text in _JOINERS):
        k -= 1
    if k < len(inside) and inside[k].text == "的" and k > first and inside[k - 1].tag in ("a", "b", "z"):
        further = phrase_after(inside, inside[k].end, end)
        if further:
            return inside[first].start, further[1]
    if first < k < len(inside) and inside[k].tag in ("a", "z") and any(w.text == "的" for w in inside[k:]):
        further = _after_modifier(inside, k)  # 9名|政治素质过硬的|主讲人
        if further:
            return further
    while k - first > 1 and inside[k - 1].tag.startswith("v") and (
        inside[k - 1].text in triggers_of("do") or inside[k - 1].tag == "v" and inside[k - 2].text[-1] in "员人者生工户客手队民众"
    ):
        k -= 1
    if inside and k == len(inside) and any(w.start == end and w.tag == FIGURE for w in words):
        verb = next((n for n in range(first + 1, k - 1) if inside[n].tag in ("v", "vn") and inside[n].text in triggers_of("do")), None)
        k = verb or k  # 345支家庭医生团队|签约居民83.7万人: a second figure has its own object
    if k == first:
        return None
    return inside[first].start, inside[k - 1].end


def _breaks(inside: Sequence[Word], k: int, first: int) -> bool:
    """Whether a name after a figure ends before this word (88家一级预算单位|陆续收到)."""
    word = inside[k]
    if _governs(word):
        names = word.tag == "vn" and k + 1 < len(inside) and is_nominal(inside[k + 1])
        return not names or inside[k - 1].text[-1] in _BODY_ENDS
    if word.tag == "v" and word.text not in triggers_of("nominal"):
        short = all(w.tag in ("b", "a") or _GRADE.fullmatch(w.text) for w in inside[first:k])
        return not (short and k + 1 < len(inside) and is_nominal(inside[k + 1]))
    return word.tag in _LOOSE_ADJECTIVES


def _joins(inside: Sequence[Word], k: int, first: int) -> bool:
    return inside[k].text in ("、", "和", "与", "及") and k > first and k + 1 < len(inside) and is_nominal(inside[k + 1]) and not _governs(inside[k + 1])


def _after_modifier(inside: Sequence[Word], k: int) -> tuple[int, int] | None:
    """Reads 25名|具备专业背景的年轻干部|: a verb opens a modifier that ends with 的."""
    if inside[k].tag[0] not in "vapbdn":
        return None
    for at in range(k + 1, min(len(inside) - 1, k + 14)):
        if inside[at].text == "的" and is_nominal(inside[at + 1]):
            return phrase_after(inside[at + 1 :], inside[at + 1].start, inside[-1].end)
    if inside[k].tag == "v" and k + 1 < len(inside) and is_nominal(inside[k + 1]) and _plain_pair(inside, k):
        stop = k + 1
        while stop < len(inside) and is_nominal(inside[stop]):
            stop += 1
        return inside[k].start, inside[stop - 1].end
    return None


def _plain_pair(inside: Sequence[Word], k: int) -> bool:
    """Whether verb and noun make one name (签约居民), not verb and object (落户企业 is a name, 带来岗位 is not)."""
    return len(inside[k].text) == 2 and len(inside[k + 1].text) >= 2 and not _governs(inside[k])
