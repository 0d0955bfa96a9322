"""Whether a figure is done, planned or a target.

What belongs here: the words of intention and of completion around a figure, and how far they reach.
What does not: the period the figure stands for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from tasks.extraction.facts.clause.slots import Sentence, Slot
from tasks.extraction.facts.section.mood import NEITHER, PLAN, REVIEW
from tasks.lexicon import read_table

ACTUAL, PLANNED, TARGET = "actual", "planned", "target"

_PLAN_NAME = re.compile(
    r"(?:第[一二三四五六七八九十]{1,3}个)?[五二三四六七八九十]年(?:国民经济)?计划(?:的?时期|期间|期内|第[一二三四五]年)"
    r"|(?:由|从)(?:目前|去年|上年|过去|现在)[^，]{0,2}的|[”》](?:行动)?计划|计划(?=[、”》])|[《“][^》”]{0,40}(?:计划|规划|目标|任务|方案)[^》”]{0,14}[》”]|行动计划|完成[^，。；]{0,10}(?:目标|任务)|(?:年度|全年|序时)(?:目标|任务)的|目标的|目标导向|比[^，。；]{0,10}(?:目标|控制线|计划)"
    r"|离[^，。；]{0,16}目标|超(?:额|出)?[^，。；]{0,4}(?:目标|计划)|紧盯[^，。；]{0,12}目标|[”]目标|应邀|需要|只要|主要|重要|纲要|要素|要求[^，。；]{0,4}[各企单]|提出(?:的|意见|建议|了|审计|整改|问题)|计划数?[的比]|目标(?:值|区间|利率|价)|占[^，。；\d]{0,16}(?:计划|任务|目标)[^，。；\d]{0,8}|规划(?:纲要|草案)|[超高低好]于?预期|[比较与]去年|[比较与]上年|去年同期|上年同期"
)
_WILL = re.compile(r"将(?!军|近|来|心|相|其|它|他|此)")
_BUILD = re.compile(
    r"总投资|计划投资|年度投资|总建设量|建设规模|规划面积|投资总额|概算|总概算|设计(?!专利|师|院|大赛|作品|公司|企业|图)"
)
_UNDER_WAY = re.compile(
    r"竣工|完工|建成投|已建成|建成(?!后)|投用|投产(?!后)|启用|建有|入住|开工|在建|计划|推进|动工|奠基|签约|落地|启动"
)
_FINISHED = ("竣工", "完工", "建成投", "已建成", "建成", "投用", "投产", "启用", "建有", "入住")
_SITE = re.compile(r"占地|建筑面积|用地|库容|床位|泊位|产能|规模|长度|全长")
_DONE_SITE = re.compile(r"竣工|完工|已?建成(?!后)|投用|投入使用|启用|正式运营|建有|入住|现有")
_BOUND = re.compile(r"不低于|不少于|不高于|不超过|控制在|控制到")
_CARRIED_OUT = re.compile(r"(?:实际|已经?|投资总?额)(?:只|就|又)?完成了?(?:约|近|超过?)?$")
_GOAL = re.compile(r"可达|不低于|不少于|达到|年均|突破|超过|保持在|以上|控制在")
_YEARS_AHEAD = re.compile(r"(?:未来|今后)[\d一二三四五十两几]+")
_TO_COME = re.compile(
    r"[^，。；]{0,10}?(?:计划|将|拟|预计)[^，。；]{0,10}(?:开工|竣工|投产|建成|启动|实施|落地|完成|投用|交付|上市)"
)
_AFTER = re.compile(
    r"(?:(?!完成|超额|下达|落实)[^，。；、]){0,8}?的?(?P<target>控制线|控制目标|目标|任务|总目标|年度目标)|(?P<planned>[^，。；、]{0,8}计划(?=，|。|；))"
)
_PROJECT = re.compile(r"[^，。；]{0,6}(?:该|本|这一|这项)(?:工程|项目|线路|枢纽)")
_UNFINISHED = re.compile(r"开工建设|可解决|将[达使惠改新]|建成后|总工期")
_COUNTED_TASKS = ("项", "个", "条")
"""安排了23项重点任务: the tasks are counted, the number is no goal."""
_PAST_LEAD = re.compile(r"(?:从|由)(?:(?![到至为])[^，。；]){0,14}$")
_LEVERAGED = re.compile(r"(?:带动|撬动|拉动)[^，。；]{0,4}$|(?:带动|撬动|拉动)总?投资[^，。；]{0,4}$")
_WORKS = re.compile(r"(?:实施|推进|投放)(?:不少于|不低于|约|近|超过?)?$")
_FORECASTS = re.compile(r"预计|预测|预期|有望|可望|可能")
_SURVEYED = re.compile(r"的?(?:受访者|受访企业|民众|网民|网友|消费者)(?:认为|反对|支持|表示|赞成|担心|对)")
_EXISTING = re.compile(r"(?:在建的?|现有的?|首批|原有的?|[全该][区市县镇村省州旗]|首期)$")


_FORECAST = re.compile(r"预计|预期|预测|力争|有望|将|拟|届时|下一步|明年|今后")
_DONE_BEFORE = re.compile(
    r"(?<!早)已(?!有力)|现有|目前|截至|(?<![比较])(?:去年|上年)(?!同期)|同比|环比|累计(?:已|建|完|实|投|达)|(?<![为除])了(?!解)|去年以来"
)
_WORKS_AT = re.compile(
    r"^\s*(?:加快|协同|滚动|大力|深入|统筹|全面|全力|扎实|稳步|继续|持续|有序|积极|重点|提质|迭代|再)*"
    r"(?:推进|实施|抓好|推动|支持|深化|发展|安排|围绕|聚焦|办好|落实|谋划|布局|筹措|投资|投入|筹集资金)(?![^，。；]*(?:达到|达标|完成|新增))"
)


@dataclass(frozen=True, slots=True)
class Event:
    """A word of intention or completion; offsets in the sentence."""

    at: int
    end: int
    kind: str


@cache
def _events() -> re.Pattern[str]:
    """Builds one pattern of the words of intention; its lookahead passes over most characters in one step."""
    kinds: dict[str, list[str]] = {}
    for row in read_table("intentions"):
        word = f"(?<!{row['not_after']}){row['word']}" if row["not_after"] else row["word"]
        follows = f"(?={row['before']})" if row["before"] else ""
        kinds.setdefault(row["kind"], []).append(
            f"{word}{follows}" + (f"(?!{row['not_before']})" if row["not_before"] else "")
        )
    first = "".join(sorted({row["word"][0] for row in read_table("intentions")}))
    return re.compile(f"(?=[{first}])(?:" + "|".join(f"(?P<{kind}>{'|'.join(w)})" for kind, w in kinds.items()) + ")")


def events_of(sentence: Sentence) -> list[Event]:
    """Finds a sentence's words of intention and completion, in order."""
    text = _PLAN_NAME.sub(lambda m: "　" * len(m.group()), sentence.text)
    events = [Event(m.start(), m.end(), m.lastgroup or "") for m in _events().finditer(text)]
    for match in _WILL.finditer(text):
        following = next((w for w in sentence.words if w.start >= match.end()), None)
        if following is not None and following.tag[0] in "vdpuc" and following.tag != "ud":
            events.append(Event(match.start(), match.end(), PLANNED))
    return sorted(events, key=lambda e: e.at)


