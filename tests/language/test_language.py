"""Every message has its Chinese, says the same, and no program sees a difference."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from flows.telling.language import PLACE, chinese_line, in_chinese, labels, messages, take_language
from tests.cli.inside import call_inside
from tests.language.messages import said_in_code, said_in_help, said_in_tables
from warehouse.errors import UserError

Ask = Callable[..., CompletedProcess[str]]
NOT_SAID = {
    *("word before", "word after", "tag before", "tag after"),  # features of the tagger
    *("a new version of the source", "read again", "by a newer version", "{} characters before, {} now"),  # cells
    *("coalesce(k.confidence_shipped, k.confidence) as confidence,", "coalesce(k.{}_shipped, k.{}) as {}"),  # queries
    "end as issue_date",
}
CHINESE = re.compile("[\u3400-\u9fff]")
COMMAND = re.compile("`[^`]*`|'[^']*'|示例：.*")
SENTENCE = re.compile(r"\b[a-z]{2,} (?:[a-z]{2,} )+[a-z]{2,}")


def english_left(text: str) -> list[str]:
    """The lines in which an English sentence was left; commands are the same in any language."""
    return [line for line in text.splitlines() if SENTENCE.search(COMMAND.sub("", line))]


def bare(sentence: str) -> str:
    return re.sub(r"\{[^{}]*\}", "{}", sentence)


def test_every_message_has_its_chinese() -> None:
    known = {bare(sentence) for sentence in messages()} | {bare(label) for label in labels()}
    said = said_in_code() | said_in_tables() | said_in_help()
    missing = {
        f"{where}: {sentence}"
        for sentence, where in said.items()
        if bare(sentence) not in known and bare(sentence) not in NOT_SAID and not in_parts(sentence)
    }
    assert not missing, "add to flows/telling/messages.csv:\n" + "\n".join(sorted(missing))


def in_parts(sentence: str) -> bool:
    """Whether a sentence is understood as the parts it is made of."""
    said = chinese_line(sentence.replace("{}", "7").strip(" ;,:"))
    return bool(CHINESE.search(said)) and not english_left(said)


def test_places_are_the_same_in_both_languages() -> None:
    for english, chinese in messages().items():
        assert sorted(PLACE.findall(english)) == sorted(PLACE.findall(chinese)), english
        assert len(set(PLACE.findall(english))) == len(PLACE.findall(english)), english
        assert chinese.strip(), english


def test_the_table_holds_each_sentence_once() -> None:
    from flows.telling.language import TABLE

    with TABLE.open(encoding="utf-8", newline="") as handle:
        said = [(row["kind"], bare(row["en"])) for row in csv.DictReader(handle)]
    twice = {one for one in said if said.count(one) > 1}
    assert twice == set()


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Starts here: the line before ends a sentence and it is indented.", "由此另起：上一行句子已完，且本行缩进。"),
        (
            "-: The file is empty: put the page's text into it or leave it out.",
            "-：文件是空的：请放入版面文字，或去掉。",
        ),
        ("The file is an image (PNG), not a page's text: leave it out.", "文件是图片（PNG），不是版面文字：请去掉。"),
        ("period: rules, reader 0% (rather 一季度 100%)", "period：依规则，阅读器 0%（更倾向 一季度 100%）"),
        ("33 articles, 1 paragraph", "33 篇文章，1 段"),
        ("Got unexpected extra argument(s) (nobody)", "多余的参数（nobody）"),
        ("Input should be greater than or equal to 1", "应不小于 1"),
        ("Nothing that the table knows.", "Nothing that the table knows."),
        ("本报讯 it is what a page printed", "本报讯 it is what a page printed"),
    ],
)
def test_stored_reasons_and_lists_are_understood(english: str, chinese: str) -> None:
    assert in_chinese(english) == chinese


def test_lang_is_taken_out_wherever_it_stands() -> None:
    line = ["broadsheet", "status", "--lang", "zh", "--lang=en", "--", "--lang"]
    take_language(line)
    assert line == ["broadsheet", "status", "--", "--lang"]
    with pytest.raises(UserError, match="no language 'fr'"):
        take_language(["broadsheet", "--lang", "fr"])
    take_language(["broadsheet"])


@pytest.fixture
def ask(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], shown_data: Path) -> Ask:
    monkeypatch.setattr("flows.telling.language._chosen", [])
    return lambda *arguments: call_inside(monkeypatch, capsys, shown_data, *arguments)


@pytest.mark.parametrize(
    "command",
    [
        ("status",),
        ("trace", "000_625344e733e11c76.txt:120"),
        ("trace", "槐荫区"),
        ("show", "钢城区委书记"),
        ("figures", "高新技术企业"),
        ("query", "fastest_growing"),
        ("query", "fastest_growing", "-p", "region=槐荫街"),
        ("query", "select “a” from metrics"),
        ("query", "select * from nope"),
        ("query", "select n0 from articles"),
        ("query", "select $n::int", "-p", "n=abc"),
        ("changes",),
        ("search", "zzz"),
        ("doctor",),
        ("trace", "nothing-of-the-kind"),
        ("chart", "工业总产值", "-o", "x.png"),
        ("run", "no-such-folder"),
        ("trace", ""),
        ("repair", "nothing-there.txt"),
    ],
)
def test_people_read_chinese_and_the_command_ends_the_same(ask: Ask, command: tuple[str, ...]) -> None:
    english, chinese = ask(*command), ask("--lang", "zh", *command)
    assert chinese.returncode == english.returncode
    left = english_left(chinese.stdout + chinese.stderr)
    assert left == []
    assert (chinese.stdout + chinese.stderr) != (english.stdout + english.stderr)


@pytest.mark.parametrize(
    "command",
    [
        ("query", "fastest_growing", "-f", "csv"),
        ("query", "from metric_facts order by metric_id limit 3", "-f", "json"),
        ("trace", "000_625344e733e11c76.txt:120", "--json"),
        ("figures", "高新技术企业", "-f", "jsonl"),
        ("changes", "-f", "csv"),
        ("run", "--dry-run", "--json", "seeds"),
    ],
)
def test_programs_read_the_same_in_any_language(ask: Ask, command: tuple[str, ...]) -> None:
    english, chinese = ask(*command), ask(*command, "--lang", "zh")
    assert (chinese.returncode, chinese.stdout) == (english.returncode, english.stdout)


def test_the_help_is_chinese_where_the_environment_says_so(broadsheet: Ask) -> None:
    for arguments in (("--help",), ("query", "--help"), ("nosuch",)):
        done = broadsheet(*arguments, LC_ALL="", LC_MESSAGES="", LANG="zh_CN.UTF-8")
        said = done.stdout + done.stderr
        assert "用法：" in said
        assert english_left(said) == []
