"""Which places and organisations an article is about, and what 全区, 该公司 stand for in it.

What belongs here: weighing an article's names, and resolving collective words.
What does not: which name a single figure belongs to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache, lru_cache

from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern, words
from tasks.page import Article, Entity, Mention, RepairedPage
from tasks.reading.gazetteer import choose_division, current_divisions, division_forms, split_divisions

_VILLAGE = "村"
SUFFIXES = "".join((*words("division_letter"), _VILLAGE))
COLLECTIVE = pattern("subject.all_of_a_region")
NATION = pattern("subject.whole_nation")
BODY_WORD = pattern(
    "subject.stands_for_a_body", last_word_of_a_body=[row["suffix"] for row in read_table("org_suffixes")]
)
WHOLE_NATION = "全国"
NATIONAL = pattern("subject.national_authority")
WORK_REPORT = "section.work_report"
_WORK_REPORT = pattern(WORK_REPORT)
_NO_DIVISION = pattern("subject.no_division")
_PARTS = pattern("subject.divisions_in_a_name")

_KEPT = words("kept_body")
_PLACE_ENDS = words("plain_place_end")
_SITES = words("site_word")
_LATEST = words("latest_of_its_kind")
_POINTS_AT = (*words("points_at"), *"该本全")
_AUTONOMOUS = "自治"
_LONGEST_REGION = 16
_SMALL = ("镇", "乡", _VILLAGE)


def bare_region(name: str) -> str:
    """Takes the division's suffix off a region's name (榆树市 → 榆树)."""
    return name[:-1] if len(name) > 2 and name[-1] in SUFFIXES else name


class ArticleNames:
    """An article's names, weighed.

    Attributes:
        headline: The text of its headline, kicker and deck.
        reports_work: Whether it is a report on a year's work, which is told of one region throughout.
        regions: Its places, most important first, with their weight.
        person: The person last named.
        around: Code of the division that it is about, or that its main body or person lies in.
        persons: How many quarters of its names are persons' (0 to 4): reports name bodies, features name people.
        latest: The organisations and places in the order in which they last came into focus.
    """

    def __init__(self, article: Article | None, mentions: Sequence[Mention], text: str = "") -> None:
        heads = [article.headline, article.kicker, *article.deck] if article else []
        self.headline = " ".join(h for h in heads if h)
        self.reports_work = bool(_WORK_REPORT.search(self.headline))
        self._text = text
        self._dateline = (article.dateline or "") if article else ""
        self.latest: list[Mention] = []
        self.person: Mention | None = None
        self._bodies = Counter(m.text for m in mentions if m.type != "PER")
        self.regions = self._weigh(mentions)
        named = sum(m.type == "PER" for m in mentions)
        self.persons = 4 * named // max(1, len(mentions))
        self._collective = Counter(COLLECTIVE.findall(text))
        self._national = len(NATION.findall(text))
        self._main = self._find_main(mentions)
        self.around = self._find_around()

    def _weigh(self, mentions: Sequence[Mention]) -> list[tuple[Mention, float]]:
        shown: dict[str, Mention] = {}
        weight: Counter[str] = Counter()
        for m in mentions:
            for part, share in _places_in(m):
                key = _key(part)
                weight[key] += share  # type: ignore[assignment]
                known = shown.get(key)
                if known is None or _better(part, known):
                    entity = part.entity or (known.entity if known else None)
                    shown[key] = Mention(part.paragraph, part.start_char, part.end_char, part.text, "LOC", entity)
        bodies = Counter(m.text for m in mentions if m.type == "ORG")
        for key in weight:
            if len(key) > 1:
                weight[key] += sum(n for text, n in bodies.items() if key in text and not text.startswith(key))
            weight[key] += 5 * self._is_in_headline(key, shown[key].text) + (key in self._dateline)
        return [(shown[k], float(n)) for k, n in weight.most_common(12)]

    def _is_in_headline(self, key: str, printed: str) -> bool:
        return key in self.headline or (printed.endswith("区") and len(printed) > 4 and printed[-3:] in self.headline)

    def knows(self, place: Mention) -> bool:
        """Tells whether a place carries weight in the article."""
        return self.is_main(place) or any(n >= 3 and _key(m) == _short(place.text) for m, n in self.regions)

    def is_main(self, place: Mention) -> bool:
        """Tells whether a place is what the article is about."""
        return self._main is not None and _key(place) == _key(self._main)

    def inside(self, name: str) -> Mention | None:
        """Gives the smallest of the article's divisions that a body's name holds (人民银行咸阳市中心支行)."""
        parts = [_short(p) for p in _parts_of(name[:16])]
        fitting = [m for m, _ in self.regions if _key(m) in parts]
        return max(fitting, key=lambda m: parts.index(_key(m))) if fitting else None

    def main(self) -> Mention | None:
        """Gives the region the article is about, where nothing else is in focus."""
        return self._main

    def _find_around(self) -> str | None:
        """Gives the code of the division around what the article is about; nobody's where it is the whole nation."""
        if self._main is None or self._main.text == WHOLE_NATION:
            return None
        entity = self._main.entity
        return (entity.adcode or entity.region) if entity else None

    def _find_main(self, mentions: Sequence[Mention]) -> Mention | None:
        """Weighs what the article may be about: its places, a person, bodies that it keeps calling 公司 or 医院."""
        if self.reports_work and (told := self._region_reported(mentions)) is not None:
            return told
        weighed = [(self._importance(m, n), -order, m) for order, (m, n) in enumerate(self.regions)]
        bodies = {m.text: m for m in mentions if m.type == "ORG" and m.text[-2:] in _KEPT}
        for order, (name, m) in enumerate(bodies.items(), len(weighed)):
            called = self._text.count(name[-2:]) - sum(n for text, n in self._bodies.items() if name[-2:] in text)
            weight = self.times(name) + 0.7 * min(called, 5) + 5 * (name in self.headline)
            weighed.append((weight, -order, m))
        if self._national > 1:
            weight = 1.2 * min(self._national, 6) + 5 * bool(NATION.search(self.headline))
            weighed.append((weight, 0, Mention(0, 0, 0, WHOLE_NATION, "LOC")))
        if not any(is_division(m) and self._is_in_headline(_key(m), m.text) for m, _ in self.regions):
            weighed.extend((1.5 * n, 0, m) for m, n in self._told_of(mentions))
        if weighed:
            return max(weighed, key=lambda w: w[:2])[2]
        headed = next((m for m in mentions if m.type == "ORG" and m.text in self.headline), None)
        if headed is not None and not NATIONAL.match(headed.text):
            return headed
        national = any(m.type == "ORG" and NATIONAL.match(m.text) for m in mentions) or WHOLE_NATION in self._text
        return Mention(0, 0, 0, WHOLE_NATION, "LOC") if national else None

    def _region_reported(self, mentions: Sequence[Mention]) -> Mention | None:
        """Gives the region whose work a report tells of, by its headline (临江县政府工作报告), as that prints it."""
        for place, _ in self.regions:
            if is_division(place) and self._is_in_headline(_key(place), place.text):
                return place
        starts = (n for n in range(len(self.headline)) if self.headline[n : n + 2] in _division_starts())
        named = ((n, *split_divisions(self.headline[n : n + _LONGEST_REGION])) for n in starts)
        start, meanings, length = next((found for found in named if found[1]), (0, (), 0))
        division = choose_division(meanings, None, {}) if meanings else None
        if division is None:
            return None
        printed = self.headline[start : start + length]
        name = division.name if printed.endswith(division.name) else division.short
        return Mention(0, 0, 0, name, "LOC", Entity("LOC", division.full_name, adcode=division.adcode))

    def _told_of(self, mentions: Sequence[Mention]) -> list[tuple[Mention, int]]:
        """The persons named in at least three paragraphs, with their number."""
        said = {(m.text, m.paragraph): m for m in mentions if m.type == "PER"}
        counts = Counter(text for text, _ in said)
        return [(next(m for (t, _), m in said.items() if t == text), n) for text, n in counts.items() if n >= 3]

    def _importance(self, place: Mention, named: float) -> float:
        name = full_name(place)
        said = sum(n for suffix, n in self._collective.items() if name.endswith(suffix))
        plain = place.text.endswith(_PLACE_ENDS) and not (is_division(place) or place.text in self.headline)
        return named + 1.2 * min(said, 4) + 1.0 * is_division(place) - 1.5 * plain

    def times(self, name: str) -> int:
        """Tells how often the article names something, in full or as part of a longer name."""
        return sum(n for text, n in self._bodies.items() if name in text)

    def focus_on(self, mention: Mention) -> None:
        """Notes that a name came into focus, so that 公司 or 社区 may stand for it."""
        self.latest = [*[m for m in self.latest[-12:] if m.text != mention.text], mention]

    def body(self, word: str, before: Sequence[Mention] = ()) -> Mention | None:
        """Gives the organisation that 公司, 该院 … stand for: one of that kind, the more often named, the later.

        Args:
            word: The word that stands for it.
            before: The names of the same sentence before it.
        """
        latest = [*self.latest, *before]
        kind = word.removeprefix(next((sign for sign in _POINTS_AT if word.startswith(sign)), ""))
        endings = _ends_of().get(kind, (kind,))
        if kind in _SITES:
            fitting = [m for m in latest[-4:] if m.type == "LOC" and not is_division(m) and len(m.text) > 4]
        else:
            fitting = [m for m in latest if m.text.endswith(endings) and m.text != kind and m.type != "PER"]
        if not fitting:
            return None
        if kind in _LATEST:
            return fitting[-1]
        return max(fitting, key=lambda m: (self._bodies[m.text], latest.index(m)))

    def resolve(self, suffix: str, before: Sequence[Mention] = ()) -> Mention | None:
        """Gives the region that 全市, 全区 … stand for in this article, None where it names none.

        Args:
            suffix: 市, 区, 镇 ….
            before: The names of the same sentence before it.
        """
        if suffix in _SMALL:
            recent = [
                m
                for m in reversed([*self.latest[-5:], *before])
                if m.text[-1] == suffix or (m.type == "ORG" and suffix in m.text[1:7])
            ]
            if recent:
                return _cut_to(recent[0], suffix)
        fitting = [(m, n) for m, n in self.regions if full_name(m)[-1] == suffix and not _NO_DIVISION.search(m.text)]
        plain = [
            (m, n)
            for m, n in self.regions
            if full_name(m)[-1] not in SUFFIXES and 2 <= len(m.text) <= 4 and m.text + suffix in _division_names()
        ]
        if fitting and (not plain or fitting[0][1] * 1.5 >= plain[0][1]):
            return fitting[0][0]
        return plain[0][0] if plain else None


