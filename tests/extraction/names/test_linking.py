"""What the names on a page stand for."""

import pytest

from tasks.extraction.names.link.short_forms import abbreviates
from tests.extraction.names.pages import entity_of, names_of


@pytest.mark.parametrize(
    ("short", "long", "same"),
    [
        ("钢研集团", "中国钢研科技集团", True),
        ("金鼎电子", "山东金鼎电子材料有限公司", True),
        ("槐荫区统计局", "济南市槐荫区统计局", True),
        ("力诺集团", "力诺集团股份有限公司", True),
        ("山东大学", "山东大学附属医院", False),
        ("槐荫区统计局", "历下区统计局", False),
        ("市统计局", "市审计局", False),
    ],
)
def test_short_names_of_organisations(short, long, same):
    assert abbreviates(short, long) is same


def test_a_short_name_stands_for_the_full_one_of_the_article():
    text = "中国钢研科技集团与济南市钢城区签约。钢研集团将设立研究院。"
    assert entity_of("钢研集团", text)[0] == "中国钢研科技集团"


def test_an_office_has_the_name_of_its_city():
    text = "济南市槐荫区召开会议，区统计局发布数据，槐荫区统计局局长说。"
    ids = {m.entity.entity_id for m in names_of(text) if m.text in ("区统计局", "槐荫区统计局")}
    assert len(ids) == 1
    assert entity_of("槐荫区统计局", text)[0] == "济南市槐荫区统计局"


def test_namesakes_of_two_cities_are_two_persons():
    one = [m for m in names_of("济南市历下区的网格员王建国说。") if m.type == "PER"]
    two = [m for m in names_of("福州市鼓楼区的网格员王建国说。") if m.type == "PER"]
    assert one[0].entity.name == two[0].entity.name
    assert one[0].entity.entity_id != two[0].entity.entity_id


def test_a_spaced_name_is_the_same_person():
    spaced = names_of(("byline", "本报记者 王 健"), "济南市开会。")
    plain = names_of(("byline", "本报记者 王健"), "济南市开会。")
    assert spaced[0].entity == plain[0].entity


def test_a_surname_alone_is_a_name_of_nobody_in_particular():
    names = [m for m in names_of("济南市的王女士说，小张来了，王建国也来了。") if m.type == "PER"]
    assert {m.text: bool(m.entity) for m in names if m.text in ("王", "王建国")} == {"王": False, "王建国": True}


def test_the_entity_of_a_page_does_not_depend_on_other_pages():
    text = "济南市槐荫区统计局局长王建国说。"
    assert names_of(text) == names_of(text)


def test_a_division_has_its_adcode_as_its_id():
    mention = next(m for m in names_of("济南市槐荫区今年开局良好。") if m.type == "LOC")
    assert mention.entity.entity_id == "370104"


def test_a_countys_short_name_alone_is_linked_with_nothing():
    assert entity_of("西山", "游人登上西山，眺望湖面，灯火点点。") == ("西山", None)


def test_a_countys_short_name_is_linked_where_another_name_tells_of_its_province():
    assert entity_of("义乌", "浙江外贸增长，记者来到义乌采访。")[1] == "330782"


def test_short_and_long_ways_to_name_a_zone_are_one():
    page = "济南中央活力区建设提速，中央活力区已有企业80家。济南市槐荫区中央活力区获批。"
    names = {m.entity.name for m in names_of(page) if m.entity and m.text.endswith("活力区")}
    assert names == {"山东省济南市槐荫区中央活力区"}


def test_a_bank_shortened_in_the_usual_way_is_the_bank():
    names = {m.entity.name for m in names_of("济南农商银行增加贷款。济南农商行行长表示，将继续支持。") if m.entity}
    assert names == {"济南农商银行"}
