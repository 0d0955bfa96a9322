"""Lays clean articles out in conventions on which no rule was written and no weight fitted: `unseen_page`.

What belongs here: a page's habits and what stands on it in which order, drawn at random by a seed, with the annotation
that says what is what. What does not: the words of these pages and the changes to one article (`layout_insets`),
breaking text into lines (`layout_pages`). `layout_judge` measures on these pages; nothing learns from them.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from tests.bench import layout_insets as insets
from tests.bench.layout_compose import bare
from tests.bench.layout_pages import Style, clean_articles, set_paragraph

_LEAST = 120
"""Characters of running text that an article needs to stand on such a page."""


@dataclass(frozen=True)
class _Looks:
    """What a page does alike in all its articles.

    Attributes:
        style: Its columns.
        apart: Whether a blank line stands between paragraphs.
        above: Blank lines above a headline.
        below: Blank lines below a headline.
        indent: White space before a headline.
        signed: Where authors are named.
        heads: Form of its subheads.
        loud: Share of interruptions in mid-sentence.
        initials: Whether articles begin with a large initial.
        pictures: Whether captions stand at an article's end.
    """

    style: Style
    apart: bool
    above: int
    below: int
    indent: str
    signed: str
    heads: str
    loud: float
    initials: bool
    pictures: bool


def _draw_looks(dice: random.Random) -> _Looks:
    width = dice.choice((0, 0, 0, 12, 14, 16, 18, 20, 22, 24, 26, 30, 34, 40))
    indent = dice.choice(
        ("", "\u3000\u3000", "\u3000\u3000", "  ", "    ") if width else ("", "", "\u3000\u3000", "  ")
    )
    style = Style(width, indent, "none", dice.choice(("none", "push", "push", "hang")), dice.random() < 0.3)
    apart = dice.random() < 0.4 if not width else not indent and dice.random() < 0.6
    above = dice.choice((0, 1, 1, 2))
    return _Looks(
        style, apart, above if width else max(above, 1), dice.choice((0, 0, 1)),
        dice.choice(("", "", "", "\u3000\u3000", "      ")),
        dice.choice(("under", "under", "none", "end", "lead", "mixed", "mixed", "right")),
        dice.choice(("none", "none", "plain", "plain", "number", "bullet", "lead")),
        dice.choice((0, 0, 0.15, 0.4)), bool(width) and dice.random() < 0.2, dice.random() < 0.5,
    )  # fmt: skip


@dataclass
class _Page:
    """A page in the making."""

    dice: random.Random
    looks: _Looks
    printed: list[str] = field(default_factory=list)
    articles: list[dict[str, Any]] = field(default_factory=list)
    furniture: list[str] = field(default_factory=list)

    def blank(self, lines: float) -> None:
        """Prints blank lines."""
        self.printed += [""] * int(lines)

    def stray(self, text: str) -> None:
        """Prints a line of the page's own."""
        self.furniture.append(text)
        self.printed.append(text)

    def set(self, text: str, indent: str | None = None) -> None:
        """Prints a paragraph in the page's column."""
        style = self.looks.style
        self.printed += set_paragraph(text, style if indent is None else replace(style, indent=indent))

    def begin(self, source: Any, *features: str) -> dict[str, Any]:
        """Begins an article and gives its annotation."""
        self.articles.append(
            {"seq": len(self.articles) + 1, "kicker": None, "headline": source["headline"], "deck": [], "byline": None,
             "authors": [], "dateline": None, "blocks": list(source["blocks"]), "features": list(features)}
        )  # fmt: skip
        return self.articles[-1]

    def head(self, article: dict[str, Any], dressed: bool = True) -> None:
        """Prints an article's headline, in pieces or whole, with a kicker or a deck or neither."""
        dice, text = self.dice, article["headline"]
        lines = [text]
        if " " in text and dice.random() < 0.6:
            lines = text.split(" ")
        elif len(text) > 16 and dice.random() < 0.3:
            lines = [text[: len(text) // 2], text[len(text) // 2 :]]
            article["features"].append("headline cut")
        dress = dice.random() if dressed else 1.0
        if dress < 0.12:
            article["kicker"] = dice.choice(insets.KICKERS)
            article["features"].append("kicker")
        elif dress < 0.3:
            article["deck"] = ["——" + dice.choice(insets.DECKS)]
            article["features"].append("deck")
        self.blank(self.looks.above)
        kicker = [article["kicker"]] if article["kicker"] else []
        self.printed += [self.looks.indent + line for line in (*kicker, *lines, *article["deck"])]
        self.blank(self.looks.below)

    def news(self, source: Any) -> None:
        """Prints an article with or without authors, subheads, a note, a jump, and what else may stand in it."""
        dice, looks = self.dice, self.looks
        article = self.begin(source)
        signed = looks.signed if looks.signed != "mixed" else dice.choice(("under", "none", "end", "lead", "none"))
        insets.sign(dice, article, signed)
        if dice.random() < 0.7:
            insets.divide(dice, article, looks.heads)
        insets.inset(dice, article)
        note = insets.note(dice, article) if dice.random() < 0.08 else None
        self.head(article)
        if article["byline"]:
            self.printed.append((" " * 24 if signed == "right" else looks.style.indent) + article["byline"])
            self.blank(dice.random() < 0.3)
        blocks = article["blocks"]
        article["blocks"] = []
        if note:
            article["blocks"].append(("note", note))
            self.set(note)
            self.blank(1)
        if signed != "end" and dice.random() < 0.06:
            insets.jump_out(dice, article, blocks)
        self._body(article, blocks)
        self._below(article)

    def _body(self, article: dict[str, Any], blocks: Sequence[tuple[str, str]]) -> None:
        """Prints an article's blocks; `row` is a line of its own, `verse` too, both of them body text."""
        dice, looks = self.dice, self.looks
        left = dice.randint(8, 30)
        initial = looks.initials
        for role, text in blocks:
            article["blocks"].append(("body" if role in ("row", "verse") else role, text))
            if role == "subhead":
                apart = dice.random() < 0.5 or not looks.style.width
                self.blank(apart)
                self.set(text, dice.choice((looks.style.indent, "")))
                self.blank(apart and dice.random() < 0.5)
                continue
            if role in ("row", "verse"):
                self.printed.append((looks.style.indent if role == "verse" else "") + text)
                continue
            start = len(self.printed)
            self.set(text)
            if initial and text[:1].isalpha() and text[1:2].isalpha() and not text[:2].isascii():
                self.printed[start:] = [text[0], *set_paragraph(text[1:], replace(looks.style, indent=""))]
                article["features"].append("initial")
            initial = False
            lines = self.printed[start:]
            del self.printed[start:]
            for line in lines:
                left -= 1
                if not left:
                    left = dice.randint(12, 40)
                    self._interrupt(article)
                self.printed.append(line)
            self.blank(looks.apart)

    def _interrupt(self, article: dict[str, Any]) -> None:
        """Prints what stands at a column's end: nothing, a blank line, furniture, or a picture's caption."""
        dice = self.dice
        if dice.random() >= self.looks.loud:
            self.blank(dice.random() < 0.2)
        elif dice.random() < 0.125:
            self.caption(article, insets.caption(dice, article))
        else:
            apart = dice.random() < 0.5
            self.blank(apart)
            self.stray(insets.stray(dice))
            self.blank(apart)

    def caption(self, article: dict[str, Any], text: str) -> None:
        """Prints a picture's caption, set apart."""
        article["blocks"].append(("caption", text))
        self.blank(1)
        self.set(text, "")
        self.blank(1)

    def _below(self, article: dict[str, Any]) -> None:
        """Prints what stands below an article and belongs to it."""
        dice = self.dice
        if dice.random() < 0.05:
            head, text = dice.choice(insets.BOXES), insets.a_sentence(dice, article)
            article["blocks"] += [("subhead", head), ("body", text)]
            article["features"].append("box below")
            self.blank(1)
            self.printed.append(head)
            self.set(text)
        if self.looks.pictures and dice.random() < 0.15:
            self.caption(article, insets.end_caption(dice, article))
            article["features"].append("caption below")

    def jumped(self, source: Any) -> None:
        """Prints the second half of an article that comes from another page."""
        article = self.begin(source, "jump in")
        insets.jump_in(self.dice, article)
        if self.dice.random() < 0.6:
            article["headline"] = None
            self.blank(max(1, self.looks.above))
        else:
            self.head(article)
        for _, text in article["blocks"]:
            self.set(text)
            self.blank(self.looks.apart)

    def picture(self, source: Any) -> None:
        """Prints a picture's text with a title."""
        article = self.begin(source, "picture story")
        article["blocks"] = [("caption", insets.picture_text(self.dice, source))]
        self.head(article)
        self.set(article["blocks"][0][1])
        self.blank(1)

    def brief(self, source: Any) -> None:
        """Prints short news with a title of its own."""
        article = self.begin(source, "brief")
        article["blocks"] = [("body", insets.first_sentences(source, 2))]
        self.blank(self.looks.above)
        self.printed.append(self.looks.indent + article["headline"])
        self.blank(self.looks.below)
        self.set(article["blocks"][0][1])
        self.blank(self.looks.apart)


def sources_of(articles: Sequence[Any]) -> list[Any]:
    """Gives the articles that can stand on such a page: a headline of their own, and enough running text."""
    found = []
    for article in articles:
        if not article["headline"] or article["headline"].endswith(("快讯", "简讯", "新闻")):
            continue
        texts = ["".join(bare(text).split()).lstrip("：:") for role, text in article["blocks"] if role == "body"]
        texts = [text for text in texts if len(text) > 12]
        if sum(map(len, texts)) > _LEAST:
            found.append({**article, "blocks": [("body", text) for text in texts]})
    return found


def unseen_page(number: int, seed: int, sources: Sequence[Any]) -> tuple[str, dict[str, Any]]:
    """Makes one page.

    Args:
        number: Number of the page.
        seed: Seed of all pages.
        sources: Articles as `sources_of` gives them.

    Returns:
        Its raw text, and its annotation in the form of `tests/gold`, with `features` an article.
    """
    dice = random.Random(f"unseen {seed}/{number}")
    page = _Page(dice, _draw_looks(dice))
    for line in dice.sample(insets.MASTHEAD, dice.randint(0, 4)):
        page.stray(line)
        page.blank(dice.random() < 0.4)
    for source in dice.sample(list(sources), dice.randint(2, 6)):
        kind = dice.random()
        (page.jumped if kind < 0.12 else page.picture if kind < 0.2 else page.brief if kind < 0.32 else page.news)(
            source
        )
    if dice.random() < 0.3:
        page.blank(1)
        page.stray(dice.choice(insets.FEET))
    for article in page.articles:
        article["blocks"] = [{"role": role, "text": text} for role, text in article["blocks"]]
    return "\n".join(page.printed) + "\n", {"articles": page.articles, "furniture": page.furniture}


def unseen_pages(count: int, seed: int, articles: Sequence[Any] | None = None) -> list[tuple[str, dict[str, Any]]]:
    """Makes several pages out of clean articles, by default those of the project."""
    sources = sources_of(articles or clean_articles())
    return [unseen_page(number, seed, sources) for number in range(count)]
