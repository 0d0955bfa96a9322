"""jieba reads here: rjieba cuts, and where there is no rjieba for a machine jieba itself, with the same result."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
import rjieba
from hypothesis import given
from hypothesis import strategies as st

from tasks.reading import segmenter as reading
from tests.score.reading import read_page
from tests.score.samples import GOLD, PROJECT
from warehouse.search import engine
from warehouse.search.engine import JiebaItself, engine_rules

PAGES = sorted([*(PROJECT / "seeds").glob("*.txt"), *(GOLD / "press" / "raw").glob("*.txt")])
CUTS = (
    lambda jieba, text: jieba.cut(text),
    lambda jieba, text: jieba.cut(text, False),
    lambda jieba, text: jieba.tag(text),
    lambda jieba, text: jieba.cut_for_search(text),
    lambda jieba, text: jieba.cut_for_search(text, False),
)
READ_WITHOUT = """
import json, sys
sys.modules["rjieba"] = None
from pathlib import Path
from tests.score.reading import read_page
print(json.dumps([[p.metrics, p.mentions, p.paragraphs] for p in map(read_page, map(Path, sys.argv[1:]))], default=str))
"""


@pytest.fixture(scope="module")
def itself():
    return JiebaItself()


def apart(jieba: JiebaItself, text: str) -> list[object]:
    """What the two engines cut otherwise."""
    return [(cut(rjieba, text), cut(jieba, text)) for cut in CUTS if cut(rjieba, text) != cut(jieba, text)]


def test_the_dictionary_is_that_of_the_installed_jieba():
    """rjieba has jieba's dictionary built in: every word is there, and whole ones have the same kind."""
    _, _, kinds = engine._dictionary()
    assert len(kinds) > 300_000
    assert [word for word in kinds if not rjieba.has_word(word)] == []
    otherwise = [
        (word, kind, said[0])
        for word, kind in kinds.items()
        if len(said := rjieba.tag(word)) == 1 and said[0] != (word, kind)
    ]
    assert otherwise == []


def test_the_rules_that_jieba_follows_are_those_of_the_installed_rjieba():
    assert engine_rules() == engine.RULES, "run the tests of this file, then name the new version in RULES"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_both_cut_the_projects_pages_alike(itself, page):
    for line in page.read_text("utf-8", "replace").splitlines():
        assert apart(itself, line) == []


@pytest.mark.parametrize(
    "text",
    [
        "热线0531-8823与A4-2B、V2.0.1、a_b、50%、3.6.3-",
        "㐀𠮷野家与𬌗、鿎、﨑；豈与豈",
        "新词沓槑囧嘦、龘靐齉、嘂嘂嘂",
        "全角ＡＢ３５，半角AB35，混写A股B座3号",
        "\r\n\t　\u3000\u200b\ufeff行末\r",
        "韩玉赏鉴，李小福，创新办，凯特琳",
        "👪🀄︎的了吗",
        "",
    ],
)
def test_both_cut_odd_text_alike(itself, text):
    assert apart(itself, text) == []


odd = st.one_of(
    st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=8),
    st.text(alphabet=st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=8),
    st.text(alphabet=st.characters(min_codepoint=0x3400, max_codepoint=0x4DBF), max_size=3),
    st.text(alphabet=st.characters(min_codepoint=0x20000, max_codepoint=0x2FA1F), max_size=3),
    st.text(alphabet="0123456789.-_%+#&aZ \r\n", max_size=8),
    st.sampled_from(
        ["济南市", "槐荫区", "同比增长", "王", "建国", "的", "在", "一", "二〇二四", "GDP", "C919", "AT&T", "T恤"]
    ),
)


@given(text=st.lists(odd, max_size=6).map("".join))
def test_both_cut_any_text_alike(itself, text):
    assert apart(itself, text) == []


@pytest.fixture
def both_with_words(monkeypatch, tmp_path):
    """The segmenter of reading with a user's dictionary, run by either engine."""
    (tmp_path / "jieba.txt").write_text(
        "青梅酒产量 100000 n\n墨鱼洲渡 3 ns\n数智 nz\n城投\n济南市 9 zz\n增长 0\nEdu Trust认证 2000\n", "utf-8"
    )
    monkeypatch.setenv("BROADSHEET_LEXICON", str(tmp_path))
    fast = reading.segmenter.__wrapped__()
    monkeypatch.setattr(engine, "_rjieba", lambda: None)
    slow = reading.segmenter.__wrapped__()
    assert isinstance(fast._jieba, rjieba.Jieba)
    assert isinstance(slow._jieba, JiebaItself)
    return fast, slow


def test_a_users_words_are_cut_alike_and_have_the_users_kinds(both_with_words):
    fast, slow = both_with_words
    text = "济南市槐荫区青梅酒产量增长，墨鱼洲渡的数智城投规模以上工业增加值增长3%"
    assert fast.tag(text) == slow.tag(text)
    assert {("青梅酒产量", "n"), ("墨鱼洲渡", "ns"), ("数智", "nz"), ("济南市", "zz")} <= set(fast.tag(text))


def test_pages_come_out_the_same_without_rjieba():
    pages = [str(page) for page in PAGES if page.is_relative_to(PROJECT / "seeds")]
    run = [sys.executable, "-c", READ_WITHOUT, *pages]
    without = json.loads(subprocess.run(run, cwd=PROJECT, capture_output=True, text=True, check=True).stdout)
    read = [[p.metrics, p.mentions, p.paragraphs] for p in map(read_page, map(Path, pages))]
    assert sum(len(metrics) + len(mentions) for metrics, mentions, _ in without) > 500
    assert without == json.loads(json.dumps(read, default=str))