def read_modality(
    sentence: Sentence,
    slot: Slot,
    events: list[Event],
    before: tuple[Slot, str] | None,
    passage: str,
    future: str,
    mood: str = NEITHER,
) -> str:
    """Decides whether a figure is actual, target or planned.

    Args:
        sentence: The sentence.
        slot: The figure.
        events: The sentence's words of intention and completion.
        before: The figure before in this sentence and its modality.
        passage: What the sentences before intend: `target`, `planned` or `actual`.
        future: How the governing period lies to the issue date, as `PeriodFocus.outlook` tells.
        mood: Whether its paragraph reviews what was done or sets what is to be done, where that is known.
    """
    if slot.quantity.unit == "岁" and sentence.text.startswith(("以上", "以下", "及以上"), slot.end):
        return ACTUAL  # 为60岁以上老人: whom a plan is for
    if future == "told" or (mood == REVIEW and future == "past"):
        # 争取, 计划 and 实现目标 tell of work that was done; only a forecast is none
        told = [e for e in events if e.kind == "done" or _FORECAST.match(sentence.text, e.at)]
        return _by_words(sentence, slot, told, before, ACTUAL, "past")
    modality = _by_words(sentence, slot, events, before, passage if mood == NEITHER else ACTUAL, future)
    if mood != PLAN or modality == PLANNED or _is_fact_in_plan(sentence.text, slot):
        return modality
    intended = any(e.kind != "done" and slot.clause[0] <= e.at < slot.start for e in events)
    works = not intended and _WORKS_AT.match(sentence.text[slot.clause[0] : slot.clause[1]])
    return PLANNED if works and works.end() <= slot.start - slot.clause[0] else TARGET


def _is_fact_in_plan(text: str, slot: Slot) -> bool:
    """Whether a figure inside a plan tells what there is already: its own part of the sentence says so."""
    left = text[slot.left : slot.start]
    if _PAST_LEAD.search(left) or _EXISTING.search(left.removesuffix("的")):
        return True
    return bool(_DONE_BEFORE.search(text, text.rfind("；", 0, slot.start) + 1, slot.start))


