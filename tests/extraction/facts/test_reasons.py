"""Every field of a figure names the rule that chose it, and every name is told in words."""

from __future__ import annotations

import re

import pytest

from tasks.lexicon.grammar import rules
from tasks.lexicon.grammar.explained import explained
from tests.extraction.facts.reading import read
from tests.score.reading import read_page
from tests.score.samples import GOLD, PROJECT

NAMES = re.compile(r"rules \[([^\]]+)\]")


@pytest.mark.parametrize(
    ("text", "names", "reason"),
    [
        ("全市粮食总产量12万吨。", (), "subject: rules [all:clause, subject.all_of_a_region]"),
        ("我国粮食总产量6亿吨。", (), "subject: rules [nation:clause, subject.whole_nation]"),
        (
            "松岭集团总经理王松介绍，去年产煤30万吨。",
            [("松岭集团", "ORG")],
            "subject: rules [title:sentence, subject.institution]",
        ),
        ("松岭县去年产煤30万吨。", [("松岭县", "LOC")], "subject: rules [head:clause]"),
        ("去年3月产煤30万吨。", (), "period: rules [clause, periods.expression month]"),
        ("一、二季度产值分别为3亿元、4亿元。", (), "period: rules [clause, period.quarters_side_by_side]"),
        ("产值由2019年的3亿元增加到4亿元。", (), "period: rules [origin, period.origin_before]"),
        ("优质耕地占耕地面积的比重为30%。", (), "indicator: rules [share, indicator.share_of]"),
        ("建成12个“共享车位”。", (), "indicator: rules [right, indicator.quoted_thing]"),
        ("粮食产量12万吨。", (), "indicator: rules [left]"),
    ],
)
def test_the_first_figure_names_its_rules(text, names, reason):
    assert reason in read(text, names=names)[0].reasons


def test_all_names_that_pages_give_are_told_in_words():
    pages = sorted([*(PROJECT / "seeds").glob("*.txt"), *(GOLD / "press" / "raw").glob("*.txt")])[:20]
    reasons = {reason for page in pages for row in read_page(page).metrics for reason in row["reasons"]}
    named = {
        (reason, name)
        for reason in reasons
        if reason.startswith(("indicator", "subject", "period"))
        for said in NAMES.findall(reason)
        for name in said.split(", ")
    }
    assert len(named) > 60
    told = {reason: " ".join(explained(reason)) for reason, _ in named}
    dumb = {name for reason, name in named for part in name.split(":") if f"{part}: " not in told[reason]}
    assert dumb == set()


def test_ids_that_the_code_names_are_rules():
    said = [reason for text in ("现有学员152人。", "全县产煤3万吨。") for reason in read(text)[0].reasons]
    ids = {name for reason in said for names in NAMES.findall(reason) for name in re.findall(r"\w+\.\w+", names)}
    assert ids
    assert ids <= set(rules())
