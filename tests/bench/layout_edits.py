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
_LABELS = ("水", "路", "产业", "民生", "学校", "老人", "夜市", "招商", "粮食", "菜篮子", "社区", "新工艺")
NUMERALS = "一二三四五六七八"
_CLAUSES = re.compile(r"(?<=[，。；])[\u4e00-\u9fff“”]{5,18}(?=[，。；])")
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
    labels = dice.sample(_LABELS, len(_LABELS)) if dice.random() < 0.2 else []
    for at, (role, text) in enumerate(article["blocks"]):
        clauses = re.findall(r"(?<=[，。；])[\u4e00-\u9fff“”]{5,14}(?=[，。；])", text)
        if role == "body" and at % step == 0 and (at or dice.random() < 0.2) and clauses:
            label = f"{labels.pop()}：" if labels else ""
            blocks.append(("subhead", label + dice.choice(clauses)))
        blocks.append((role, text))
    article["blocks"] = blocks


VERSES = (
    "雪落在渡口", "船家收起长篙", "那年我们都很年轻", "说好了要走很远", "桥下的水还是绿的", "洗衣的声音还在",
    "北风吹过烟囱", "父亲的背影走进厂门", "一盏灯等着另一盏灯", "直到天色发白", "谁家的孩子在喊", "整条巷子都答应着",
    "桃花开了三遍", "信还没有寄到", "我把名字写在沙上", "潮水替我念完", "稻草人守着空空的田", "月亮挂在他肩头",
)  # fmt: skip
COUPLETS = (
    "一江春水绕城流，两岸新楼映碧洲。", "百里长堤杨柳绿，千家小院杏花稠。", "当年老街风吹雨，今日新区水载舟。",
    "莫道乡关归路远，飞车半日到村头。",
)  # fmt: skip
_CELLS = ("面粉", "大米", "河东街道", "青云乡", "水泥", "钢材", "一车间", "二车间", "棉花", "花生油")
_COLUMNS = (("品种", "价格", "增减"), ("单位", "产量", "同比"), ("名称", "规格", "现价"))


def add_inset(dice: random.Random, article: dict[str, Any]) -> None:
    """Puts verses, a table or points of a line each into an article, or a poem in its place.

    The annotation has their lines as `verse`, `row` and `point`, which are printed a line each, as body text, and `gap`
    where a blank line parts stanzas.
    """
    bodies = [n for n, (role, _) in enumerate(article["blocks"]) if role == "body"]
    kind = dice.choice(("verse", "verse", "row", "row", "point"))
    lines = _verses(dice) if kind == "verse" else _rows(dice) if kind == "row" else _points(dice, article)
    made = [(kind, line) for line in lines]
    if kind == "verse" and len(made) > 5 and dice.random() < 0.5:
        stanza = dice.choice((2, 4, 4))
        made = [part for n, line in enumerate(made) for part in ([("gap", "")] * (n % stanza == 0 < n) + [line])]
    if kind == "verse" and (article["byline"] or not article["authors"]) and dice.random() < 0.5:
        article["blocks"], article["dateline"] = made, None
        return
    at = dice.choice(bodies)
    lead = {"verse": "他写道：", "row": "情况如下：", "point": "要求做到："}[kind]
    title = dice.choice(("", "", "本月情况", "附表"))
    led = [("body", lead)] if dice.random() < 0.5 else [("subhead", title)] if kind == "row" and title else []
    article["blocks"][at + 1 : at + 1] = [*led, *made]


def _verses(dice: random.Random) -> list[str]:
    if dice.random() < 0.25:
        return list(COUPLETS[: dice.choice((2, 4))])
    start, count = dice.randrange(len(VERSES) - 4), dice.choice((4, 6, 8, 12))
    lines = list(VERSES[start : start + count])
    if dice.random() < 0.4:
        lines = [line + "，。"[at % 2] for at, line in enumerate(lines)]
    return lines


def _rows(dice: random.Random) -> list[str]:
    names = dice.sample(_CELLS, dice.randint(2, 6))
    space = dice.choice((" ", "\u3000", "  ", "\t"))
    rows = [(name, f"{dice.randint(10, 999) / 10}", f"{dice.choice('-+')}{dice.randint(1, 9)}%") for name in names]
    head = [dice.choice(_COLUMNS)] if dice.random() < 0.7 else []
    return [space.join(row) for row in (*head, *rows)]


def _points(dice: random.Random, article: dict[str, Any]) -> list[str]:
    clauses = [c for role, text in article["blocks"] if role == "body" for c in _CLAUSES.findall(text)][:40]
    form = dice.choice(("{n}.{t}", "（{n}）{t}", "{n}、{t}"))
    end = dice.choice(("", "；", "。"))
    chosen = dice.sample(clauses, min(len(clauses), dice.randint(2, 5)))
    return [form.format(n=n, t=clause) + end for n, clause in enumerate(chosen, 1)]


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
