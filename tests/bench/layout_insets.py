"""The words of pages in unseen conventions, and what they do to an article: credits, subheads, jumps, tables, verse.

What belongs here: what such an article says, drawn at random, with its annotation. What does not: where it stands on
the page (`layout_unseen`). Persons, papers, prices and verses are made up.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence
from typing import Any

NAMES = ("顾长卿", "乔安", "罗明轩", "邵立", "殷小满", "葛俊", "戚蓝", "雷佳", "宁海", "苗青青", "祁连", "方若水")
KICKERS = ("本报记者一线观察", "“十件实事”追踪报道", "乡村振兴在行动", "全媒体聚焦两会", "山乡新事街坊来谈")
DECKS = ("来自基层的报告", "一场接力背后的故事", "记者蹲点见闻", "看小城如何破题")
BOXES = ("相关链接", "新闻链接", "名词解释")
MASTHEAD = (
    "川西日报",
    "2019年6月3日 星期一",
    "第4版",
    "综合新闻",
    "责任编辑：何莹 版式：葛俊",
    "05版：社会",
    "社会·民生",
)
FEET = ("责编：戚蓝 校对：宁海", "本版编辑 邵立 电话 0816-2234567", "E-mail:cxrb@163.com")
_STRAY = (
    ("7", "— 5 —", "第6页", "B3"),
    ("新闻热线：0816-2234567", "报料电话 13800138000", "读者来信邮箱：cx@126.com"),
    ("2019年6月3日 星期一", "2019.6.3 星期一", "2019-06-03"),
    ("A05 时政", "第3版 国内", "民生·服务", "05版：社会"),
    ("川西日报", "川西日报 2019年6月3日", "今日川西"),
    ("川西大酒店隆重开业 订餐电话：2345678", "广告", "遗失声明：王某身份证遗失，声明作废"),
    ("责任编辑 何莹", "编辑/殷小满 美编/葛俊", "责编：戚蓝 版式：雷佳"),
)
_BYLINES = (
    "本报记者 {a}", "记者 {a}", "□{a}", "本报记者 {a} 实习记者 {b}", "◎记者 {a} 通讯员 {b}", "记者{a}报道",
    "文/图 本报记者 {a}",
)  # fmt: skip
_LEADS = ("本报讯（记者 {a}）", "本报讯 记者{a} 通讯员{b} ", "川西日报讯（{a} {b}）", "本报成都6月2日讯（记者 {a}）")
_CREDITS = ("（{a}）", "（本报记者 {a}）", "（{a} {b}）", "（记者 {a} 通讯员 {b}）")
_PHOTO_MARKS = ("▲", "图①：", "", "（上图）", "")
_PHOTO_CREDITS = ("本报记者 {a} 摄", "{a} 摄影报道", "（{a}/图）", "受访者供图", "通讯员 {a} 摄")
_END_CREDITS = ("{a} 摄", "本报记者 {a} 摄", "{a}摄影报道", "（图片由{a}提供）")
_STORY_CREDITS = ("本报记者 {a} 摄", "{a} 摄（新华社发）", "{a}摄影报道")
_LIST_LEADS = (
    "会议提出{n}点要求：",
    "具体措施有{n}条：",
    "会上明确了{n}项任务：",
    "他给记者算了{n}笔账：",
    "办法规定：",
)
_LIST_FORMS = ("{d}.{t}", "{d}．{t}", "{d}、{t}", "（{h}）{t}", "{h}是{t}", "（{d}）{t}", "{c}{t}")
_TABLE_HEADS = (("品名", "单价", "涨跌"), ("乡镇", "户数", "面积"), ("项目", "上月", "本月"), ("车次", "开点", "到点"))
_TABLE_ROWS = ("白菜", "土豆", "鲫鱼", "城关镇", "沙溪乡", "东坪村", "柳河站", "鸡蛋", "五花肉", "石桥镇")
_TABLE_TITLES = ("本周菜价一览", "", "各乡镇进度表", "", "（单位：元/公斤）")
_VERSES = (
    "山路弯过三道梁", "灯火落在水边", "父亲把犁放下", "春天就到了村口", "铁轨伸向很远的地方", "汽笛喊醒了整座站台",
    "我在信里写下雨声", "你在雨里读完秋天", "老屋的瓦松又高了一寸", "母亲还在数归鸟", "风从麦田上走过",
    "谁也没有带走什么",
    "井绳勒出深深的年轮", "一桶一桶都是月光", "孩子们跑过晒谷场", "影子长得像夏天", "所有的河都向东", "只有炊烟朝着家",
    "石阶上坐着黄昏", "钟声慢慢地走下来",
)  # fmt: skip
_NUMERALS = "一二三四五六七八"
_SENTENCE = re.compile(r"[^。！？]+[。！？]+[”』」]?")
_CLAUSE = re.compile(r"(?<=[，。；])[\u4e00-\u9fff“”]{5,18}(?=[，。；])")


def _persons(dice: random.Random, form: str) -> tuple[str, list[str]]:
    a, b = dice.sample(NAMES, 2)
    return form.format(a=a, b=b), [name for name, key in ((a, "{a}"), (b, "{b}")) if key in form]


def sign(dice: random.Random, article: dict[str, Any], where: str) -> None:
    """Names an article's authors: `under` or at the `right` below the headline, in the `lead`, at the `end`, or not."""
    blocks = article["blocks"]
    article["features"].append(
        {"under": "byline", "right": "byline", "lead": "dateline", "end": "credit"}.get(where, "no credit")
    )
    if where in ("under", "right"):
        article["byline"], article["authors"] = _persons(dice, dice.choice(_BYLINES))
    elif where == "lead":
        text, article["authors"] = _persons(dice, dice.choice(_LEADS))
        article["dateline"] = text.split("（")[0].split(" ")[0]
        blocks[0] = ("body", text + blocks[0][1])
    elif where == "end":
        text, article["authors"] = _persons(dice, dice.choice(_CREDITS))
        blocks[-1] = ("body", blocks[-1][1] + text)


