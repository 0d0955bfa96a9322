"""Which division a printed name means: by the page's city, by the day of issue, by what stands before it."""

from datetime import date

import pytest

from tasks.extraction.names import find_names
from tasks.extraction.printed import fold_page
from tasks.lexicon.grammar import words
from tasks.page import IssueDate, PageContext
from tasks.reading.gazetteer import (
    choose_division,
    current_divisions,
    division_forms,
    division_table,
    split_divisions,
)
from tests.extraction.names.pages import entity_of, names_of, page_of


def test_every_division_but_a_province_lies_in_one_that_is_there():
    known = {d.adcode for d in division_table()}
    assert all(d.parent_adcode in known for d in division_table() if d.level != "province")
    assert len(current_divisions()) > 3000


def test_adcode_and_first_day_together_are_unique():
    keys = [(d.adcode, d.name, d.valid_from) for d in division_table()]
    assert len(keys) == len(set(keys))


def test_a_division_that_is_gone_names_one_that_stands_as_its_successor():
    gone = [d for d in division_table() if d.valid_to]
    assert gone
    assert all(d.successor in current_divisions() for d in gone)


@pytest.mark.parametrize(
    ("name", "adcodes", "length"),
    [
        ("济南市历下区", {"370102"}, 6),
        ("历下区姚家街道", {"370102"}, 3),
        ("黑龙江五常", {"230184"}, 5),
        ("临夏州康乐县", {"622922"}, 6),
        ("三江县", {"450226"}, 3),
        ("姚家街道", set(), 0),
    ],
)
def test_divisions_at_the_head_of_a_name(name, adcodes, length):
    meanings, taken = split_divisions(name)
    assert {d.adcode for d, _ in meanings} == adcodes
    assert taken == length


@pytest.mark.parametrize(
    ("form", "day", "votes", "adcode"),
    [
        ("莱芜市", date(2015, 6, 1), {}, "371200"),
        ("莱芜市", date(2023, 6, 1), {}, "370116"),
        ("章丘市", date(2015, 6, 1), {}, "370181"),
        ("章丘市", date(2020, 6, 1), {}, "370114"),
        ("崇文区", date(2008, 6, 1), {}, "110103"),
        ("崇文区", date(2021, 6, 1), {}, "110101"),
        ("市中区", date(2023, 6, 1), {"370100": 3.0}, "370103"),
        ("市中区", date(2023, 6, 1), {"511100": 3.0}, "511102"),
        ("市中区", date(2023, 6, 1), {}, None),
        ("朝阳", None, {"110000": 3.0}, "110105"),
        ("吉林", None, {}, "220000"),
        ("吉林市", None, {}, "220200"),
        ("海南", None, {}, "460000"),
    ],
)
def test_what_a_form_means(form, day, votes, adcode):
    chosen = choose_division(division_forms()[form], day, votes)
    assert (chosen.adcode if chosen else None) == adcode


@pytest.mark.parametrize(
    ("text", "printed", "expected"),
    [
        ("济南市市中区始终坚持高质量发展。市中区今年开局良好。", "市中区", ("山东省济南市市中区", "370103")),
        ("乐山市召开会议。市中区今年开局良好。", "市中区", ("四川省乐山市市中区", "511102")),
        ("市中区今年开局良好。", "市中区", ("市中区", None)),
        ("济南市槐荫区今年开局良好。", "济南市槐荫区", ("山东省济南市槐荫区", "370104")),
        ("槐荫区今年开局良好。", "槐荫区", ("山东省济南市槐荫区", "370104")),
        ("济南市召开会议，历下区姚家街道参加。", "历下区姚家街道", ("山东省济南市历下区姚家街道", None)),
    ],
)
def test_divisions_resolve_by_the_page(text, printed, expected):
    assert entity_of(printed, text) == expected


def test_the_newspaper_says_which_city_a_district_lies_in():
    assert entity_of("鼓楼区", "鼓楼区今年开局良好。", publisher="南京日报") == ("江苏省南京市鼓楼区", "320106")
    assert entity_of("鼓楼区", "鼓楼区今年开局良好。", publisher="福州日报") == ("福建省福州市鼓楼区", "350102")


def test_a_former_city_means_its_successor_once_it_is_gone():
    text = "莱芜市今年开局良好。"
    assert entity_of("莱芜市", text, day=date(2016, 5, 1))[1] == "371200"
    assert entity_of("莱芜市", text, day=date(2023, 5, 1)) == ("山东省济南市莱芜区", "370116")


@pytest.mark.parametrize(
    ("printed", "day", "expected"),
    [
        ("热河省", date(1953, 5, 1), ("河北省承德市", "130800")),
        ("松江省", date(1953, 5, 1), ("黑龙江省", "230000")),
        ("通县", date(1985, 5, 1), ("北京市通县", "110223")),
        ("通县", date(2020, 5, 1), ("北京市通州区", "110112")),
        ("掖县", date(1985, 5, 1), ("山东省烟台市掖县", "370625")),
        ("掖县", date(2005, 5, 1), ("山东省烟台市莱州市", "370683")),
        ("昌潍地区", date(1979, 5, 1), ("山东省潍坊市", "370700")),
        ("万县", date(1998, 1, 5), ("重庆市万州区", "500101")),
    ],
)
def test_divisions_of_their_time_mean_what_holds_their_seat(printed, day, expected):
    assert entity_of(printed, f"{printed}去年粮食丰收。", day=day) == expected


@pytest.mark.parametrize(
    ("printed", "adcode"),
    [
        ("新北市板橋區", "711132"),
        ("台中市", "710400"),
        ("觀塘區", "810009"),
        ("路氹填海區", "820007"),
        ("本港", "810000"),
    ],
)
def test_districts_of_hong_kong_macau_and_taiwan(printed, adcode):
    page = fold_page(page_of(f"{printed}去年房價上漲。"))[0]
    (place,) = find_names(page, PageContext(IssueDate(date(2024, 5, 1))))
    assert place.entity.adcode == adcode


def test_a_district_of_changzhou_is_not_taken_for_a_city_of_taiwan():
    assert entity_of("新北区", "新北区今年开局良好。")[1] == "320411"


def test_the_short_name_of_every_city_is_found_where_it_is_a_word_of_its_own():
    no_cities = set(words("city_or_verb"))
    cities = [d.short for d in current_divisions().values() if d.level == "city" and d.name.endswith("市")]
    found = {m.text for m in names_of(*(f"{city}今年同比下降5%。" for city in cities))}
    assert [city for city in cities if city not in found | no_cities] == []


def test_a_verb_written_like_a_city_is_no_place():
    assert names_of("药品开封后须在30天内用完。") == ()
