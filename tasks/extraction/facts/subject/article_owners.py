"""Which places and organisations an article is about, and what 全区, 该公司 stand for in it.

What belongs here: weighing an article's names, and resolving collective words.
What does not: which name a single figure belongs to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cache

from tasks.extraction.facts.subject.region_names import (
    NO_DIVISION,
    SUFFIXES,
    VILLAGE,
    cut_to,
    division_names,
    division_starts,
    full_name,
    is_better,
    is_division,
    key_of,
    parts_of,
    places_in,
    short_name,
)
from tasks.lexicon import read_table
from tasks.lexicon.grammar import pattern, words
from tasks.page import Article, Entity, Mention, RepairedPage
from tasks.reading.gazetteer import choose_division, split_divisions

COLLECTIVE = pattern("subject.all_of_a_region")
NATION = pattern("subject.whole_nation")
BODY_WORD = pattern(
    "subject.stands_for_a_body", last_word_of_a_body=[row["suffix"] for row in read_table("org_suffixes")]
)
WHOLE_NATION = "全国"
NATIONAL = pattern("subject.national_authority")
WORK_REPORT = "section.work_report"
_WORK_REPORT = pattern(WORK_REPORT)

_KEPT = words("kept_body")
_PLACE_ENDS = words("plain_place_end")
_SITES = words("site_word")
_LATEST = words("latest_of_its_kind")
_POINTS_AT = (*words("points_at"), *"该本全")
_LONGEST_REGION = 16
_SMALL = ("镇", "乡", VILLAGE)


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
            for part, share in places_in(m):
                key = key_of(part)
                weight[key] += share  # type: ignore[assignment]
                known = shown.get(key)
                if known is None or is_better(part, known):
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
        return self.is_main(place) or any(n >= 3 and key_of(m) == short_name(place.text) for m, n in self.regions)

    def is_main(self, place: Mention) -> bool:
        """Tells whether a place is what the article is about."""
        return self._main is not None and key_of(place) == key_of(self._main)

    def inside(self, name: str) -> Mention | None:
        """Gives the smallest of the article's divisions that a body's name holds (人民银行咸阳市中心支行)."""
        parts = [short_name(p) for p in parts_of(name[:16])]
        fitting = [m for m, _ in self.regions if key_of(m) in parts]
        return max(fitting, key=lambda m: parts.index(key_of(m))) if fitting else None

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
        if not any(is_division(m) and self._is_in_headline(key_of(m), m.text) for m, _ in self.regions):
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
            if is_division(place) and self._is_in_headline(key_of(place), place.text):
                return place
        starts = (n for n in range(len(self.headline)) if self.headline[n : n + 2] in division_starts())
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
                return cut_to(recent[0], suffix)
        fitting = [(m, n) for m, n in self.regions if full_name(m)[-1] == suffix and not NO_DIVISION.search(m.text)]
        plain = [
            (m, n)
            for m, n in self.regions
            if full_name(m)[-1] not in SUFFIXES and 2 <= len(m.text) <= 4 and m.text + suffix in division_names()
        ]
        if fitting and (not plain or fitting[0][1] * 1.5 >= plain[0][1]):
            return fitting[0][0]
        return plain[0][0] if plain else None


@cache
def _ends_of() -> dict[str, tuple[str, ...]]:
    """Gives the ends of the names that 公司, 院 … may stand for."""
    return {row["word"]: tuple(row["ends"].split("|")) for row in read_table("body_kinds")}


def article_names(page: RepairedPage, by_paragraph: dict[int, list[Mention]]) -> dict[int | None, ArticleNames]:
    """Weighs the names of every article of a page."""
    articles: dict[int | None, Article] = {a.seq: a for a in page.articles}
    mentions: dict[int | None, list[Mention]] = {}
    texts: dict[int | None, list[str]] = {}
    for p in page.paragraphs:
        mentions.setdefault(p.article, []).extend(by_paragraph.get(p.seq, []))
        texts.setdefault(p.article, []).append(p.text)
    return {seq: ArticleNames(articles.get(seq), own, "\n".join(texts[seq])) for seq, own in mentions.items()}
