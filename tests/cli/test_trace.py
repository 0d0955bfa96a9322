"""The verbs `trace` and `show`: from an id back to the raw lines, on a small warehouse with its raw page."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.inside import call_inside
from tests.warehouse.small import article, document, insert, mention, metric, open_empty, paragraph
from warehouse.search.index import index_documents
from warehouse.storage.folder import DataFolder

Caller = Callable[..., subprocess.CompletedProcess[str]]

RAW = "开门红\n  一季度工业总产\n值45.3亿元。\n".encode("gb18030")
PAGE = f"d{hashlib.sha256(RAW).hexdigest()[:20]}"


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = DataFolder(tmp_path_factory.mktemp("traced"))
    folder.keep_raw(hashlib.sha256(RAW).hexdigest(), RAW)
    text = "一季度工业总产值45.3亿元。"
    with open_empty(folder.warehouse) as con:
        rows = {
            "documents": [document(PAGE, encoding="gb18030", line_count=3)],
            "articles": [article(f"{PAGE}.a1", "开门红"), article(f"{PAGE}.a2", "单玉国谈产值")],
            "paragraphs": [
                paragraph(f"{PAGE}.p1", "开门红", f"{PAGE}.a1", role="headline"),
                paragraph(
                    f"{PAGE}.p2", text, f"{PAGE}.a1", lines=[2, 3], line_reasons=["indented", "the line was full"]
                ),
                paragraph(f"{PAGE}.p4", "天气", lines=[1]),
                paragraph(f"{PAGE}.p3", "单玉国表示，产值要再上台阶。", f"{PAGE}.a2", lines=[5]),
            ],
            "metrics": [
                metric(
                    f"{PAGE}.p2", "45.3亿元", 4.53e9, "元", start_char=8, end_char=14, sentence=text, period="一季度"
                )
                | {"reasons": ["subject: rules [all:clause, subject.all_of_a_region]"]}
            ],
            "mentions": [
                mention(f"{PAGE}.p1", "开门", "ORG", "org-1", f"{PAGE}.a1"),
                mention(f"{PAGE}.p3", "单玉国", "PER", "per-1", f"{PAGE}.a1") | {"title": "区委书记"},
            ],
            "entities": [
                {"entity_id": "org-1", "type": "ORG", "name": "开门", "scope": "", "mention_count": 1},
                {"entity_id": "per-1", "type": "PER", "name": "单玉国", "scope": "", "mention_count": 1},
            ],
        }
        insert(con, rows)
        index_documents(con)
    return folder.root


def test_a_figure_is_followed_to_its_raw_lines(broadsheet: Caller, data: Path) -> None:
    told = broadsheet("trace", f"{PAGE}.p2:45.3亿元", data=data).stdout
    for part in (
        "4530000000 元",
        "subject.all_of_a_region: a word that stands for the region spoken of",
        "period 一季度",
        "一季度工业总产值«45.3亿元»。",
        "line 2:   一季度工业总产  <- indented",
        "line 3: 值45.3亿元。  <- the line was full",
        "济南日报 2023-04-24 03版《开门红》",
        f"raw file   {data}",
    ):
        assert part in told


def test_a_trace_can_be_read_by_programs(broadsheet: Caller, data: Path) -> None:
    told = json.loads(broadsheet("trace", f"{PAGE}.p2", "--json", data=data).stdout)
    assert told["kind"] == "paragraph"
    assert [line["text"] for line in told["lines"]] == ["  一季度工业总产", "值45.3亿元。"]


def test_a_page_is_followed_down_to_its_counts(broadsheet: Caller, data: Path) -> None:
    assert "2 articles, 4 paragraphs, 2 mentions, 1 metric" in broadsheet("trace", PAGE, data=data).stdout


def test_a_name_shows_where_it_was_printed(broadsheet: Caller, data: Path) -> None:
    assert f"{PAGE}.p1:开门  开门  济南日报" in broadsheet("trace", "org-1", data=data).stdout


@pytest.mark.parametrize(
    ("what", "says"),
    [
        ("1.txt:3", "asked      line 3: 值45.3亿元。"),
        ("p/1.txt:3", "figure     45.3亿元  一季度 (level; 90%)"),
        (f"{PAGE}:3", "asked      line 3"),
        ("开门红", "figure     45.3亿元  一季度 (level; 90%)"),
        ("开 门红", f"article    {PAGE}.a1 开门红"),
        ("单玉国", "says       产值要再上台阶。"),
        ("区委书记", "title      区委书记"),
        ("1.txt", "2 articles, 4 paragraphs"),
    ],
)
def test_a_line_a_headline_a_name_or_a_title_will_do(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: Path, what: str, says: str
) -> None:
    done = call_inside(monkeypatch, capsys, data, "trace", what)
    assert says in done.stdout, done.stdout + done.stderr


def test_a_person_is_shown_with_title_and_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: Path
) -> None:
    shown = call_inside(monkeypatch, capsys, data, "show", "区委书记").stdout
    assert shown.startswith("单玉国  区委书记\n\n产值要再上台阶。\n")


def test_an_article_begins_with_its_headline(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], data: Path
) -> None:
    shown = call_inside(monkeypatch, capsys, data, "show", "开门红").stdout
    assert shown.splitlines()[:2] == ["开门红", "济南日报 2023-04-24 03版《开门红》"]
    assert shown.endswith("2 names, 1 figure\n")


def test_an_article_can_be_read_by_the_id_of_anything_in_it(broadsheet: Caller, data: Path) -> None:
    by_article = broadsheet("show", f"{PAGE}.a1", data=data).stdout
    assert by_article == broadsheet("show", f"{PAGE}.p2:45.3亿元", data=data).stdout
    assert "《开门红》\n\n一季度工业总产值45.3亿元。" in by_article


def test_names_and_figures_are_coloured_on_a_terminal(broadsheet: Caller, data: Path) -> None:
    assert "\x1b[1;31m45.3亿元\x1b[0m" in broadsheet("show", f"{PAGE}.a1", data=data, FORCE_COLOR="1").stdout


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["trace", "nothing"], "has the id, headline or name nothing"),
        (["trace", f"{PAGE}.p9"], f"Page {PAGE} is there"),
        (["trace", f"{PAGE[:-1]}"], f"the nearest page is {PAGE}"),
        (["show", f"{PAGE}.p4"], "outside of any article"),
        (["trace", "1.txt:9"], "the nearest line that has some is 5"),
        (["show", "开门虹"], "did you mean 开门"),
        (["trace", "产值谈"], "`broadsheet search` finds articles"),
        (["show", PAGE], "is a page; its articles are "),
    ],
)
def test_an_unknown_id_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    data: Path,
    arguments: list[str],
    says: str,
) -> None:
    done = call_inside(monkeypatch, capsys, data, *arguments)
    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr
