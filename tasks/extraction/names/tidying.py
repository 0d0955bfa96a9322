"""Puts right what the tagger often gets wrong: ends that run on, starts that begin early, names that are none.

What belongs here: checks of one name against the words it is made of. What does not: other names on the page
(`consistency`), places of the gazetteer (`places`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from tasks.extraction.names.credits import has_surname
from tasks.extraction.names.person_checks import tidy_person
from tasks.extraction.names.places import without_title
from tasks.extraction.names.reading import Reading, is_common, is_known_place
from tasks.extraction.names.spans import Span
from tasks.lexicon import read_table

_NAME_TAGS = frozenset(["ns", "nr", "nt", "nz", "nrt", "nrfg", "eng", "x"])
_LEADING = frozenset(("p", "c", "d", "u", "ul", "uj", "r"))
_CONNECTORS = re.compile(
    r"与|(?<=[\u3400-\u9fff])各|暨|会同|携手|(?<=[市县区镇乡港站场路园司团])和(?!谐|平|田|顺|县|静|硕)"
)
_WITH_OTHERS = re.compile(r"(?<=[省市区县州旗镇乡])(?:会同|携手|牵手|联合|积极|聚力|始终|坚持|立足)(?=.)")
_AFTER_PLACE = re.compile(r"(?<=[村寨镇乡城区港站路街园湖山河江桥场楼])[里上中内边头外旁]$")
# How sure the tagger has to be of an organisation with a telling last word of two letters or of one, one that is all
# common words, one without such a word, the same among firms, and of anything else that looks doubtful.
_STRONG_ENDING, _WITH_ENDING, _COMMON_WORDS, _WITHOUT_ENDING, _IN_COMPANY, _SURE = 0.12, 0.25, 0.35, 0.7, 0.4, 0.9
_LETTER, _VERY_SURE = 0.8, 0.95


@cache
def _long_endings() -> tuple[str, ...]:
    return tuple(row["suffix"] for row in read_table("org_suffixes"))


@cache
def _places_ends() -> tuple[str, ...]:
    return tuple(row["suffix"] for row in read_table("place_suffixes"))


def tidy(reading: Reading, spans: list[Span]) -> list[Span]:
    """Trims, parts or drops the names that the tagger found."""
    out: list[Span] = []
    for span in spans:
        if span.type == "PER":
            out.extend(tidy_person(reading, span))
        else:
            for part in _parted(reading, span):
                name = _AFTER_PLACE.sub("", reading.text[part.start : part.end])
                as_place = (part.type == "LOC" and not _LIKE_ORGANISATION.search(name)) or _LIKE_PLACE.search(name)
                out.extend(_tidy_place(reading, part) if as_place else _tidy_organisation(reading, part))
    return _persons_in_lists(reading.text, out)


def _persons_in_lists(text: str, spans: list[Span]) -> list[Span]:
    """Takes a short name beside a person in a list for a person: 秦蕾、刘红军、呼廷贵."""
    out = list(spans)
    for n, span in enumerate(spans):
        if span.type != "ORG" or span.end - span.start > 3 or not has_surname(text[span.start : span.end]):
            continue
        beside = [other for other in spans[max(0, n - 1) : n + 2] if other.type == "PER"]
        if any(text[min(span.end, other.end) : max(span.start, other.start)] == "、" for other in beside):
            out[n] = span._replace(type="PER")
    return out


# The last word says what a name is, whatever its sentence looks like.
_LIKE_PLACE = re.compile(
    r"(?<=[\u3400-\u9fff])(?:[村镇乡路街巷河湖江山岛湾寨屯]|社区|街道|大道|胡同|公园|广场|水库|机场|口岸|小区|新村|景区|古镇|古城|高速|铁路|开发区|高新区|大桥|(?:体育|会展|购物|商业|文体)中心|(?<=[\u3400-\u9fff]{2})港)$"
)
_LIKE_ORGANISATION = re.compile(
    r"(?:公司|局|委员会|学校|小学|中学|大学|学院|医院|卫生院|银行|合作社|派出所|办事处|图书馆|文化馆|剧院|剧团|(?<=[\u3400-\u9fff]{3})(?<!体育)(?<!会展)(?<!购物)(?<!商业)(?<!文体)中心|党委|党支部|集团|商店|免税店|协会)$"
)


def _parted(reading: Reading, span: Span) -> Iterator[Span]:
    """Parts a name at words that join two or tell what one does: 钢城区|与|钢研集团, 伊宁市|启动|六星街."""
    with_others = _WITH_OTHERS.search(reading.text, span.start, span.end)
    if with_others and is_known_place(reading.text[span.start : with_others.start()]):
        yield Span(span.start, with_others.start(), "LOC", span.score)
        span = span._replace(start=with_others.end())
    cuts = [m.span() for m in _CONNECTORS.finditer(reading.text, span.start, span.end) if m.start() > span.start]
    at = span.start
    for word, tag in reading.words_in(span.start, span.end):
        end = at + len(word)
        if at > span.start and word in _leading_verbs() and tag in ("v", "vn", "d", "n", "ad") and len(word) > 1:
            head = reading.text[span.start : at]
            if is_known_place(head) or head.endswith(_strong_endings()):
                cuts.append((at, end))
        at = end
    at = span.start
    for start, end in sorted(cuts):
        if start <= at or end >= span.end or not reading.on_word_edges(start, end):
            if start > at and end == span.end and reading.on_word_edges(start, end):
                yield from _part(reading, span, at, start)
                at = end
            continue
        yield from _part(reading, span, at, start)
        at = end
    if at < span.end:
        yield from _part(reading, span, at, span.end)


def _part(reading: Reading, span: Span, start: int, end: int) -> Iterator[Span]:
    text = reading.text[start:end]
    if (start, end) == (span.start, span.end) or end == span.end:
        yield Span(start, end, span.type, span.score)
    elif is_known_place(text) or text.endswith(_places_ends()):
        yield Span(start, end, "LOC", span.score)
    else:
        yield Span(start, end, "ORG", span.score)


@cache
def _strong_endings() -> tuple[str, ...]:
    """Last words of organisations of two letters and more: 局 also ends 结局, 审计局 nothing else."""
    return (*(row["suffix"] for row in read_table("org_suffixes") if len(row["suffix"]) > 1), "局", "办", "厅")


def _tidy_organisation(reading: Reading, span: Span) -> list[Span]:
    span = span._replace(type="ORG")
    span = _inside_quotes(reading, _without_tail(reading, _without_head(reading, span)))
    text = reading.text[span.start : span.end]
    if len(text) < 2 or not re.search(r"[\u3400-\u9fffA-Za-z]", text):
        return []
    if is_known_place(text):
        return [span._replace(type="LOC")]
    if text in _known_organisations():
        return [span]
    if text in _long_endings() or _NUMBERED.match(text) or _NO_ENDING.search(text):
        return []
    ward = _WARD.search(text)
    if ward:
        span, text = span._replace(end=span.start + ward.start()), text[: ward.start()]
    words = reading.words_in(span.start, span.end)
    if len(words) == 1 and words[0][0] == text and words[0][1] not in _NAME_TAGS and is_common(text):
        return [span] if span.score > _VERY_SURE and _has_ending(text) else []
    if not _has_ending(text):
        head = next((text[:n] for n in range(len(text) - 1, 1, -1) if text[:n] in _known_organisations()), "")
        if head and reading.on_word_edges(span.start, span.start + len(head)):
            return [span._replace(end=span.start + len(head))]
    among_firms = _in_company_of_firms(reading, span)
    if _has_ending(text):
        if _is_more_than_common_words(text, words):
            return (
                [span]
                if span.score > (_STRONG_ENDING if text.endswith((*_strong_endings(), "中心")) else _WITH_ENDING)
                else []
            )
        return [span] if span.score > (_WITH_ENDING if among_firms else _COMMON_WORDS) else []
    if _quoted(reading, span) and span.score < _SURE:
        return []
    if any(tag == "nt" for _, tag in words):
        return [span]
    if not among_firms and all(is_common(word) and tag not in _NAME_TAGS for word, tag in words):
        return []
    return [span] if span.score > (_IN_COMPANY if among_firms else _WITHOUT_ENDING) and len(text) < 9 else []


_WARD = re.compile(r"(?<=医院)[^，、]{1,5}科$")
_NUMBERED = re.compile(r"[\d０-９]+[个家处名所支座条项]")
_NO_ENDING = re.compile(
    r"(?:[格布结全大]局|[客大餐展歌]厅|庭院|合院|大院|影院|干部|内部|全部|局部|外部|[东西南北中]部|入网|上网|联网|管网|路网)$"
)


def _has_ending(text: str) -> bool:
    """Says whether a name ends in an organisation's last word; 新格局 does not end in 局."""
    known = text.endswith(_long_endings()) or bool(_LIKE_ORGANISATION.search(text))
    return known and not _NO_ENDING.search(text)


def _is_more_than_common_words(text: str, words: list[tuple[str, str]]) -> bool:
    """Says whether there is a name in 区中医院, 服务中心, 食堂: an ending alone or with common words names nothing."""
    if any(tag in _NAME_TAGS or not is_common(word) for word, tag in words):
        return True
    return len(words) > 1 and (text[0] in "省市区县州旗镇乡" or len(text) > 5)


_FIRMS_FOLLOW = re.compile(
    r"(?:[、，和及与][^，。；、]{2,14}){0,6}?等?[^，。；、]{0,9}?(?:企业|公司|单位|厂商|集团|药企|车企|品牌|银行|机构|工厂)"
)
_FIRM_BESIDE = re.compile(r"(?:项目|集团|公司|董事长|总经理|负责人|创始人|工厂|厂区|生产|研发|投资|与|和)")


def _in_company_of_firms(reading: Reading, span: Span) -> bool:
    """Says whether the words behind a name speak of firms: 福深兴安、古天电子等三家企业, 力诺董事长."""
    behind = reading.text[span.end : span.end + 60]
    return bool(_FIRMS_FOLLOW.match(behind) or _FIRM_BESIDE.match(behind))


@cache
def _known_organisations() -> frozenset[str]:
    return frozenset(row["name"] for row in read_table("organisations"))


