"""Which places and organisations an article is about, and what 全区, 该公司 stand for in it.

What belongs here: weighing an article's names, and resolving collective words.
What does not: which name a single figure belongs to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from tasks.page import Article, Mention, Paragraph, RepairedPage

if TYPE_CHECKING:
    from tasks.extraction.facts.shifts import Shift

SUFFIXES = "省市区县州旗盟镇乡村"
COLLECTIVE = re.compile(r"[全我该本]([省市区县州旗盟镇乡村])(?![人民])")
BODY_WORD = re.compile(r"(?:该|本)?(?:公司|集团|企业|学校|学院|医院|银行|社区|合作社|中心|园区|景区|行|院|校|街道|车站|机场|港口|票房|居民区|项目|工程|基地|协会|书屋)(?![\u4e00-\u9fff]{0,2}(?:总|副)?(?:经理|书记|院长|校长|主任|董事))")


def bare_region(name: str) -> str:
    """Takes the division's suffix off a region's name (榆树市 → 榆树)."""
    return name[:-1] if len(name) > 2 and name[-1] in SUFFIXES else name


class ArticleNames:
    """An article's names, weighed.

    Attributes:
        regions: Its places, most important first, with their weight.
        headline: The text of its headline, kicker and deck.
        organisation: The organisation last in focus.
    """

    def __init__(self, article: Article | None, mentions: Sequence[Mention]) -> None:
        heads = [article.headline, article.kicker, *article.deck] if article else []
        self.headline = " ".join(h for h in heads if h)
        self.organisation: Shift | None = None
        dateline = (article.dateline or "") if article else ""
        self._by_name: dict[str, Mention] = {}
        weight: Counter[str] = Counter()
        owners = Counter(m.text[:8] for m in mentions if m.type == "ORG")
        for m in mentions:
            if m.type != "LOC":
                continue
            key = bare_region(_last_part(m.text))
            weight[key] += 1
            known = self._by_name.get(key)
            if known is None or (len(m.text) > len(known.text) and m.text[-1] in SUFFIXES) or known.text[-1] not in SUFFIXES:
                self._by_name[key] = m
        for key in weight:
            weight[key] += 3 * (key in self.headline) + 2 * (key in dateline)
            weight[key] += sum(n for text, n in owners.items() if key in text)
        self.regions = [(self._by_name[k], n) for k, n in weight.most_common(12)]

    def knows(self, bare: str) -> bool:
        """Tells whether a place carries weight in the article."""
        return any(n >= 3 and bare_region(_last_part(m.text)) == bare for m, n in self.regions)

    def find(self, name: str) -> Mention | None:
        """Gives the article's place of that name, however much of it is printed."""
        bare = bare_region(_last_part(name))
        return next((m for m, _ in self.regions if bare_region(_last_part(m.text)) == bare), None)

    def main_region(self) -> Mention | None:
        """Gives the region the article is about."""
        return next((m for m, _ in self.regions if _is_region(m)), self.regions[0][0] if self.regions else None)

    def main(self) -> Mention | None:
        """Gives what the article is about where nothing else is in focus."""
        return self.main_region()

    def last_body(self, word: str) -> Shift | None:
        """Gives the organisation that 公司, 该院 … stand for: the one last in focus."""
        return self.organisation

    def resolve(self, suffix: str) -> Mention | None:
        """Gives the region that 全市, 全区 … stand for in this article, None where it names none."""
        fitting = [(m, n) for m, n in self.regions if m.text[-1] == suffix]
        plain = [(m, n) for m, n in self.regions if m.text[-1] not in SUFFIXES and 2 <= len(m.text) <= 4 and n >= 3 and suffix in "省市区县州"]
        if fitting and (not plain or fitting[0][1] * 2 >= plain[0][1]):
            return fitting[0][0]
        return plain[0][0] if plain else None


def _is_region(m: Mention) -> bool:
    return m.text[-1] in SUFFIXES or bool(m.entity and m.entity.adcode) or len(m.text) <= 3


def _last_part(name: str) -> str:
    parts = re.findall(r"[^省市区县州旗盟]{2,}?(?:省|市|区|县|州|旗|盟)", name)
    return parts[-1] if parts and name.endswith(parts[-1]) else name


def article_names(page: RepairedPage, by_paragraph: dict[int, list[Mention]]) -> dict[int | None, ArticleNames]:
    """Weighs the names of every article of a page."""
    articles: dict[int | None, Article] = {a.seq: a for a in page.articles}
    mentions: dict[int | None, list[Mention]] = {}
    for p in page.paragraphs:
        mentions.setdefault(p.article, []).extend(by_paragraph.get(p.seq, []))
    return {seq: ArticleNames(articles.get(seq), own) for seq, own in mentions.items()}