def divide(dice: random.Random, article: dict[str, Any], form: str) -> None:
    """Puts subheads of one form before some paragraphs, or bold leads at their beginning."""
    if form == "none" or len(article["blocks"]) <= 3:
        return
    made: list[tuple[str, str]] = []
    count = 0
    for at, (role, text) in enumerate(article["blocks"]):
        clauses = _CLAUSE.findall(text)
        if at and at % 2 == 0 and clauses and count < 6:
            head = dice.choice(clauses)
            count += 1
            if form == "lead":
                made.append((role, f"——{head}。{text}"))
                continue
            made.append(("subhead", {"number": _NUMERALS[count - 1] + "、", "bullet": "●"}.get(form, "") + head))
        made.append((role, text))
    article["blocks"] = made
    article["features"].append(f"subheads {form}")


def inset(dice: random.Random, article: dict[str, Any]) -> None:
    """Turns a few articles into what real pages hold too: questions and answers, a list, a table, a poem."""
    kind = dice.random()
    if kind < 0.06 and not article["dateline"]:
        _interview(article)
    elif kind < 0.13:
        _list(dice, article)
    elif kind < 0.19:
        _table(dice, article)
    elif kind < 0.23:
        _poem(dice, article)


def _interview(article: dict[str, Any]) -> None:
    texts = [text for role, text in article["blocks"] if role == "body"][:4]
    credit = article["blocks"][-1][1] if article["blocks"][-1][1].endswith("）") else ""
    if credit and credit not in texts:
        texts[-1] = credit
    article["blocks"] = [("body", ("刘建国：" if at % 2 else "记者：") + text) for at, text in enumerate(texts)]
    article["features"].append("interview")


def _middle(article: dict[str, Any]) -> int | None:
    """Gives the place behind a paragraph in an article's middle at which something may be put in."""
    blocks = article["blocks"]
    fitting = [at for at in range(1, len(blocks)) if blocks[at - 1][0] == blocks[at][0] == "body"]
    return fitting[len(fitting) // 2] if fitting else None


def _list(dice: random.Random, article: dict[str, Any]) -> None:
    at = _middle(article)
    items = [
        s for _, text in article["blocks"] for s in _SENTENCE.findall(text) if 10 <= len(s) <= 80 and s[0] > "\u4e00"
    ]
    if at is None or len(items) < 2:
        return
    chosen = dice.sample(items, min(len(items), dice.randint(2, 5)))
    form, lead = dice.choice(_LIST_FORMS), dice.choice(_LIST_LEADS).format(n=_NUMERALS[len(chosen) - 1])
    points = [
        ("body", form.format(d=n, h=_NUMERALS[n - 1], c="①②③④⑤"[n - 1], t=text)) for n, text in enumerate(chosen, 1)
    ]
    article["blocks"][at:at] = [("body", lead), *points]
    article["features"].append("list")


def _table(dice: random.Random, article: dict[str, Any]) -> None:
    at = _middle(article)
    if at is None:
        return
    space = dice.choice((" ", "\u3000", "  "))
    rows = [dice.choice(_TABLE_HEADS), *((name, f"{dice.randint(1, 90) / 10}", f"{dice.randint(2, 99)}%")
            for name in dice.sample(_TABLE_ROWS, dice.randint(3, 6)))]  # fmt: skip
    title = dice.choice(_TABLE_TITLES)
    article["blocks"][at:at] = [("subhead", title)] * bool(title) + [("row", space.join(row)) for row in rows]
    article["features"].append("table")


def _poem(dice: random.Random, article: dict[str, Any]) -> None:
    verses = [("verse", line) for line in dice.sample(_VERSES, dice.choice((4, 8, 12)))]
    at = _middle(article)
    if at is None or dice.random() < 0.5:
        last = article["blocks"][-1][1]
        credit = last[last.rindex("（") :] if article["authors"] and last.endswith("）") else ""
        article["blocks"] = verses
        if credit:
            article["authors"] = []
        if article["dateline"]:
            article["authors"], article["dateline"] = [], None
        article["features"].append("poem")
    else:
        article["blocks"][at:at] = verses
        article["features"].append("verses")


def note(dice: random.Random, article: dict[str, Any]) -> str:
    """Makes an editor's note."""
    article["features"].append("note")
    return dice.choice(("编者按 ", "【编者按】")) + a_sentence(dice, article)


def a_sentence(dice: random.Random, article: dict[str, Any]) -> str:
    """Draws a plain sentence of an article."""
    sentences = [s for role, text in article["blocks"] if role == "body" for s in _SENTENCE.findall(text)]
    fitting = [s for s in sentences if 12 <= len(s) <= 70 and not re.search("[“”（]", s)]
    return dice.choice(fitting or ["演出持续到深夜。"])


def caption(dice: random.Random, article: dict[str, Any]) -> str:
    """Makes the caption of a picture in an article's middle."""
    text = a_sentence(dice, article)[:60]
    text = text if text.endswith("。") else text.rstrip("，、") + "。"
    return dice.choice(_PHOTO_MARKS) + text + dice.choice(_PHOTO_CREDITS).format(a=dice.choice(NAMES))


def end_caption(dice: random.Random, article: dict[str, Any]) -> str:
    """Makes the caption of a picture below an article."""
    return a_sentence(dice, article) + dice.choice(_END_CREDITS).format(a=dice.choice(NAMES))


def picture_text(dice: random.Random, source: Any) -> str:
    """Makes the text of a picture that stands for itself."""
    return first_sentences(source, 3) + dice.choice(_STORY_CREDITS).format(a=dice.choice(NAMES))


def stray(dice: random.Random) -> str:
    """Draws a line of the page's own that stands in the middle of a text."""
    return dice.choice(dice.choice(_STRAY))


def first_sentences(source: Any, count: int) -> str:
    """Gives the first sentences of an article."""
    text: str = source["blocks"][0][1]
    return "".join(_SENTENCE.findall(text)[:count]) or text


def jump_out(dice: random.Random, article: dict[str, Any], blocks: list[tuple[str, str]]) -> None:
    """Breaks an article's last paragraph off with the mark of a jump."""
    role, text = blocks[-1]
    if role == "body" and len(text) > 60:
        blocks[-1] = (role, text[: dice.randint(30, len(text) - 5)] + f"（下转第{dice.choice('二三四56')}版）")
        article["features"].append("jump out")


def jump_in(dice: random.Random, article: dict[str, Any]) -> None:
    """Leaves an article's second half, with the mark of a jump before it."""
    blocks: Sequence[tuple[str, str]] = article["blocks"]
    at = dice.randrange(len(blocks))
    text = blocks[at][1]
    article["blocks"] = [("body", f"（上接第{dice.choice('一二1')}版）{text[len(text) // 3 :]}"), *blocks[at + 1 :]]