def _inside_quotes(reading: Reading, span: Span) -> Span:
    """Cuts a name at a quotation mark that has no partner inside it."""
    text = reading.text[span.start : span.end]
    for opening, closing in ("“”", "（）", "()", "《》"):
        if text.count(opening) == text.count(closing):
            continue
        cut = min(at for at in (text.find(opening), text.find(closing)) if at >= 0)
        if text[cut] == closing or cut == 0:
            span = span._replace(start=span.start + cut + 1)
        else:
            span = span._replace(end=span.start + cut)
        text = reading.text[span.start : span.end]
    return span


def _quoted(reading: Reading, span: Span) -> bool:
    return reading.text[span.start - 1 : span.start] in ("“", "《", "‘") and reading.text[span.end : span.end + 1] in (
        "”",
        "》",
        "’",
    )


def _without_head(reading: Reading, span: Span) -> Span:
    start = span.start
    number = reading.word_at(start)
    if (
        reading.starts[number] < start
        and reading.tags[number] in ("v", "vn", "d", "p", "ad")
        and is_common(reading.words[number])
    ):
        # 建|设高铁新区: the first letter belongs to a word that is no part of the name
        after = reading.starts[number] + len(reading.words[number])
        start = after if span.end - after > 1 else start
    while start < span.end:
        number = reading.word_at(start)
        word, tag = reading.words[number], reading.tags[number]
        end = reading.starts[number] + len(word)
        if reading.starts[number] != start or end >= span.end:
            break
        if not (tag in _LEADING or (tag == "v" and word in _leading_verbs())):
            break
        start = end
    return span._replace(start=start)


@cache
def _leading_verbs() -> frozenset[str]:
    words = next(row["words"].split() for row in read_table("tagger_words") if row["kind"] == "verb")
    return frozenset(words) - {"建设", "发展", "创新", "服务", "支持", "保障", "管理", "监管", "开发", "保护"} | {
        "来自",
        "位于",
        "成为",
        "在",
        "到",
        "进",
        "计划",
        "力争",
        "预计",
        "继续",
        "连着",
        "途经",
    }


