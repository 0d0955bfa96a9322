"""Whether a figure is done, planned or a target.

What belongs here: the words of intention and of completion around a figure.
What does not: the period the figure stands for.
"""

from __future__ import annotations

import re

_TARGET = re.compile(r"力争|目标|争取|确保|任务|不低于|不少于|冲刺|奋斗|达到|突破|要")
_TARGET_STRONG = re.compile(r"力争|目标|争取|确保|要求|冲刺|力保|控制线|任务|瞄准|剑指|锚定|努力")
_PLANNED = re.compile(r"计划|预计|预期|将|拟|规划|打算|有望|预算|年底前|年内|准备|还要|即将|设计|达产后|建成后|投产后|下一步|下半年|届时|再")
_PLAN_NAME = re.compile(r"计划[》”]|行动计划|规划[》”]|计划生育|计划单列|将军|目标任务|任务单|目标导向|[《“][^》”]{0,30}(?:计划|规划|目标)[^》”]{0,10}[》”]")
_DONE = re.compile(r"已经?|目前|截至|截止|累计|现有|了|实际|同比|环比|去年|昨日|完成了|日前")
_FUTURE_HEAD = re.compile(r"下一步|今后|未来|接下来|明年|后年|到20\d\d年|“十[四五]五”|年底前|下半年|今年的目标|展望")
_BUILD = re.compile(r"总投资|计划投资|年度投资|总占地|占地|总建筑面积|建筑面积|建设规模|规划面积|设计|总建设量|预算投资|概算")


def read_modality(sentence: str, clause_start: int, start: int, end: int, carried: str, future: bool, indicator: str) -> str:
    """Decides whether a figure is actual, target or planned.

    Args:
        sentence: The sentence.
        clause_start: Where the figure's clause begins.
        start: Where the figure begins.
        end: Where the figure ends.
        carried: Modality of the figure before in the same sentence; "" for the first.
        future: Whether the governing period lies after the issue date.
        indicator: The thing measured.
    """
    before = _PLAN_NAME.sub(lambda m: "　" * len(m.group()), sentence[:start])
    clause = before[clause_start:]
    t = [m.end() for m in _TARGET_STRONG.finditer(before)]
    p = [m.end() for m in _PLANNED.finditer(before)]
    d = [m.end() for m in _DONE.finditer(before)]
    last_t, last_p, last_d = (x[-1] if x else -1 for x in (t, p, d))
    if _BUILD.search(indicator) and not re.search(r"竣工|完成|已建成|投用", sentence[max(0, start - 30) : start]):
        return "planned"
    if max(last_t, last_p) > last_d:
        return "target" if last_t >= 0 and last_t >= last_p - 12 and last_t > last_d else "planned"
    if future and not clause.strip().startswith("已"):
        return "target" if _TARGET.search(clause) else "planned"
    return "actual"