@cache
def _ends_of() -> dict[str, tuple[str, ...]]:
    """Gives the ends of the names that 公司, 院 … may stand for."""
    return {row["word"]: tuple(row["ends"].split("|")) for row in read_table("body_kinds")}


@cache
def _division_starts() -> frozenset[str]:
    return frozenset(form[:2] for form in division_forms())


@cache
def _division_names() -> frozenset[str]:
    return frozenset(row["name"] for row in read_table("divisions"))


def _places_in(m: Mention) -> list[tuple[Mention, float]]:
    """The divisions a name mentions: itself, and those its longer form (or an authority's name) begins with."""
    if m.type == "PER":
        return []
    parts = _parts_of(m.text)
    if m.type == "ORG":
        named = [p for p in parts if 2 < len(p) <= 5 and m.text.find(p) < 8] or _parts_of(full_name(m))
        named = [p for p in named[:3] if 2 < len(p) <= 5 and full_name(m).find(p) < 12]
        region = m.entity.region if m.entity else None
        weights = [1.0 if part is named[-1] else 0.4 for part in named]
        return [
            (Mention(m.paragraph, 0, 0, p, "LOC", _division(p, region)), w) for p, w in zip(named, weights, strict=True)
        ]
    found = [(m, 1.0)]
    if len(parts) > 1 or (parts and not m.text.endswith(parts[-1])):
        found += [(Mention(m.paragraph, 0, 0, p, "LOC"), 0.6) for p in parts if m.text != p and not m.text.endswith(p)]
    return found


