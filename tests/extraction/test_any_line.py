"""Whatever stands in a line, `extract --lines` answers, and every figure stands where it says it stands."""

from __future__ import annotations

import json
import random
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from flows.cli.verbs import app

_WORDS = (
    "一季度， 全市 完成产值45.3亿元 同比 增长16.6% 、 和 。 ； “ ” （ ） 其中 3分26秒71 1个亿 11日至13日 五棵树镇 "
    "张伟 位列第二 分别增长107、89% ３．５万 万亿 华远机械有限公司 占比 由5天缩短至2天 《规划》 零下15度 "
    "将建 20所 每户 \x00 \U0001f600"
)
_PRINTED = st.sampled_from([*_WORDS.split(" "), "\t", "\u3000"])
_LINES = st.one_of(st.lists(_PRINTED, max_size=14).map("".join), st.text(max_size=60))


@settings(max_examples=60, deadline=None)
@given(st.lists(_LINES, min_size=1, max_size=3))
def test_any_line_is_read_and_every_figure_stands_at_its_place(lines: list[str]) -> None:
    done = CliRunner().invoke(app, ["extract", "--lines", "--issue-date", "2023-07-20"], input="\n".join(lines) + "\n")
    assert done.exit_code == 0, done.output
    for record in map(json.loads, done.output.rstrip("\n").split("\n")):
        end = 0
        for metric in record["metrics"]:
            assert end <= metric["start_char"] < metric["end_char"]
            end = metric["end_char"]
            assert record["text"][metric["start_char"] : end] == metric["text"]
            assert 0 <= metric["confidence"] <= 1


def test_figures_never_overlap_in_shuffled_press_language() -> None:
    pieces = [
        "3分26秒71",
        "26秒",
        "2023年",
        "1.5万余个",
        "三成五",
        "第二位",
        "10.9、13.9个百分点",
        "至",
        "-",
        "和",
        "，",
    ]
    rest = random.Random(7)
    text = "\n".join("".join(rest.choices(pieces, k=12)) for _ in range(60))
    done = CliRunner().invoke(app, ["extract", "--lines"], input=text)
    for record in map(json.loads, done.output.rstrip("\n").split("\n")):
        spans = [(m["start_char"], m["end_char"]) for m in record["metrics"]]
        assert all(a[1] <= b[0] for a, b in pairwise(spans))