def _by_words(
    sentence: Sentence, slot: Slot, events: list[Event], before: tuple[Slot, str] | None, passage: str, future: str
) -> str:
    text = sentence.text
    left = text[slot.left : slot.start]
    after = None if slot.quantity.unit in _COUNTED_TASKS else _AFTER.match(text, slot.end)
    if after is not None and after.lastgroup:
        return after.lastgroup
    if _PAST_LEAD.search(left) or _EXISTING.search(left.removesuffix("的")):
        return ACTUAL
    if future == "past" and _CARRIED_OUT.search(left):
        return ACTUAL
    if _SURVEYED.match(text, slot.end):
        return ACTUAL  # 加税将推高物价，64%的受访者反对
    if _BOUND.search(left) and "计划" in text[slot.clause[0] : slot.start]:
        return TARGET
    counted = slot.quantity.dimension == "count" and (slot.indicator or "").endswith(("项目", "企业", "工程"))
    if slot.indicator and _BUILD.search(slot.indicator) and not counted and not _LEVERAGED.search(left):
        stages = [m.group() for m in _UNDER_WAY.finditer(text, text.rfind("；", 0, slot.start) + 1, slot.start)]
        return ACTUAL if stages and stages[-1] in _FINISHED else PLANNED
    if slot.indicator and _SITE.search(slot.indicator) and _BUILD.search(text) and not _DONE_SITE.search(text):
        return PLANNED
    if _PROJECT.match(text) and _is_feature(text, slot):
        return PLANNED
    if future != "past" and _BOUND.search(left) and not _WORKS.search(left):
        return TARGET
    said = _said(text, slot, events)
    if before is not None and _goes_on(slot, before[0], events):
        return before[1]
    if future == "goal" and said != ACTUAL:
        return PLANNED if _WORKS.search(left) else TARGET
    forecast = said == PLANNED and _FORECASTS.search(text, 0, slot.start)
    if forecast:
        return PLANNED
    if said in (None, PLANNED) and future == "long" and not _reports(text):
        return TARGET if said is None or _GOAL.search(left) else PLANNED
    if said == PLANNED and _YEARS_AHEAD.search(text, 0, slot.start) and _GOAL.search(left):
        return TARGET
    if said != TARGET and slot.quantity.dimension == "count" and _TO_COME.match(text, slot.end):
        return PLANNED
    if said == PLANNED and future in ("open", "goal", "long") and (slot.measure == "growth" or _GOAL.search(left)):
        return TARGET
    return said or _unsaid(text, slot, passage, future)


def _unsaid(text: str, slot: Slot, passage: str, future: str) -> str:
    """Decides by the period and by the sentences before, where no word of intention reaches the figure."""
    if future == "ahead":
        return TARGET if _GOAL.search(text[slot.clause[0] : slot.start]) else PLANNED
    if passage != ACTUAL and (future in ("open", "long") or not _reports(text)):
        return passage
    return ACTUAL


def tells_origin(sentence: Sentence, slot: Slot) -> bool:
    """Tells whether a figure is what something starts from (由100天延长到120天): it says nothing about the next."""
    return bool(_PAST_LEAD.search(sentence.text[slot.left : slot.start]))


def _reports(text: str) -> bool:
    return bool(re.search(r"同比|环比|已|目前|截至|了|去年|累计", text))


def _goes_on(slot: Slot, before: Slot, events: list[Event]) -> bool:
    """Tells whether a figure goes on with the one before it, no word of intention or completion between them."""
    if slot.source not in ("carried", "list") or slot.clause_number - before.clause_number > 1:
        return False
    return not _is_bound_of(before, slot) and not any(e.at >= before.end for e in events if e.end <= slot.start)


def _is_bound_of(before: Slot, slot: Slot) -> bool:
    """Tells whether a sum only bounds the things counted after it (计划投资过亿元|项目108个)."""
    return before.source == "right" and before.quantity.dimension == "money" and slot.quantity.dimension == "count"


def _is_feature(text: str, slot: Slot) -> bool:
    """Tells whether a figure is what a project will have that is not finished (该工程覆盖13个县，可解决用水问题)."""
    if slot.measure != "level" or text.startswith(("重大", "重点"), slot.end):
        return False
    return bool(_UNFINISHED.search(text)) and not _DONE_SITE.search(text)


def _ends_quoted(text: str, event: Event, slot: Slot) -> bool:
    """Tells whether a word stands in a quotation that ends before the figure."""
    closed, opened = text.find("”", event.end, slot.start), text.find("“", event.end, slot.start)
    return closed >= 0 and (opened < 0 or closed < opened)


def _said(text: str, slot: Slot, events: list[Event]) -> str | None:
    """Reads the events before a figure: the nearest that still reaches it decides."""
    verdict: str | None = None
    opened = -1
    for event in events:
        if event.at >= slot.start:
            break
        if _ends_quoted(text, event, slot):
            continue  # 参与“未来5年邀请5万名青少年”倡议的58人
        if event.kind == "done":
            if (
                (verdict is not None and event.at >= slot.clause[0])
                or verdict is None
                or "；" in text[opened : event.at]
            ):
                verdict = ACTUAL
            continue
        if (
            slot.quantity.dimension != "money"
            and text.startswith(("投资", "总投资"), event.end)
            and text[event.at : event.end] == "计划"
            and event.at >= slot.clause[0]
        ):
            continue
        if text[event.end - 1] == "后" and event.kind == PLANNED:
            verdict, opened = PLANNED, event.at
            continue
        same_part = verdict == TARGET and "；" not in text[opened : event.at]
        if event.kind == PLANNED and same_part and (event.at < slot.clause[0] or slot.clause[0] <= opened):
            continue
        verdict, opened = event.kind, event.at
    if verdict in (PLANNED, TARGET) and "；" in text[opened : slot.start] and opened > 30:
        return None
    return verdict
