"""Where the subject of a passage shifts: a name at the head of a clause, 全区, 该公司, a speaker's office.

What belongs here: how a name stands in its clause, and whether it takes the focus.
What does not: which figure falls under which focus.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.extraction.facts.counted_phrases import phrase_after
from tasks.extraction.facts.noun_phrases import topic_of
from tasks.extraction.facts.offices import SPEAKS, TITLE, Shift, office_shift
from tasks.extraction.facts.regions import BODY_WORD, COLLECTIVE, SUFFIXES, ArticleNames, bare_region
from tasks.extraction.facts.sentences import clause_spans
from tasks.extraction.facts.slots import Sentence
from tasks.extraction.facts.tokens import read_words_of
from tasks.extraction.facts.triggers import trigger_kinds
from tasks.page import Entity, Mention

_FOUNDED = re.compile(r"(?:办起|成立|创办|开办|注册|创立|办)了?$")
_BODY_AFTER = re.compile(
    r"[\u4e00-\u9fff]{0,9}?(?:基金会?|财政(?!收|支|补|资|预|贴|扶|局|厅|部|所|拨)|酒店|免税店|属国有企业|民宿|商场|超市|食堂|餐厅|农场|养殖场|车间|剧团|艺术团|志愿队|消防队|医疗队|合作社)(?=[\u4e00-\u9fff])(?![的类])"
)
_FOUNDED_NAME = re.compile(
    r"(?:组成|成立|组建|办起|创办|建起|办的|主办的|协办的)了?(?P<name>“[^”，。]{2,12}”[\u4e00-\u9fff]{0,8}?)(?=，|当天|日前|落幕|启动|举行)"
)
_SPENT = ("投资", "占地", "占地面积", "建筑面积", "规模", "造价", "面积")
_ONLY_MEASURED_BY = re.compile(r"(?:[占居列比为于在]|排名|拉动|带动|提升|贡献了?|领先|领跑|高出|超过|低出|超出)$")
_COUNTED = re.compile(r"等?(?:\d+|[一二两三四五六七八九十]+)[\u4e00-\u9fff]")
_THING = re.compile(
    r"(?:企业|产业|行业|制造业|工业|服务业|装备|设备|班列|医院|学校|高校|院校|机构|景区|酒店|民宿|银行|公司|单位|部门|团队|用户|农户|居民|村民|学生|家庭|项目|动车|航线)$"
)
_LEADS = (
    ("source", ("据", "记者从", "根据", "按照", "依据")),
    ("in", ("在", "位于", "来到", "走进", "走进了", "经")),
    (
        "of",
        (
            "占",
            "居",
            "到",
            "来自",
            "比",
            "对",
            "与",
            "向",
            "把",
            "列",
            "高于",
            "低于",
            "至",
            "给",
            "以",
            "由",
            "留在",
            "落户",
            "于",
            "从",
            "往",
            "为",
            "让",
            "使",
            "同",
            "跟",
            "将",
            "全",
            "达到",
            "成为",
            "是",
            "称",
            "叫",
            "进",
            "回",
            "赴",
            "去",
        ),
    ),
    ("list", ("、", "和", "及", "与")),
    ("de", ("的",)),
)
_LIGHT_LEAD = re.compile(
    r"(?:其中|同时|此外|目前|近日|日前|另外|而|但|不过|如今|眼下|当前|当天|本报|讯|仅|光|只有|今年以来|近年来|截至目前|刚刚过去的|记者|\s|[“《]|[\d年月日时上下半前后末底至初—\-～起以来第一二三四季度今去明当截到内间期]|早|晚|午|许|“?十[三四五]五”?)*"
)


def shifts_of(
    text: str,
    start: int,
    mentions: Sequence[Mention],
    article: ArticleNames,
    clauses: Sequence[tuple[int, int]],
    sentence: Sentence | None = None,
) -> list[Shift]:
    """Finds the shifts of subject in one sentence, in order.

    Args:
        text: The sentence.
        start: Its offset in the paragraph.
        mentions: Its names, in order.
        article: The article's names, weighed.
        clauses: Its clauses; empty: they are found here.
        sentence: The sentence cut up around its figures, where it has figures.
    """
    clauses = clauses or clause_spans(text)
    groups = _groups(text, start, mentions)
    shifts: list[Shift] = []
    for n, (a, b, members) in enumerate(groups):
        following = groups[n + 1] if n + 1 < len(groups) else None
        shift = _named(text, a, b, members, following, clauses, article, shifts)
        if shift is not None:
            main = article.main()
            if len(members) > 1 and shift.end > b and main is not None:
                shifts.append(Shift(a, main.text, main.entity, "counted", False))
            shifts.append(shift)
    shifts.extend(_collective(text, start, mentions, article))
    shifts.extend(_bodies(text, start, mentions, clauses, article))
    shifts.extend(_founded(text))
    shifts.extend(_pronouns(text, clauses, start, mentions, article))
    if sentence is not None:
        shifts.extend(_things(sentence, shifts))
        shifts.extend(_built(sentence, start, mentions))
    return sorted(shifts, key=lambda s: s.end)


Group = tuple[int, int, list[Mention]]


def _groups(text: str, start: int, mentions: Sequence[Mention]) -> list[Group]:
    """Joins names in a list (A、B和C) into groups; offsets of the sentence."""
    groups: list[Group] = []
    for m in mentions:
        a, b = m.start_char - start, m.end_char - start
        if groups and a < groups[-1][1]:
            continue
        between = text[groups[-1][1] : a] if groups else ""
        if groups and between in ("、", "和", "及") and groups[-1][2][-1].type == m.type:
            groups[-1] = (groups[-1][0], b, [*groups[-1][2], m])
        else:
            groups.append((a, b, [m]))
    return groups


def _named(
    text: str,
    a: int,
    b: int,
    members: list[Mention],
    following: Group | None,
    clauses: Sequence[tuple[int, int]],
    article: ArticleNames,
    earlier: Sequence[Shift],
) -> Shift | None:
    clause = next((c for c in clauses if c[0] <= a < c[1]), (0, len(text)))
    lead = _lead(text[clause[0] : a])
    first = members[0]
    if TITLE.match(text, b) or (first.type == "ORG" and SPEAKS.match(text, b)) or lead == "source":
        return office_shift(first, b, article)
    if first.type == "PER" and text[clause[1] : clause[1] + 1] == "：":
        return None
    if first.type == "PER" and text[b : b + 1] == "等":
        return None
    if first.type == "PER" and (SPEAKS.match(text, b) or lead in ("of", "verb", "list")):
        return None
    if lead == "verb" and first.type == "ORG" and text[b : b + 1] in "，。；" and _FOUNDED.search(text[clause[0] : a]):
        return Shift(b, first.text, first.entity or Entity("ORG", first.text), "founded")
    if lead in ("of", "verb", "list"):
        return None
    if lead == "in" and any(t.kind in ("head", "all", "in") for t in earlier) and "；" not in text[earlier[-1].end : a]:
        return None
    if following is not None and first.type == "LOC":
        gap = text[b : following[0]]
        if (gap in ("", "的") and following[2][0].type != "LOC") or (gap == "" and following[2][0].type == "LOC"):
            return None
    if first.type == "LOC" and lead == "other":
        return None
    if lead == "other" and not (first.type == "ORG" or _heads_topic(text, b)):
        return None
    if first.type == "LOC" and len(members) == 1 and _modifies(text, b, first, article):
        return None
    if len(members) > 1 or text[b : b + 1] == "等":
        counted = _COUNTED.match(text, b)
        if text[b : b + 1] == "等" and counted:
            return None
        b = counted.end() if counted else b
    name = first.text if len(members) == 1 else text[a : members[-1].end_char - first.start_char + a]
    entity = first.entity or Entity(first.type, first.text)
    pairs = tuple((m.text, m.entity) for m in members) if len(members) > 1 else ()
    if len(members) == 1 and first.type == "LOC":
        longer = _BODY_AFTER.match(text, b)
        if longer is not None:
            return Shift(longer.end(), text[a : longer.end()], Entity("ORG", text[a : longer.end()]), lead)
    within = len(members) > 1 or "其中" in text[clause[0] : a] or text[max(0, clause[0] - 3) : clause[0]] == "其中，"
    return Shift(b, name, entity if len(members) == 1 else None, lead, not within and lead != "in", pairs)


def _lead(lead: str) -> str:
    """Says how a name is led to in its clause."""
    lead = lead.rstrip("“《")
    found = _LIGHT_LEAD.match(lead)
    rest = lead[found.end() :] if found else lead
    if not rest:
        return "head"
    for name, marks in _LEADS:
        if rest.endswith(marks):
            return name
    return _by_last_word(rest)


def _by_last_word(rest: str) -> str:
    """A name after a verb is its object; after a noun (民宿老板葛翠莲) it is introduced by it."""
    words = read_words_of(rest[-16:], ())
    last = words[-1]
    if "do" in trigger_kinds().get(last.text, ()):
        return "verb"
    if len(words) <= 4 and words[0].tag == "v" and all(w.tag[0] in "nbj" for w in words[1:]) and words[1:]:
        return "other"  # 退休|语文教师
    if last.tag[0] not in "nbja" and last.tag not in ("vn", "an"):
        return "verb" if last.tag[0] in "vpudcmq" else "other"
    for word in reversed(words):
        if word.text == "的":
            break
        if word.tag == "v" or "do" in trigger_kinds().get(word.text, ()):
            return "verb"
    return "other"


def _heads_topic(text: str, b: int) -> bool:
    return text[b : b + 1] not in "，。；、）”"


def _modifies(text: str, b: int, place: Mention, article: ArticleNames) -> bool:
    """Tells whether a place only qualifies a noun (俄罗斯游客) and is not what the passage is about."""
    if place.text[-1] in SUFFIXES or (place.entity and place.entity.adcode):
        return False
    known = bare_region(place.text)
    return len(place.text) <= 3 and not article.knows(known)


def _collective(text: str, start: int, mentions: Sequence[Mention], article: ArticleNames) -> list[Shift]:
    """全市, 该区 put their region in focus, unless they only say of what a part is taken or what is outdone."""
    shifts = []
    for match in COLLECTIVE.finditer(text):
        if match.start() > 1 and _ONLY_MEASURED_BY.search(text, max(0, match.start() - 4), match.start()):
            continue
        if text[match.start() - 1 : match.start()] == "对" and "贡献" in text[match.end() : match.end() + 14]:
            continue
        region = article.resolve(match.group(1), [m for m in mentions if m.end_char - start <= match.start()])
        name = region.text if region else match.group()
        shifts.append(Shift(match.end(), name, region.entity if region else None, "all"))
    return shifts


def _founded(text: str) -> list[Shift]:
    """Finds what a clause founds under a name of its own (组成“马背送书队”，每月进牧点3次)."""
    return [Shift(m.end("name"), m["name"].strip("“”"), None, "founded") for m in _FOUNDED_NAME.finditer(text)]


def _pronouns(
    text: str, clauses: Sequence[tuple[int, int]], start: int, mentions: Sequence[Mention], article: ArticleNames
) -> list[Shift]:
    """他 and 她 at the head of a clause stand for the person last named."""
    found = []
    for a, _ in clauses:
        if text[a : a + 1] in ("他", "她") and text[a + 1 : a + 2] != "们":
            here = [m for m in mentions if m.type == "PER" and m.end_char - start <= a]
            person = here[-1] if here else article.person
            if person is not None:
                found.append(Shift(a + 1, person.text, person.entity or Entity("PER", person.text), "pronoun"))
    return found


def _built(sentence: Sentence, start: int, mentions: Sequence[Mention]) -> list[Shift]:
    """What a sum is spent on stands after it (总投资32亿元的电池中心): the figure is that project's."""
    found = []
    for slot in sentence.slots:
        if slot.source != "left" or not sentence.text.startswith("的", slot.end):
            continue
        if not (slot.indicator or "").endswith(_SPENT):
            continue
        named = next((m for m in mentions if m.start_char - start == slot.end + 1), None)
        span = phrase_after(sentence.words, slot.end, sentence.clauses[-1][1])
        if named is not None:
            found.append(Shift(slot.start, named.text, named.entity or Entity(named.type, named.text), "built"))
        elif span is not None and span[1] - span[0] > 3:
            found.append(Shift(slot.start, sentence.text[span[0] : span[1]], None, "built", False))
    return found


