"""Lays clean articles out as unkindly as real pages are: `unkind_page`.

What belongs here: articles without any credit, jumps, pictures with and without a title, short news with and without a
common name, furniture and captions in the middle of a sentence, large initials, figures on lines of their own,
numbered headings, columns of many widths, all drawn at random by a fixed seed, with the annotation that says what is
what. What does not: changing what an article says (`layout_edits`), breaking text into lines (`layout_pages`). The
page's names, reporters and advertisements are made up.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from tests.bench.layout_compose import bare
from tests.bench.layout_edits import (
    a_caption,
    a_sentence,
    add_credit,
    add_inset,
    add_subheads,
    cut_head,
    cut_tail,
    first_sentences,
    number_heads,
)
from tests.bench.layout_pages import Style, clean_articles, set_paragraph

PAGE_NAMES = ("要闻", "综合", "时政", "民生", "经济", "要闻·综合", "经济·民生", "国内新闻", "区县", "文旅")
PAPERS = ("青石日报", "南岭晚报", "河口时报", "东川早报")
EDITORS = ("责编：赵敏  美编：孙一鸣", "本版编辑：周倩 校对：何苗 电话：（0531）88001234", "版式制作：吴海峰")
LINES = ("新闻热线：0531-88007654", "热线 96123", "E-mail:qsrb2046@163.net  版式制作：刘伟")
NOTICES = ("明珠家具城全场七折 欢迎选购", "招租：建设路12号临街门面 电话：13900001234")
SLOGANS = ("同心同德 再开新局", "实干担当 奋发有为")
BOXES = ("一句话新闻", "联播快讯", "简讯", "短新闻", "要闻简报", "国内简讯")
COLUMNS = ("【走基层】", "【新征程 新作为】", "【一线见闻】", "经济观察：", "【说说身边事】")
NOTES = ("编者按：", "【编者按】", "开栏的话：", "核心提示：")
MARKS = ("▲", "↑", "图为", "", "", "")
_FIGURE = re.compile(r"\d[\d.]*[%％]?[，。、]?")


@dataclass(frozen=True)
class Habits:
    """What a page does alike in all its articles.

    Attributes:
        above: Blank lines before a headline.
        below: Blank lines after a headline.
        around: Blank lines before a subhead.
        one_width: Whether all articles are set in columns of one width.
        after: Share of articles whose headline stands below their text.
        initials: Share of articles that begin with a large initial.
        figures: Share of articles whose figures stand on lines of their own.
        loose: Share of interruptions in mid-sentence.
        shift: White space before a headline.
    """

    above: int
    below: int
    around: int
    one_width: bool
    after: float
    initials: float
    figures: float
    loose: float
    shift: str


def random_habits(dice: random.Random) -> Habits:
    """Draws a page's habits."""
    return Habits(
        dice.choice((0, 1, 1, 2, 2)), dice.choice((0, 0, 1, 1, 2)), dice.choice((0, 1, 1)), dice.random() < 0.5,
        dice.choice((0.0, 0.0, 0.0, 0.1, 0.9)), dice.choice((0.0, 0.0, 0.3)), dice.choice((0.0, 0.0, 0.0, 0.6)),
        dice.choice((0.0, 0.3, 0.8)), dice.choice(("", "", "", "\u3000\u3000", "    ")),
    )  # fmt: skip


def unkind_page(number: int, seed: int = 5, sources: Sequence[Any] | None = None) -> tuple[str, dict[str, Any]]:
    """Makes one page.

    Args:
        number: Number of the page.
        seed: Seed of all pages.
        sources: Clean articles as `clean_articles` gives them; those by default.

    Returns:
        Its raw text, and its annotation in the form of `tests/gold/layout`.
    """
    dice = random.Random(f"{seed}:{number}")
    habits = random_habits(dice)
    texts = [a for a in (sources or clean_articles()) if _is_news(a)]
    page = _Page(dice, habits, _page_style(dice))
    page.masthead()
    for source in dice.sample(texts, min(len(texts), dice.randint(2, 7))):
        kind = dice.choice(("news",) * 12 + ("jump", "jump", "jump", "photo", "photo", "box", "briefs"))
        if kind == "box":
            page.box(dice.sample(texts, dice.randint(2, 4)))
        elif kind == "briefs":
            bullet = dice.choice(("", "●", "■"))
            for brief in dice.sample(texts, dice.randint(2, 4)):
                page.brief(brief, bullet)
        elif kind == "photo":
            page.photo(source)
        else:
            page.news(source, kind == "jump")
    for seq, article in enumerate(page.articles, 1):
        article["seq"] = seq
        article["blocks"] = [{"role": role, "text": text} for role, text in article["blocks"]]
    return "\n".join(page.printed) + "\n", {"articles": page.articles, "furniture": page.furniture}


def _is_news(article: Any) -> bool:
    """Tells whether an article has a headline of its own and running text."""
    named = article["headline"] and not article["headline"].endswith(("快讯", "简讯", "新闻"))
    return bool(named) and any(role == "body" and len(text) > 30 for role, text in article["blocks"])