def _without_tail(reading: Reading, span: Span) -> Span:
    """Cuts words of doing off behind an organisation's last word: 市旅文局|通报."""
    if span.start >= span.end:
        return span
    last = reading.words_in(span.start, span.end)[-1]
    text = reading.text[span.start : span.end]
    if last[1] in ("v", "d", "vn", "p", "c", "zg", "f") and not text.endswith(_long_endings()):
        shorter = text.removesuffix(last[0])
        if len(shorter) > 2 and shorter.endswith(_long_endings()):
            return span._replace(end=span.start + len(shorter))
    return span


_HOUSE_NUMBER = re.compile(r"(?<=[路街巷道里弄区村院])[\d０-９]+号.*$")
_AFTER_OPEN_PLACE = re.compile(r"(?<=[\u3400-\u9fff]{2})各[\u3400-\u9fff]*$")
_COUNTED = re.compile(
    r"(?<![\u3400-\u9fff])[一二三四五六七八九十两几多各全\d]+[个座]?[村镇乡县市区省国]$|[连跨]五?[村镇]$"
)


def _known_tail(reading: Reading, span: Span) -> Span:
    """Cuts common words off before a known place: 兴业|槐荫, 共商|高新区."""
    words = reading.words_in(span.start, span.end)
    head = words[0][0] if words else ""
    if (
        len(words) < 2
        or words[0][1] not in ("v", "vn", "n", "a", "an", "d", "ad")
        or reading.starts[reading.word_at(span.start)] != span.start
    ):
        return span
    rest = reading.text[span.start + len(head) : span.end]
    if (
        len(head) > 1
        and (is_known_place(rest) or (words[0][1] == "v" and rest in _OPEN_ZONES))
        and not is_known_place(head)
    ):
        return span._replace(start=span.start + len(head))
    return span


_OPEN_ZONES = ("高新区", "经开区", "开发区", "新区", "园区", "景区")


@cache
def _letters() -> frozenset[str]:
    """Countries and provinces in one letter, mostly side by side: 中美, 京津冀."""
    return frozenset(row["letter"] for row in read_table("place_letters"))


def _tidy_place(reading: Reading, span: Span) -> list[Span]:
    span = _inside_quotes(reading, _without_head(reading, span))._replace(type="LOC")
    text = reading.text[span.start : span.end]
    if _AFTER_PLACE.search(text) and len(text) > 2:
        span, text = span._replace(end=span.end - 1), text[:-1]
    number = reading.word_at(max(span.start, span.end - 1))
    inside = span.start < reading.starts[number] and span.end < reading.starts[number] + len(reading.words[number])
    before = reading.text[span.start : reading.starts[number]]
    if inside and is_common(reading.words[number]) and before.endswith(_places_ends()):
        # 八百垧街道|团结社区: the tagger stopped inside a word
        span, text = span._replace(end=reading.starts[number]), before
    cut = _HOUSE_NUMBER.search(text) or _AFTER_OPEN_PLACE.search(text)
    if cut:
        span, text = span._replace(end=span.start + cut.start()), text[: cut.start()]
    if (
        _COUNTED.search(text)
        or (text == "中欧" and reading.text.startswith("班列", span.end))
        or text.endswith("示范区")
    ):
        return []
    span = _known_tail(reading, span)
    end = without_title(reading.text, span.start, span.end)
    span = span._replace(end=end if end > span.start else span.end)
    text = reading.text[span.start : span.end]
    if len(text) == 1:
        around = reading.text[max(0, span.start - 1) : span.start + 4]
        return [span] if text in _letters() and span.score > _LETTER and "中欧班列" not in around else []
    if not text or (_quoted(reading, span) and not text.endswith(_places_ends())):
        return []
    words = reading.words_in(span.start, span.end)
    if any(tag in _NAME_TAGS or not is_common(word) for word, tag in words):
        return [span]
    if text.endswith(_places_ends()) and len(words) > 1 and any(len(word) == 1 for word, _ in words[:-1]):
        return [span]
    return []
