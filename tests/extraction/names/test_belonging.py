"""Every named thing that lies in a division leads to it; what is only named after a place does not."""

from __future__ import annotations

import pytest

from tasks.extraction.names.link.entities import FoundName, link_names


def region_of(kind: str, text: str, *about: str) -> str | None:
    """Links a name in an article that speaks of some places."""
    names = [FoundName(1, "LOC", place) for place in about for _ in range(3)]
    entity = link_names([*names, FoundName(1, kind, text)], None, None)[-1]
    return entity and (entity.adcode or entity.region)


@pytest.mark.parametrize(
    ("kind", "text", "about", "adcode"),
    [
        ("LOC", "槐荫区", (), "370104"),
        ("ORG", "槐荫区统计局", (), "370104"),
        ("ORG", "区统计局", ("济南市", "槐荫区"), "370104"),
        ("ORG", "济南二机床集团有限公司", ("济南市",), "370100"),
        ("LOC", "济南高新区", ("济南市",), "370100"),
        ("LOC", "济南市槐荫区振兴街街道", (), "370104"),
        ("LOC", "张庄街道", ("济南市", "槐荫区"), "370104"),
        ("LOC", "高新区", ("济南市",), "370100"),
    ],
)
def test_it_lies_there(kind, text, about, adcode):
    assert region_of(kind, text, *about) == adcode


@pytest.mark.parametrize(
    ("kind", "text", "about"),
    [
        ("LOC", "南京路", ("上海市", "南京市")),
        ("ORG", "北京银行济南分行", ("济南市", "北京市")),
        ("ORG", "福建商会", ("济南市", "福建省")),
        ("LOC", "黄河", ("济南市",)),
        ("ORG", "张三建材公司", ("济南市",)),
        ("PER", "王建国", ("济南市",)),
        ("LOC", "张庄街道", ()),
    ],
)
def test_it_need_not_lie_there(kind, text, about):
    assert region_of(kind, text, *about) is None