def _things(sentence: Sentence, shifts: Sequence[Shift]) -> list[Shift]:
    """Kinds of bodies that have figures of their own (规上装备企业上半年产值 …), where no name is in focus."""
    found = []
    for slot in sentence.slots:
        if slot.indicator is None or slot.indicator_span is None:
            continue
        spans = [topic_of(sentence.words, slot.clause[0], slot.indicator_span[0])] if slot.order == 0 else []
        before = [s for s in sentence.slots if s.end <= slot.left and s.clause_number == slot.clause_number]
        if before and before[-1].source == "right" and before[-1].indicator_span and slot.source == "left":
            spans.append(before[-1].indicator_span)
        for span in spans:
            if (
                span is None
                or span[1] > slot.indicator_span[0]
                or any(slot.clause[0] <= t.end <= slot.start for t in shifts)
            ):
                continue
            name = sentence.text[span[0] : span[1]].strip("“”的")
            if len(name) > 3 and _THING.search(name):
                found.append(Shift(span[1], name, None, "thing", False))
    return found


def _bodies(
    text: str, start: int, mentions: Sequence[Mention], clauses: Sequence[tuple[int, int]], article: ArticleNames
) -> list[Shift]:
    shifts = []
    for a, _ in clauses:
        found = _LIGHT_LEAD.match(text, a)
        match = BODY_WORD.match(text, found.end() if found else a)
        if match is None or any(m.start_char - start <= match.start() < m.end_char - start for m in mentions):
            continue
        owner = article.body(match.group(), [m for m in mentions if m.end_char - start <= match.start()])
        if owner is not None:
            shifts.append(Shift(match.end(), owner.text, owner.entity or Entity(owner.type, owner.text), "body"))
    return shifts
