"""Articles that jump from page to page: the two parts are tied, and nothing else is."""

import re

import pytest

from tasks.page import TEXT_ROLES
from tasks.repair import repair_page
from tasks.repair.continuations import Origin, label_of, pair_parts, read_part
from tasks.repair.jumps import MAY_JUMP, is_jump_in, is_jump_out

FRONT = (
    "第一版\n\n城区三年建成停车位两万个\n\n本报讯 近日，记者从市城管局获悉，三年来全市新建停车位2.1万个，"
    "老旧小区停车难明显缓解。市民李女士说，以前下班回家要绕着小区找车（下转第三版）\n\n"
    "秋粮收购进度过半\n\n本报讯 截至昨日，全市收购秋粮12万吨。\n"
)
INNER = (
    "第三版\n\n（上接第一版）位，现在到家就能停。"
    "下一步，市城管局将继续建设停车位，让居民停车更方便。\n\n"
    "民警雨夜送老人回家\n\n本报讯 昨晚，民警冒雨把迷路老人送回家。\n"
)


def parts_of(name, raw, **origin):
    page = repair_page(raw)
    where = Origin(name, label_of(None, [p.text for p in page.paragraphs if p.role == "furniture"]), **origin)
    for article in page.articles:
        texts = [p.text for p in page.paragraphs if p.article == article.seq and p.role in TEXT_ROLES]
        if part := read_part(f"{name}.{article.seq}", where, article.headline, texts):
            yield part


def paired(front=FRONT, inner=INNER, there=None, here=None):
    return pair_parts([*parts_of("front", front, **(there or {})), *parts_of("inner", inner, **(here or {}))])


def test_the_two_parts_of_an_article_are_tied():
    assert paired() == {"front.1": "inner.1"}


def test_a_part_from_another_page_is_not_tied():
    assert paired(inner=INNER.replace("第三版", "第六版").replace("第一版", "第二版")) == {}


def test_an_article_without_its_other_part_stays_alone():
    assert pair_parts(list(parts_of("front", FRONT))) == {}


def test_two_parts_on_one_page_are_not_tied():
    assert pair_parts(list(parts_of("both", FRONT + "\n" + INNER))) == {}


OTHER = (
    "第三版\n\n（上接第一版）的演员谢幕三次。剧团今年已经下乡演出九十场，观众超过六万人次。\n\n"
    "民警雨夜送老人回家\n\n本报讯 昨晚，民警冒雨把迷路老人送回家。\n"
)


def test_of_two_parts_the_one_that_goes_on_with_the_talk_is_tied():
    both = INNER.replace("民警雨夜送老人回家", f"{OTHER.split(chr(10) * 2)[1]}\n\n民警雨夜送老人回家")
    assert paired(inner=both) == {"front.1": "inner.1"}


@pytest.mark.parametrize(
    ("there", "here", "tied"),
    [
        ({"paper": "东川早报"}, {"paper": "东川早报"}, True),
        ({"paper": "东川早报"}, {"paper": "南岭晚报"}, False),
        ({"paper": "东川早报", "folder": "a"}, {"folder": "a"}, True),
        ({"paper": "东川早报", "folder": "a"}, {"folder": "b"}, False),
        ({"paper": "东川早报", "file": "a.pdf"}, {"file": "a.pdf"}, True),
    ],
)
def test_pages_of_two_papers_never_hold_one_article(there, here, tied):
    assert bool(paired(there=there, here=here)) == tied


@pytest.mark.parametrize(
    "text",
    ["（上接第一版）位", "[上接A01版]位", "上接01版 位", "（紧接第二版）位", "（ 接第一版）位", "找车（下转第三版）",
     "找车［下转A12版·综合］", "找车下转第3版", "找车（紧转2版）"],
)  # fmt: skip
def test_the_plain_pattern_of_marks_lets_none_go(text):
    assert is_jump_in(text) or is_jump_out(text)
    assert re.search(MAY_JUMP, text)
