"""Composes whole pages from clean articles: headlines before or after, bylines of many forms, captions, furniture.

What belongs here: where the parts of a page stand, and the annotation that says what they are.
What does not: breaking text into lines (`layout_pages`). Every page is made by a fixed seed.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from tasks.repair.bylines import find_dateline
from tests.bench.layout_pages import INDENTS, Style, clean_articles, set_paragraph

BYLINES = (
    "□本报记者 {a}", "□ 本报记者 {a} 通讯员 {b}", "本报记者 {a}", "■ 记者 {a} 通讯员 {b}", "□记者 {a} 报道",
    "记者 {a} 文/图", "文/片 记者 {a}", "全媒体记者 {a} 通讯员 {b}", "◎本报记者 {a} 实习生 {b}",
    "本报首席记者 {a}", "新华社记者 {a} {b}", "长江日报记者 {a}", "{a} {b} 本报报道", "本报通讯员 {a} {b}",
    "●特约记者 {a} 摄影 {b}", "文/羊城晚报记者 {a}",
)  # fmt: skip
CREDITS = ("（{a} {b}）", "（记者 {a} 通讯员 {b}）", "（{a}）", "（本报记者 {a}）", " （{a}）")
HEADS = (
    "本报讯（记者 {a} 通讯员 {b}）",
    "本报讯（记者{a}）",
    "本报{p}讯 记者{a}报道：",
    "本报{p}3月5日电（记者 {a} {b}）",
    "长江日报讯（全媒体记者 {a}）",
)
PLACES = ("杭州", "成都", "西安", "长沙", "二连浩特", "海口")
NAMES = ("刘伟", "陈晓燕", "欧阳静", "王建国", "赵敏", "孙一鸣", "周倩", "吴海峰", "杨柳青", "何苗")
WEATHER = (
    "今天 多云转晴，南风3级",
    "气温 12℃～21℃",
    "新闻热线：0531-88888888",
    "责任编辑：王丽 版式：赵强",
    "A03版 要闻",
)


def compose_page(number: int, seed: int = 11) -> tuple[str, dict[str, Any]]:
    """Makes one page.

    Returns:
        Its raw text, and its annotation in the form of `tests/gold/layout`.
    """
    dice = random.Random(f"{seed}/{number}")
    width = dice.choice((0, 0, *range(13, 29)))
    indent = dice.choice(("", *INDENTS.values()))
    blanks = dice.choice(("between", "both")) if not indent or not width else dice.choice(("none", "columns", "both"))
    style = Style(width, indent, blanks, dice.choice(("none", "push", "push", "hang")), dice.random() < 0.3)
    after = dice.random() < 0.4
    loose = dice.random() < 0.4
    printed: list[str] = []
    furniture: list[str] = []
    if dice.random() < 0.5:
        for line in dice.sample(WEATHER, 2):
            printed += [line, ""]
            furniture.append(line)
    articles = []
    chosen = dice.sample([a for a in clean_articles() if a["headline"] and len(a["blocks"]) > 3], dice.randint(1, 5))
    for seq, source in enumerate(chosen, 1):
        article = _article(seq, source, dice)
        headline_after = after if dice.random() < 0.9 else not after
        printed += _set_article(article, style, headline_after, loose, dice)
        article["blocks"] = [{"role": role, "text": text} for role, text in article["blocks"]]
        articles.append(article)
    return "\n".join(printed) + "\n", {"articles": articles, "furniture": furniture}


def _article(seq: int, source: Any, dice: random.Random) -> dict[str, Any]:
    """Gives an article another byline, credit or dateline than it had."""
    a, b = dice.sample(NAMES, 2)
    words = {"a": a, "b": b, "p": dice.choice(PLACES)}
    blocks = [(role, bare(text) if role == "body" else text) for role, text in source["blocks"]]
    article = {key: source[key] for key in ("kicker", "headline", "deck")}
    article |= {"seq": seq, "byline": None, "authors": [], "dateline": None}
    bodies = [n for n, (role, _) in enumerate(blocks) if role == "body"]
    kind = dice.choice(("byline", "byline", "credit", "head", "bare"))
    form = dice.choice({"byline": BYLINES, "credit": CREDITS, "head": HEADS, "bare": ("本报讯 ",)}[kind])
    text = form.format(**words)
    if kind != "bare":
        article["authors"] = [words[key] for key in "ab" if f"{{{key}}}" in form]
    if kind == "byline":
        article["byline"] = text
    elif kind == "credit":
        blocks[bodies[-1]] = ("body", blocks[bodies[-1]][1] + text)
    else:
        article["dateline"] = text.split("（")[0].split(" ")[0]
        blocks[bodies[0]] = ("body", text + blocks[bodies[0]][1])
    article["blocks"] = blocks
    return article


def bare(text: str) -> str:
    """Takes the dateline and the credits of an annotated paragraph off."""
    if text.endswith("）") and "（" in text[-24:]:
        text = text[: text.rindex("（")].rstrip()
    if dateline := find_dateline(text):
        text = text[len(dateline) :].lstrip()
        if text.startswith("（"):
            text = text[text.index("）") + 1 :].lstrip()
        if text.startswith("记者") and "报道：" in text[:40]:
            text = text[text.index("报道：") + 3 :]
    return text


def _set_article(article: dict[str, Any], style: Style, after: bool, loose: bool, dice: random.Random) -> list[str]:
    heading = _set_heading(article, loose, dice)
    body = _set_body(article, style, dice)
    byline = [dice.choice(("", "  ", style.indent)) + article["byline"]] if article["byline"] else []
    if byline and (not style.width or dice.random() < 0.5):
        byline.append("")
    return [*byline, *body, "", *heading, ""] if after else [*heading, "", *byline, *body, ""]


def _set_heading(article: dict[str, Any], loose: bool, dice: random.Random) -> list[str]:
    """Sets kicker, headline and deck; a headline of two halves stands on two lines or one."""
    parts = [article["kicker"]] if article["kicker"] else []
    lines = article["headline"].split(" ") if dice.random() < 0.6 else [article["headline"]]
    between = [""] if loose else []
    printed = [*parts, ""] if parts else []
    for line in [*lines, *article["deck"]]:
        printed += [line, *between]
    return printed[:-1] if loose else printed


def _set_body(article: dict[str, Any], style: Style, dice: random.Random) -> list[str]:
    printed: list[str] = []
    captions = [text for role, text in article["blocks"] if role == "caption"]
    left = dice.randint(20, 50)
    for role, text in article["blocks"]:
        if role == "caption":
            continue
        if role == "subhead":
            printed += [*([""] if printed and printed[-1] else []), text, ""]
            continue
        for line in set_paragraph(text, replace(style) if style.width else style):
            if left == 0:
                left = dice.randint(20, 50)
                printed += _interruption(captions, dice) if style.blanks in ("columns", "both") else []
            printed.append(line)
            left -= 1
        if style.blanks in ("between", "both"):
            printed.append("")
    for caption in captions:
        printed += ["", caption]
    return printed


def _interruption(captions: list[str], dice: random.Random) -> list[str]:
    """Gives what stands at a column's end: a blank line, or a picture's caption."""
    return ["", "", "", captions.pop(), ""] if captions and dice.random() < 0.5 else [""]


def compose_pages(count: int, seed: int = 11) -> Sequence[tuple[str, dict[str, Any]]]:
    """Makes several pages."""
    return [compose_page(number, seed) for number in range(count)]
