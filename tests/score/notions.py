"""When two readings of a figure are the same: value, unit, indicator, subject, and a fact as a whole.

What belongs here: the notions of equality, over plain values. What does not: finding which figure is meant.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from typing import Any

Row = Mapping[str, Any]

_UNIT_ALIASES = {
    "％": "%",
    "百分点": "个百分点",
    "人民币元": "元",
    "㎡": "平方米",
    "m²": "平方米",
    "km": "公里",
    "千米": "公里",
    "平方千米": "平方公里",
    "TEU": "标箱",
    "人员": "人",
    "名": "人",
    "位": "人",
    "°C": "℃",
    "摄氏度": "℃",
}
_REGION = "省市区县州旗盟镇乡村"
_COLLECTIVE = re.compile(r"[全我该本各]([省市区县州旗盟镇乡村国])")
_RATES = ("增速", "增幅", "涨幅", "降幅", "跌幅", "比重", "占比", "增长率")
_OPPOSITES = (
    ("进口", "出口"),
    ("存款", "贷款"),
    ("收入", "支出"),
    ("城镇", "农村"),
    ("城市", "农村"),
    ("总产值", "增加值"),
    ("第一产业", "第二产业"),
    ("第二产业", "第三产业"),
    ("第一产业", "第三产业"),
    ("轻工业", "重工业"),
    ("住户", "企业"),
    ("上涨", "下降"),
    ("新开工", "竣工"),
)
_OF_AN_AMOUNT = re.compile(r"(总额|总量|总数|数量|人数|规模|额|量|数)$")

WHOLE = ("measure", "comparison", "modality", "indicator", "subject", "period", "value_high")
"""What must be right for a fact to be right as a whole."""


def squeeze(text: str | None) -> str:
    """Leaves white space out."""
    return re.sub(r"\s+", "", text or "")


def same_value(a: Any, b: Any) -> bool:
    """Tells whether two values are equal but for rounding; two that are missing are."""
    if a is None or b is None:
        return a is None and b is None
    a, b = float(a), float(b)
    return bool(abs(a - b) <= 1e-6 * max(1.0, abs(a), abs(b)))


def unit_key(unit: str | None, measure: str | None = None) -> str:
    """Gives one name to the units that count as the same; every rank is counted in 位."""
    return "位" if measure == "rank" else _UNIT_ALIASES.get(squeeze(unit), squeeze(unit))


def _bare(name: str | None) -> str:
    return re.sub(r"[\s“”\"'《》（）()，,、的了]", "", name or "")


def _alike(a: str, b: str, longest: int) -> float:
    return (Counter(a) & Counter(b)).total() / max(longest, 1)


def same_subject(gold: str | None, got: str | None) -> bool:
    """Tells whether two names mean the same body.

    A region must be the same region (槐荫区 = 济南市槐荫区, never 济南市); other names may be shortened.

    >>> same_subject("槐荫区", "济南市槐荫区"), same_subject("济南市", "济南市槐荫区")
    (True, False)
    """
    a, b = _bare(gold), _bare(got)
    if not a or not b or a == b:
        return a == b
    if _COLLECTIVE.fullmatch(a):  # the annotator left 全市 unresolved: any such region will do
        return b[-1] == a[-1]
    short, long = sorted((a, b), key=len)
    if short[-1] in _REGION or long[-1] in _REGION or short.endswith("街道") or long.endswith("街道"):
        suffixed = len(long) == len(short) + 1 and long.startswith(short) and long[-1] in _REGION
        return long.endswith(short) or suffixed
    if short in long and len(long) <= 2.5 * len(short):
        return True
    return _alike(a, b, len(long)) >= 0.8


def same_indicator(gold: str | None, got: str | None) -> bool:
    """Tells whether two phrases name the same thing measured.

    They do where they are equal, one is the tail of the other, or nearly all words are the same; never an opposite,
    never a level for its rate.

    >>> same_indicator("总产值", "规上工业总产值"), same_indicator("出口", "进口"), same_indicator("产值", "产值增速")
    (True, False, False)
    """
    a, b = _bare(gold), _bare(got)
    if not a or not b or a == b:
        return a == b
    if any((x in a) != (x in b) and (y in a) != (y in b) for x, y in _OPPOSITES):
        return False
    if a.endswith(_RATES) != b.endswith(_RATES):
        return False
    a, b = (_OF_AN_AMOUNT.sub("", x) or x for x in (a, b))
    short, long = sorted((a, b), key=len)
    if short and (
        (long.endswith(short) and len(long) <= 3 * len(short)) or (short in long and len(long) <= 2 * len(short))
    ):
        return True
    return _alike(a, b, len(long)) >= 0.75


def day_of(row: Row, key: str) -> str:
    """Gives a date of a figure as YYYY-MM-DD; empty where there is none."""
    return str(row.get(key) or "")[:10]


def fact_checks(gold: Row, got: Row) -> dict[str, bool]:
    """Tells what of a figure's context is right; only what the annotation says is asked."""
    checks = {
        "value_high": same_value(gold.get("value_high"), got.get("value_high")),
        "measure": gold["measure"] == got["measure"],
        "modality": gold["modality"] == got["modality"],
        "qualifier": gold.get("qualifier") == got.get("qualifier"),
    }
    if gold["modality"] != "actual":
        checks["planned_or_target"] = checks["modality"]
    if gold["measure"] == "growth":
        checks["comparison"] = gold.get("comparison") == got.get("comparison")
    if gold.get("indicator"):
        checks["indicator"] = same_indicator(gold["indicator"], got.get("indicator"))
    if gold.get("subject"):
        checks["subject"] = same_subject(gold["subject"], got.get("subject"))
    ends = [key for key in ("period_start", "period_end") if gold.get(key)]
    if ends:  # one end alone: 今年以来 has no end, 截至6月末 no start
        checks["period"] = all(day_of(got, key) == gold[key] for key in ends)
    return checks


def best_reading(gold: Row, got: Row) -> tuple[Row, dict[str, bool]]:
    """Gives the annotated reading that fits best, and what of it is right; `alt` names others that are as good."""
    readings: list[Row] = [gold, *({**gold, **other} for other in gold.get("alt", []))]
    judged = [(reading, fact_checks(reading, got)) for reading in readings]
    return max(judged, key=lambda pair: (all(pair[1].values()), sum(pair[1].values())))


def is_whole(checks: Mapping[str, bool]) -> bool:
    """Tells whether a fact is right as a whole."""
    return all(checks.get(key, True) for key in WHOLE)