def _page_style(dice: random.Random) -> Style:
    width = dice.choice((0, *range(10, 30)))
    indent = dice.choice(("", "", "  ", "\u3000", "\u3000\u3000", "\u3000\u3000"))
    blanks = dice.choice(("none", "none", "columns", "between", "both"))
    if not indent and width:
        blanks = dice.choice(("none", "columns", "between", "both"))
    return Style(width, indent, blanks, dice.choice(("none", "push", "push", "hang")), dice.random() < 0.3)


class _Page:
    """A page in the making."""

    def __init__(self, dice: random.Random, habits: Habits, style: Style) -> None:
        self.dice, self.habits, self.page_style = dice, habits, style
        self.printed: list[str] = []
        self.furniture: list[str] = []
        self.articles: list[dict[str, Any]] = []
        self.style = style

    def masthead(self) -> None:
        """Prints the page's name, date and editors at its head."""
        dice = self.dice
        paper = dice.choice(PAPERS)
        day = f"{dice.randint(1998, 2025)}年{dice.randint(1, 12)}月{dice.randint(1, 28)}日"
        week = f"星期{dice.choice('一二三四五六日')}"
        parts = [paper, f"第{dice.randint(2, 8)}版", dice.choice(PAGE_NAMES), f"{day} {week}", dice.choice(EDITORS)]
        parts += [f"A0{dice.randint(2, 9)}", f"{week} {day}", dice.choice(LINES)]
        self.ears = [paper, dice.choice(PAGE_NAMES), parts[1], f"{paper} {day} {week}", str(dice.randint(2, 16))]
        for part in dice.sample(parts, dice.randint(0, 5)):
            self.furniture.append(part)
            self.printed += [part, *[""] * dice.choice((0, 0, 1))]

    def article(self, source: Any) -> dict[str, Any]:
        """Begins an article, in the page's column or one of its own, and gives its annotation."""
        dice = self.dice
        self.style = self.page_style if self.habits.one_width else replace(
            self.page_style, width=dice.choice((self.page_style.width, dice.randint(10, 28))),
            indent=dice.choice((self.page_style.indent, self.page_style.indent, "  ", "\u3000\u3000")),
        )  # fmt: skip
        blocks = [(role, bare(text) if role == "body" else text) for role, text in source["blocks"]]
        self.articles.append(
            {"kicker": None, "headline": source["headline"], "deck": [], "byline": None, "authors": [],
             "dateline": None,
             "blocks": [(role, "".join(text.split()) if role == "body" else text) for role, text in blocks]}
        )  # fmt: skip
        return self.articles[-1]

    def news(self, source: Any, jumped: bool) -> None:
        """Prints an article with or without a credit, perhaps the second half of one that jumps here."""
        dice, article = self.dice, self.article(source)
        article["blocks"] = [block for block in article["blocks"] if block[0] in ("body", "subhead", "caption")]
        if jumped:
            cut_head(dice, article)
        else:
            article["kicker"] = dice.choice(COLUMNS) if dice.random() < 0.1 else None
            article["deck"] = list(source["deck"])[:1] if dice.random() < 0.5 else []
        add_credit(dice, article, jumped)
        if dice.random() < 0.12:
            cut_tail(dice, article)
        heads = dice.random()
        if heads < 0.3:
            number_heads(dice, article)
        elif heads < 0.6 and not any(role == "subhead" for role, _ in article["blocks"]):
            add_subheads(dice, article)
        if dice.random() < 0.12 and not jumped:
            add_inset(dice, article)
        after = dice.random() < self.habits.after
        heading = self._heading(article)
        byline = [dice.choice(("", self.style.indent)) + article["byline"]] if article["byline"] else []
        if byline and dice.random() < 0.4:
            byline.append("")
        note = self._note(article) if not jumped and dice.random() < 0.06 else []
        body = self._body(article)
        above, below = [""] * self.habits.above, [""] * self.habits.below
        if after and heading:
            self.printed += [*above, *byline, *note, *body, *below, *heading, *below]
        else:
            self.printed += [*above, *heading, *(below if heading else []), *byline, *note, *body]
        if not heading and not above:
            self.printed.append("")

    def photo(self, source: Any) -> None:
        """Prints a picture with its caption, with a title or without."""
        dice, article = self.dice, self.article(source)
        text = a_caption(self.dice, article, "")
        article["blocks"] = [("caption", text)]
        if dice.random() < 0.5:
            article["headline"] = None
        heading = self._heading(article)
        gap = [""] * max(1, self.habits.above)
        self.printed += [*gap, *heading, *([""] * self.habits.below if heading else []), *self._set(text, ""), *gap]

    def box(self, sources: Sequence[Any]) -> None:
        """Prints short news under a common name: bulleted paragraphs, or paragraphs under headings of their own."""
        dice = self.dice
        article = self.article(sources[0])
        article["headline"] = dice.choice(BOXES)
        bullet = dice.choice(("■", "●", "★", ""))
        article["blocks"] = []
        printed = [""] * self.habits.above + [article["headline"], *[""] * self.habits.below]
        for source in sources:
            text = first_sentences(source)
            if not bullet:
                article["blocks"].append(("subhead", source["headline"]))
                printed += [*[""] * self.habits.around, source["headline"], *[""] * min(self.habits.below, 1)]
            article["blocks"].append(("body", bullet + text))
            printed += self._set(bullet + text, self.style.indent)
            printed += [""] * (self.style.blanks in ("between", "both"))
        self.printed += printed

    def brief(self, source: Any, bullet: str) -> None:
        """Prints a titled item of short news, an article of its own."""
        article = self.article(source)
        article["headline"] = bullet + source["headline"]
        text = first_sentences(source)
        article["blocks"] = [("body", text)]
        above, below = [""] * self.habits.above, [""] * self.habits.below
        self.printed += [*above, *self._heading(article), *below, *self._set(text, self.style.indent)]

    def _note(self, article: dict[str, Any]) -> list[str]:
        text = self.dice.choice(NOTES) + a_sentence(self.dice, article)
        article["blocks"].insert(0, ("note", text))
        return [*self._set(text, self.style.indent), ""]

    def _heading(self, article: dict[str, Any]) -> list[str]:
        if not article["headline"]:
            return []
        dice = self.dice
        lines = [article["headline"]]
        if " " in lines[0] and dice.random() < 0.5:
            lines = lines[0].split(" ")
        elif len(lines[0]) > 14 and dice.random() < 0.25:
            half = len(lines[0]) // 2
            lines = [lines[0][:half], lines[0][half:]]
        between = [""] if dice.random() < 0.3 else []
        above = [article["kicker"], *between] if article["kicker"] else []
        below = [*between, *article["deck"]] if article["deck"] else []
        return [self.habits.shift + line if line else line for line in (*above, *lines, *below)]

    def _set(self, text: str, indent: str, initial: bool = False, figures: bool = False) -> list[str]:
        if initial and self.style.width and "\u4e00" <= text[0] <= "\u9fff" and "\u4e00" <= text[1] <= "\u9fff":
            return [text[0], *set_paragraph(text[1:], replace(self.style, indent=""))]
        style = replace(self.style, indent=indent)
        if not (figures and style.width):
            return set_paragraph(text, style)
        printed: list[str] = []
        at = 0
        for match in _FIGURE.finditer(text):
            if (
                match.start() - at > 12
                and self.dice.random() < 0.2
                and not text[match.end() :].startswith(tuple("年月日"))
            ):
                printed += [*set_paragraph(text[at : match.start()], style), match[0]]
                style, at = replace(style, indent=""), match.end()
        return [*printed, *set_paragraph(text[at:], style)] if text[at:] else printed

    def _body(self, article: dict[str, Any]) -> list[str]:
        dice, style = self.dice, self.style
        printed: list[str] = []
        initial, figures = dice.random() < self.habits.initials, dice.random() < self.habits.figures
        left = dice.randint(10, 40)
        blocks: list[tuple[str, str]] = []
        for role, text in article["blocks"]:
            if role == "gap":
                printed.append("")
                continue
            blocks.append(("body" if role in ("verse", "row", "point") else role, text))
            if role == "note":
                continue
            if role in ("verse", "row", "point"):
                printed.append(("" if role == "row" else style.indent) + text)
                continue
            if role == "caption":
                printed += ["", *self._set(text, ""), ""]
                continue
            if role == "subhead":
                printed += [*[""] * self.habits.around, *self._set(text, style.indent), *[""] * self.habits.around]
                continue
            for line in self._set(text, style.indent, initial, figures):
                if left == 0:
                    left = dice.randint(15, 45)
                    printed += self._interruption(article, blocks)
                printed.append(line)
                left -= 1
            initial = False
            printed += [""] * (style.blanks in ("between", "both"))
        article["blocks"] = blocks
        return printed

    def _interruption(self, article: dict[str, Any], blocks: list[tuple[str, str]]) -> list[str]:
        """Gives what stands at a column's end: nothing, blank lines, furniture, or a picture's caption."""
        dice = self.dice
        column = [""] * (self.style.blanks in ("columns", "both"))
        if dice.random() > self.habits.loose:
            return column
        if dice.random() < 0.5:
            line = dice.choice((*self.ears, *EDITORS, *LINES, *NOTICES[:1], *SLOGANS))
            self.furniture.append(line)
            apart = [""] if dice.random() < 0.6 or not line.isdigit() else []
            return [*apart, line, *apart]
        text = a_caption(self.dice, article, dice.choice(MARKS))
        blocks.append(("caption", text))
        return ["", *self._set(text, ""), ""]


def unkind_pages(count: int, seed: int = 5, sources: Sequence[Any] | None = None) -> list[tuple[str, dict[str, Any]]]:
    """Makes several pages."""
    return [unkind_page(number, seed, sources) for number in range(count)]
