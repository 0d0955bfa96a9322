"""Changes clean articles as papers do before they print them: credits, jumps, headings, captions.

What belongs here: what an article says and how it is annotated, drawn at random. What does not: where it stands on the
page (`layout_unkind`). The photographers are made up.
"""

from __future__ import annotations

import random
import re
from typing import Any

from tests.bench.layout_compose import BYLINES, CREDITS, HEADS, NAMES, PLACES, bare

TAILS = (
    "{a} 摄",
    "{a}摄",
    "（{a} 摄）",
    "{a}/摄",
    "　　本报记者 {a} 摄",
    "新华社记者 {a} 摄",
    "新华社发（{a}摄）",
    "（记者 {a} 摄影）",
)
JUMPS_IN = ("（上接第{n}版）", "[上接第{n}版]", "［上接第{n}版］", "（上接A0{d}版）")
JUMPS_OUT = ("（下转第{n}版）", "[下转第{n}版]", "（下转A0{d}版）")
NUMERALS = "一二三四五六七八"
_SENTENCES = re.compile(r"[^。！？]+[。！？]+[”』」]?")


def add_credit(dice: random.Random, article: dict[str, Any], jumped: bool) -> None:
    """Puts a credit of any form to an article, or none."""
    a, b = dice.sample(NAMES, 2)
    words = {"a": a, "b": b, "p": dice.choice(PLACES)}
    kind = dice.choice(("none", "none", "none", "byline", "credit", "head", "bare"))
    if kind == "none" or (jumped and kind != "credit"):
        return
    forms = {"byline": BYLINES, "credit": CREDITS, "head": HEADS, "bare": ("本报讯 ", "据新华社{p}3月5日电 ")}[kind]
    form = dice.choice(forms)
    text = form.format(**words)
    bodies = [n for n, (role, _) in enumerate(article["blocks"]) if role == "body"]
    if kind != "bare":
        article["authors"] = [words[key] for key in "ab" if f"{{{key}}}" in form]
    if kind == "byline":
        article["byline"] = text
    elif kind == "credit":
        article["blocks"][bodies[-1]] = ("body", article["blocks"][bodies[-1]][1] + text)
    else:
        article["dateline"] = text.split("（")[0].split(" ")[0]
        article["blocks"][bodies[0]] = ("body", text + article["blocks"][bodies[0]][1])


def cut_head(dice: random.Random, article: dict[str, Any]) -> None:
    """Leaves an article's second half, as it stands on the page to which it jumps."""
    bodies = [n for n, (role, _) in enumerate(article["blocks"]) if role == "body"]
    at = dice.choice(bodies)
    text = article["blocks"][at][1]
    n = dice.randint(1, 8)
    mark = dice.choice(JUMPS_IN).format(n=dice.choice((NUMERALS[n - 1], n)), d=n)
    article["blocks"] = [("body", mark + text[dice.randrange(len(text) // 2) :]), *article["blocks"][at + 1 :]]
    if dice.random() < 0.7:
        article["headline"] = None


def cut_tail(dice: random.Random, article: dict[str, Any]) -> None:
    """Leaves an article's first half, with the mark of a jump, where it is long enough."""
    bodies = [n for n, (role, _) in enumerate(article["blocks"]) if role == "body"]
    at = bodies[-1]
    text = article["blocks"][at][1]
    if len(text) < 60 or text.endswith(("）", ")")):
        return
    n = dice.randint(2, 8)
    mark = dice.choice(JUMPS_OUT).format(n=dice.choice((NUMERALS[n - 1], n)), d=n)
    article["blocks"] = [*article["blocks"][:at], ("body", text[: dice.randint(40, len(text) - 1)] + mark)]


def number_heads(dice: random.Random, article: dict[str, Any]) -> None:
    """Puts numbers before subheads, and numbered headings before some paragraphs."""
    form = dice.choice(("{n}、{t}", "（{n}）{t}", "{n}、{t}"))
    blocks: list[tuple[str, str]] = []
    count = 0
    for at, (role, text) in enumerate(article["blocks"]):
        clause = re.match(r"[\u4e00-\u9fff，、]{6,34}(?=[，。])", text)
        if role == "subhead" and count < len(NUMERALS):
            count += 1
            blocks.append((role, form.format(n=NUMERALS[count - 1], t=text)))
            continue
        if role == "body" and at and clause and count < len(NUMERALS) and blocks[-1][0] != "subhead":
            count += 1
            blocks.append(("subhead", form.format(n=NUMERALS[count - 1], t=clause[0])))
        blocks.append((role, text))
    article["blocks"] = blocks


def add_subheads(dice: random.Random, article: dict[str, Any]) -> None:
    """Puts subheads before some of an article's paragraphs, out of what these say."""
    blocks: list[tuple[str, str]] = []
    step = dice.choice((1, 2, 2))
    for at, (role, text) in enumerate(article["blocks"]):
        clauses = re.findall(r"(?<=[，。；])[\u4e00-\u9fff“”]{5,14}(?=[，。；])", text)
        if role == "body" and at % step == 0 and (at or dice.random() < 0.2) and clauses:
            blocks.append(("subhead", dice.choice(clauses)))
        blocks.append((role, text))
    article["blocks"] = blocks


def a_sentence(dice: random.Random, article: dict[str, Any]) -> str:
    """Draws a sentence of an article."""
    sentences = [s for role, text in article["blocks"] if role == "body" for s in _SENTENCES.findall(text)]
    fitting = [s for s in sentences if 15 <= len(s) <= 90 and "（" not in s] or ["他们的故事还在继续。"]
    return dice.choice(fitting)


def a_caption(dice: random.Random, article: dict[str, Any], mark: str) -> str:
    """Makes a caption out of a sentence of an article."""
    tail = dice.choice(TAILS).format(a=dice.choice(NAMES))
    return mark + a_sentence(dice, article) + tail


def first_sentences(source: Any) -> str:
    """Gives the first three sentences of an article."""
    text = next(bare(text) for role, text in source["blocks"] if role == "body")
    found = _SENTENCES.findall("".join(text.split()))
    return "".join(found[:3]) or text
