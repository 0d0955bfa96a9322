"""Articles that jump from page to page: the two parts are tied, and nothing else is."""

from tasks.repair import repair_page
from tasks.repair.continuations import jumping_parts, pair_parts
from tasks.rows import article_rows

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


def parts(**pages):
    return [part for name, raw in pages.items() for part in jumping_parts(name, repair_page(raw), None)]


def test_the_two_parts_of_an_article_are_tied():
    found = pair_parts(parts(front=FRONT, inner=INNER))
    assert found == {("front", 1): ("inner", 1)}
    rows = {row["seq"]: row for row in article_rows("inner", repair_page(INNER), found)}
    assert (rows[1]["continues"], rows[1]["continued_on"]) == ("front.a001", None)
    assert rows[2]["continues"] is None


def test_a_part_from_another_page_is_not_tied():
    assert pair_parts(parts(front=FRONT, inner=INNER.replace("第三版", "第六版").replace("第一版", "第二版"))) == {}


def test_an_article_without_its_other_part_stays_alone():
    assert pair_parts(parts(front=FRONT)) == {}
