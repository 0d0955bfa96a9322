"""Makes a corpus of any size by a fixed seed: paragraphs of real pages reshuffled, digits and names varied.

What belongs here: the benchmark's input. Its pages read like a local paper's and all differ, but say nothing true.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from tasks.lexicon import read_table
from tasks.page import TEXT_ROLES
from tasks.repair import repair_page

PROJECT = Path(__file__).resolve().parent.parent.parent
PAGE_CHARS = 5_700
"""A page of a daily: 4 billion characters on 700,000 pages."""

_DIGIT = re.compile(r"(?<![0-9.])[1-9](?=[0-9.]*(?:[万亿元家人个项%％米吨名]))")
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜敏静强磊军洋勇艳杰涛明超秀霞平刚桂文辉建华玲红英"


@cache
def source_articles() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Reads the headlines and paragraphs that the corpus is made of, from the seeds and our own articles."""
    paths = [*sorted((PROJECT / "seeds").glob("*.txt")), *sorted((PROJECT / "tests/gold/press/raw").glob("*.txt"))]
    articles = []
    for path in paths:
        page = repair_page(path.read_text("utf-8"))
        for article in page.articles:
            texts = tuple(p.text for p in page.paragraphs if p.article == article.seq and p.role in TEXT_ROLES)
            if sum(map(len, texts)) > 200:
                articles.append((article.headline or "本报要闻", texts))
    return tuple(articles)


def make_page(number: int, seed: int = 20261121) -> str:
    """Makes one page; the same number and seed give the same page.

    Args:
        number: Which page.
        seed: Of the whole corpus.
    """
    dice = random.Random(f"{seed}/{number}")
    width = dice.choice((16, 18, 20, 22, 25))
    lines: list[str] = []
    chars = 0
    while chars < PAGE_CHARS:
        headline, paragraphs = dice.choice(source_articles())
        swap = _regions(dice)
        chosen = dice.sample(paragraphs, min(len(paragraphs), dice.randint(3, 8)))
        lines += [_varied(headline, dice, swap), "", f"  □本报记者 {_person(dice)} 通讯员 {_person(dice)}"]
        for paragraph in chosen:
            text = "  " + _varied(paragraph, dice, swap)
            lines += [text[at : at + width] for at in range(0, len(text), width)]
            chars += len(text)
        lines.append("")
    return "\n".join(lines) + "\n"


def write_corpus(folder: Path, pages: int) -> int:
    """Writes the pages as files named by date and page, a thousand a folder.

    Args:
        folder: Where they go.
        pages: How many.

    Returns:
        Their characters.
    """
    chars = 0
    for number in range(pages):
        text = make_page(number)
        path = folder / f"{number // 1000:03d}" / page_name(number)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        chars += len(text)
    return chars


def page_name(number: int) -> str:
    """Names a page by day and page number: eight pages a day."""
    day = number // 8
    return f"{2015 + day // 336:04d}-{day // 28 % 12 + 1:02d}-{day % 28 + 1:02d}_{number % 8 + 1:02d}版.txt"


def paragraphs_of(pages: int) -> Iterator[str]:
    """Goes through the paragraphs of the corpus without laying them out."""
    for number in range(pages):
        yield from make_page(number).replace("\n  ", "\n\n  ").split("\n\n")


def _varied(text: str, dice: random.Random, swap: dict[str, str]) -> str:
    for old, new in swap.items():
        text = text.replace(old, new)
    return _DIGIT.sub(lambda _: str(dice.randint(1, 9)), text)


def _regions(dice: random.Random) -> dict[str, str]:
    """Puts other districts in the place of those that the source articles are about."""
    old = ("槐荫区", "历下区", "天桥区", "历城区", "钢城区", "济阳区", "莱芜区")
    return dict(zip(old, dice.sample(_counties(), len(old)), strict=True))


@cache
def _counties() -> list[str]:
    return sorted({r["name"] for r in read_table("divisions") if r["level"] == "county" and len(r["name"]) <= 4})


def _person(dice: random.Random) -> str:
    return dice.choice(_SURNAMES) + "".join(dice.choices(_GIVEN, k=dice.choice((1, 2, 2))))
