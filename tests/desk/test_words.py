"""Every word and every sentence of the desk is there in Chinese and in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from flows.desk import wording
from flows.desk.wording import in_both, in_chinese, words
from flows.telling.language import messages
from tasks.check.own_score import FIELDS
from tests.conftest import PROJECT
from warehouse.ask.desk import SCOPES
from warehouse.load.corrected_figures import GONE
from warehouse.schema import COMPARISONS, FIGURE_STATUS, MEASURES, MODALITIES, QUALIFIERS

DESK = PROJECT / "flows" / "desk"
HAN = re.compile(r"[\u4e00-\u9fff]")

REFUSING = (
    *(f"flows/desk/{name}.py" for name in ("app", "desk", "figures")),
    "flows/telling/page_picture.py",
    *(f"tasks/check/{name}.py" for name in ("answers", "corrections", "learned")),
    "warehouse/connection.py",
    *(f"warehouse/storage/{name}.py" for name in ("bucket", "folder", "given", "lease", "lock")),
    "warehouse/lake/batch.py",
    "warehouse/load/published.py",
    *(f"warehouse/ask/{name}.py" for name in ("desk", "query", "trace")),
)
"""Modules whose refusals a person at the desk may see."""
NOT_SEEN = ("{1} is no journal ({2})", "{1} {2}.", "{1}: {2}", "{1}")
"""What is caught on the way, and what only hands on somebody else's words."""


def template(said: ast.AST) -> str | None:
    """The sentence of a string in code, with {1}, {2} … where values stand."""
    if isinstance(said, ast.Constant) and isinstance(said.value, str):
        return said.value
    if not isinstance(said, ast.JoinedStr):
        return None
    text, number = "", 0
    for part in said.values:
        number += isinstance(part, ast.FormattedValue)
        text += part.value if isinstance(part, ast.Constant) else f"{{{number}}}"
    return text


def bare(sentence: str) -> str:
    """The sentence without the names of its places."""
    return re.sub(r"\{\w+\}", "{}", sentence)


def refusals(path: str) -> Iterator[str]:
    for node in ast.walk(ast.parse((PROJECT / path).read_text("utf-8"))):
        if isinstance(node, ast.Raise) and isinstance(node.exc, ast.Call) and node.exc.args:
            said = template(node.exc.args[0])
            if said and said not in NOT_SEEN:
                yield said


def strings(path: str, *names: str) -> Iterator[str]:
    """The sentences that functions of a module return or yield, or that stand in its tables."""
    tree = ast.parse((PROJECT / path).read_text("utf-8"))
    for node in ast.walk(tree):
        of = getattr(node, "name", None) or next((t.id for t in getattr(node, "targets", ()) if hasattr(t, "id")), None)
        if of in names:
            parts = {part for each in ast.walk(node) if isinstance(each, ast.JoinedStr) for part in each.values}
            for each in ast.walk(node):
                if each not in parts and (said := template(each)) and " " in said:
                    yield said


def test_every_refusal_that_a_person_may_see_is_there_in_chinese():
    told = {said for path in REFUSING for said in refusals(path)}
    told |= {said for said in strings("flows/desk/guard.py", "_refusal", "_refused_path") if said.endswith(".")}
    told |= set(GONE)
    assert len(told) > 60
    known = set(map(bare, messages()))
    assert sorted(said for said in told if bare(said) not in known) == []


def test_every_doubt_is_there_in_chinese():
    facts = "tasks/extraction/facts"
    told = {
        *strings(f"{facts}/trust/contradictions.py", "_DOUBTS"),
        *strings(f"{facts}/trust/plausible.py", "doubts", "why"),
        *strings(f"{facts}/reader/reasons.py", "doubts_about"),
    }
    told = {said for said in told if not said.endswith(".") and "\n" not in said}
    assert len(told) == 9
    assert [said for said in told if in_chinese(re.sub(r"\{\d\}", "7%", said)) is None] == []


def test_chinese_words_are_chinese():
    for key, both in words().items():
        assert all(both), key
        assert HAN.search(both[0]), key
        assert not HAN.search(both[1]), key


@pytest.mark.parametrize(
    ("sentence", "zh"),
    [
        ("p12:3-4: 'abc' is no number; write it like 4530000000 or 16.6.", "abc 不是数值"),
        ("subject: the rules read none", "主体：规则读作“无”"),
        (
            "This would not be loaded: its sentence is not printed there any more, or several times",
            "这样无法入库：原句",
        ),
        (
            "This would not be loaded: value_is_finite (value): Every value is a finite number. Seen: inf",
            "（value_is_finite）",
        ),
    ],
)
def test_what_is_told_in_a_sentence_is_told_in_chinese_too(sentence, zh, monkeypatch):
    expected = {"Every value is a finite number.": "数值有限。"}
    monkeypatch.setattr(wording, "_expected", lambda: expected)
    assert zh in (in_chinese(sentence) or "")


def test_what_nobody_translated_stays_in_english():
    assert in_chinese("Something else went wrong.") is None
    assert in_both("Something else went wrong.") == "Something else went wrong."


def test_every_word_of_the_page_is_in_the_table_and_no_other():
    script = (DESK / "assets" / "desk.js").read_text("utf-8")
    page = (DESK / "assets" / "desk.html").read_text("utf-8")
    asked = set(re.findall(r'data-word="(\w+)"', page)) | set(re.findall(r'word\("(\w+)"\)', script))
    shown = {*FIELDS, *MEASURES, *COMPARISONS, *MODALITIES, *QUALIFIERS}
    shown |= {f"status_{status}" for status in FIGURE_STATUS} | {f"scope_{scope}" for scope in SCOPES}
    shown |= {"reader", "rules", "rather", "figure", "load_waiting", "load_loading", "load_quality"}
    shown |= {"answer", *(f"second_{verdict}" for verdict in ("agrees", "not_said", "dropped", "taken"))}
    assert sorted(asked | shown) == sorted(words())