def _division(name: str, region: str | None) -> Entity | None:
    """Gives the division that a body's name begins with, where the body lies in it (济阳区人社局)."""
    found = current_divisions().get(region or "")
    if found is None or found.name != name:
        return None
    return Entity("LOC", found.full_name, adcode=found.adcode, region=found.adcode)


@lru_cache(maxsize=20_000)
def _parts_of(name: str) -> tuple[str, ...]:
    return tuple(_PARTS.findall(name))


@lru_cache(maxsize=20_000)
def _short(name: str) -> str:
    parts = _parts_of(name)
    last = parts[-1] if parts and name.endswith(parts[-1]) else name
    return bare_region(last)


def full_name(m: Mention) -> str:
    """Gives the full name of a division or body where linking knows it (台州 → 浙江省台州市), else the printed one."""
    if m.entity is not None and (m.entity.adcode or m.type == "ORG"):
        return m.entity.name
    return m.text


def _key(m: Mention) -> str:
    return _short(full_name(m))


def _better(new: Mention, known: Mention) -> bool:
    both = new.text[-1] in SUFFIXES and known.text[-1] in SUFFIXES
    if both and (_AUTONOMOUS in new.text) != (_AUTONOMOUS in known.text):
        return _AUTONOMOUS in known.text  # 三江县 is how papers call 三江侗族自治县
    return new.text[-1] in SUFFIXES and (known.text[-1] not in SUFFIXES or len(new.text) > len(known.text))


def _cut_to(m: Mention, suffix: str) -> Mention:
    if m.text[-1] == suffix:
        return m
    return Mention(m.paragraph, 0, 0, m.text[: m.text.index(suffix, 1) + 1], "LOC")


def is_division(m: Mention) -> bool:
    """Tells whether a place is an administrative division (by its code, else by its name)."""
    if m.type != "LOC":
        return False
    if m.entity and m.entity.adcode:
        return True
    parts = _parts_of(m.text) or (m.text,)
    return m.text[-1] in SUFFIXES and not _NO_DIVISION.search(m.text) and (len(parts[-1]) <= 5 or _AUTONOMOUS in m.text)


def article_names(page: RepairedPage, by_paragraph: dict[int, list[Mention]]) -> dict[int | None, ArticleNames]:
    """Weighs the names of every article of a page."""
    articles: dict[int | None, Article] = {a.seq: a for a in page.articles}
    mentions: dict[int | None, list[Mention]] = {}
    texts: dict[int | None, list[str]] = {}
    for p in page.paragraphs:
        mentions.setdefault(p.article, []).extend(by_paragraph.get(p.seq, []))
        texts.setdefault(p.article, []).append(p.text)
    return {seq: ArticleNames(articles.get(seq), own, "\n".join(texts[seq])) for seq, own in mentions.items()}
