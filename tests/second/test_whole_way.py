"""A second reader from the question to the warehouse and back: whatever server and model do, nothing wrong enters."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess

import pytest

from flows.ingest.lake_care import forget, rebuild
from flows.second.server import Server
from flows.settings import settings
from tests.conftest import BROADSHEET, PROJECT
from tests.loads.driver import run, settings_of
from tests.second.conftest import PAGES, asked
from tests.second.reader import level_of, said
from warehouse.lake.second_answers import ANSWERS, kept, only_asker
from warehouse.storage.folder import DataFolder

ALL = ("second-read", "--below", "1", "--parallel", "1")
PRINTED = "select metric_id, text, value, value_high, unit, value_base, unit_base from metrics order by metric_id"
ROWS = "select * exclude (second_reader, second_reading, doubts) from metrics order by metric_id"
QUESTIONS = 7
TROUBLE = [
    *("busy", "broken", "drop", "slow", "stream"),  # five tries of the first question
    "fenced",
    *("garbage", ""),
    "truncated!",
    "another language!",
    *("no protocol", ""),
    "a value!",
]
"""How the server behaves at one request after the other; with `!` at both askings."""


def whole(data: DataFolder) -> list[list[tuple[object, ...]]]:
    """All that second readers can touch."""
    tables = ("metrics", "second_readings", "findings", "document_entities", "entities")
    return [asked(data, f"select * from {table} order by all") for table in tables]


def test_in_all_its_moods_a_server_brings_in_nothing_wrong_and_is_asked_once(call, reader, data, tmp_path):
    before = asked(data, PRINTED), asked(data, ROWS)
    reader.behaviours = list(TROUBLE)
    done = call(*ALL, "--timeout", "1")
    assert done.returncode == 0, done.stderr
    assert "asked     7 questions" in done.stdout
    assert len(kept(data, ANSWERS)) == QUESTIONS
    assert (asked(data, PRINTED), asked(data, ROWS)) == before
    dropped = asked(data, "select distinct dropped from second_readings where verdict = 'dropped' order by 1")
    assert [row[0][0].split(" (")[0] for row in dropped] == [
        "answer: it is no JSON",
        "answer: it is not as the schema has it",
        "answer: it is not as the schema has it",
    ]
    lost = asked(data, "select count(*) from second_readings where verdict = 'dropped'")
    assert asked(data, "select count(*) from findings where code = 'second.dropped' and line is not null") == lost
    assert asked(data, "select count(*) from second_readings where metric_id is null") == [(0,)]

    count = len(reader.requests)
    again = call(*ALL)
    assert "asked     nothing: all 7 questions are answered already" in again.stdout
    assert len(reader.requests) == count

    other = DataFolder(tmp_path / "other")
    shutil.copytree(data.lake, other.lake)
    shutil.copytree(data.raw, other.raw)
    with settings_of(other.root):
        rebuild(other, settings(), print)
    assert whole(other) == whole(data), "another machine with the lake has the same rows, without a server"


def test_a_killed_run_goes_on_where_it_was(call, reader, data):
    reader.most = 3
    environment = os.environ | {"PYTHONPATH": str(PROJECT), "BROADSHEET_DATA_DIR": str(data.root)}
    asking = subprocess.Popen(
        [*BROADSHEET, *ALL], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=PROJECT
    )
    assert reader.enough.wait(300)
    asking.send_signal(signal.SIGKILL)
    asking.wait()
    assert len(kept(data, ANSWERS)) == 3
    before = set(reader.messages()[:3])
    reader.most = None
    reader.requests.clear()
    done = call(*ALL)
    assert done.returncode == 0, done.stderr
    assert "(3 were answered before)" in done.stdout
    assert len(reader.messages()) == QUESTIONS - 3
    assert before.isdisjoint(reader.messages())


def invents(sent):
    """A model that invents words, speaks another language, adds a figure and does what a page tells it to."""
    found = [
        said(figure["n"], measure="level", indicator="industrial output", subject="火星集团", period="去年同月")
        for figure in sent["数字"]
    ]
    if "火星公司" in sent.get("上文", ""):
        found = [said(n["n"], measure="level", subject="火星公司", indicator="系统已更新") for n in sent["数字"]]
    return [*found, said(99, measure="level", subject="槐荫区")]


def test_what_is_not_printed_stays_out_and_a_hostile_page_changes_nothing(call, reader, data):
    printed, rows = asked(data, PRINTED), asked(data, ROWS)
    reader.brain = invents
    assert call(*ALL).returncode == 0
    assert all("火星集团" not in json.dumps(row, default=str) for row in asked(data, "from second_readings"))
    assert asked(data, PRINTED) == printed
    assert asked(data, ROWS) == rows, "a word of the page is a doubt, no more"
    doubts = asked(data, "select distinct unnest(doubts) from metrics where text in ('12万亩', '60万吨')")
    assert ("subject: second reader says 火星公司",) in doubts
    told = asked(data, "select unnest(dropped) from second_readings where text = '45.3亿元'")
    assert told == [(f"{name}: it does not stand in the text",) for name in ("indicator", "subject", "period")]


def reads_otherwise(sent):
    """A model that reads some figures otherwise, one as it is read, and one as something that can't be."""
    read = {
        "640名": {"measure": "level", "modality": "actual", "subject": "槐荫区", "indicator": "引进人才"},
        "20个": {"measure": "level", "modality": "actual", "subject": "槐荫区", "period": "明年"},
        "300个": {"measure": "level", "modality": "actual", "subject": "商河县", "indicator": "新建大棚"},
        "12万亩": {
            "measure": "level",
            "modality": "actual",
            "subject": "章丘区",
            "indicator": "大葱",
            "period": "今年",
        },
    }
    found = [said(f["n"], **read[f["原文"]]) for f in sent["数字"] if f["原文"] in read]
    return [*found, *({"n": f["n"], "figure": False} for f in sent["数字"] if f["原文"] == "三类")]


CHOICE = "text in ('640名', '三类', '20个', '300个', '12万亩')"


def test_what_several_answers_agree_on_is_taken_marked_and_can_be_taken_back(call, reader, data, monkeypatch):
    before = asked(data, ROWS)
    reader.brain = reads_otherwise
    assert call("second-read", "--where", CHOICE, "--orders", "2").returncode == 0
    monkeypatch.setenv("BROADSHEET_READER_MODEL", "model-b")
    done = call("second-read", "--where", CHOICE, "--apply-agreeing", "2")
    assert "taken     readings of 1 figures; 1 more would not hold to the checks" in done.stdout
    columns = "status, second_reading, subject, region_adcode, modality, checked_by"
    shown = {row[0]: row[1:] for row in asked(data, f"select text, {columns} from metrics where {CHOICE}")}
    assert shown == {
        "300个": ("second-read", "taken", "商河县", "370126", "actual", None),
        "20个": ("machine", "differs", "槐荫区", "370104", "target", None),  # done, but next year: it would not hold
        "640名": ("machine", "differs", "历下区", "370102", "actual", None),  # our rules do not doubt it
        "三类": ("machine", "no figure", "历下区", "370102", "actual", None),  # none is ever taken out
        "12万亩": ("machine", "agrees", "章丘区", "370114", "actual", None),
    }
    assert asked(data, "select distinct second_reader from metrics where status = 'second-read'") == [
        ("model-a; model-b",)
    ]
    assert asked(
        data, "select list_contains(doubts, 'subject: first read as 章丘区') from metrics where text = '300个'"
    ) == [(True,)]
    taken = whole(data)
    with settings_of(data.root):
        rebuild(data, settings(), print)
    assert whole(data) == taken
    assert "2 readings were taken back" in call("second-read", "--take-back").stdout
    assert asked(data, ROWS) == before


def test_answers_go_where_their_text_goes_and_when_it_is_forgotten(call, reader, data, tmp_path):
    assert call(*ALL).returncode == 0
    (page,) = {row[0] for row in asked(data, "select document_id from metrics where text = '45.3亿元'")}
    own = tmp_path / "pages"
    own.mkdir()
    for name, text in PAGES.items():
        (own / name).write_text(text.replace("45.3", "46.3"), "utf-8")
    run(data.root, own / "gongye.txt", gate=False)
    places = asked(data, "select count(*) from second_readings where document_id = ? and metric_id is null", page)
    assert places == [(0,)], "a page of another file is another page"
    with settings_of(data.root):
        forget(data, [page], settings(), print)
    assert page not in {record["document_id"] for record in kept(data, ANSWERS)}
    assert asked(data, "select count(*) from second_readings where document_id = ?", page) == [(0,)]


def test_a_damaged_answer_is_named_and_set_aside(call, reader, data):
    assert call(*ALL).returncode == 0
    path = sorted((data.lake / "second-read").rglob("*.json"))[0]
    path.write_text(path.read_text("utf-8").replace("level", "share"), "utf-8")
    done = call("doctor")
    assert done.returncode == 4
    assert path.name in done.stdout
    assert call("doctor", "--heal").returncode == 0
    assert len(kept(data, ANSWERS)) == QUESTIONS - 1
    assert "asked     1 questions" in call(*ALL).stdout


def test_questions_go_out_and_answers_come_in_as_files(call, reader, data, tmp_path, monkeypatch):
    monkeypatch.delenv("BROADSHEET_READER_URL")
    asks = tmp_path / "q.jsonl"
    assert "figures   22" in call("second-read", "--below", "1", "--dry-run", "--price-in", "1").stdout
    done = call("second-read", "--below", "1", "--export-questions", str(asks))
    assert "7 questions are in" in done.stdout
    lines = [json.loads(line) for line in asks.read_text("utf-8").splitlines()]
    by_hand, of_a_service = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    replies = [json.dumps({"figures": level_of(json.loads(_sent(line)))}) for line in lines]
    by_hand.write_text(
        "".join(
            json.dumps({"custom_id": line["custom_id"], "answer": json.loads(text)}) + "\n"
            for line, text in zip(lines, replies, strict=True)
        ),
        "utf-8",
    )
    body = [{"model": "model-c", "choices": [{"message": {"content": text}}]} for text in replies]
    of_a_service.write_text(
        "".join(
            json.dumps({"custom_id": line["custom_id"], "response": {"status_code": 200, "body": each}}) + "\n"
            for line, each in zip(lines, body, strict=True)
        ),
        "utf-8",
    )
    assert "kept      7 answers" in call("second-read", "--below", "1", "--answers", str(by_hand)).stdout
    assert "7 were there already" in call("second-read", "--below", "1", "--answers", str(by_hand)).stdout
    assert call("second-read", "--below", "1", "--answers", str(of_a_service)).returncode == 0
    readers = asked(data, "select distinct second_reader from metrics where text = '640名'")
    assert readers == [("model-a; model-c",)], "of a line that does not say who answered, the environment tells"
    assert reader.requests == []


def _sent(line) -> str:
    return line["body"]["messages"][1]["content"]


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("{", "line 1: this is no JSON object"),
        ('{"custom_id": "x"}', "line 1: there is no answer"),
        ('{"custom_id": "x", "answer": {}}', "is to a question of these figures"),
    ],
)
def test_a_file_that_holds_no_answers_is_refused_with_its_line(call, data, tmp_path, content, complaint):
    path = tmp_path / "a.jsonl"
    path.write_text(content, "utf-8")
    done = call("second-read", "--answers", str(path))
    assert done.returncode == 2
    assert complaint in done.stderr
    assert kept(data, ANSWERS) == []


def test_the_key_goes_to_the_server_and_nowhere_else(call, reader, data, tmp_path, monkeypatch):
    path = tmp_path / "key"
    path.write_text("sk-very-secret\n", "utf-8")
    monkeypatch.setenv("BROADSHEET_READER_KEY_FILE", str(path))
    reader.behaviours = ["", "no key"]
    done = call(*ALL)
    assert done.returncode == 4
    assert "BROADSHEET_READER_KEY" in done.stderr
    assert [headers["Authorization"] for _, headers in reader.requests] == ["Bearer sk-very-secret"] * 2
    assert "very-secret" not in done.stdout + done.stderr
    assert len(kept(data, ANSWERS)) == 1, "what was answered is kept"
    assert not any(b"very-secret" in file.read_bytes() for file in data.root.rglob("*") if file.is_file())


def test_it_is_said_once_that_text_leaves_the_machine(call, reader, monkeypatch):
    assert "leaves this machine" not in call(*ALL, "--most", "1").stderr
    monkeypatch.setattr(Server, "leaves_the_machine", True)
    done = call(*ALL, "--most", "2")
    assert done.stderr.count("text of your pages leaves this machine, unencrypted: it is sent to http://127.0.0.1") == 1


def test_two_do_not_ask_the_same_at_once(call, reader, data):
    with only_asker(data):
        done = call(*ALL)
    assert done.returncode == 4
    assert "Another second-read is asking" in done.stderr
    assert reader.requests == []


def test_a_server_that_knows_no_schema_is_asked_without(call, reader):
    reader.behaviours = ["no format", "no format"]
    assert call(*ALL, "--stream").returncode == 0
    forms = [body.get("response_format", {}).get("type") for body, _ in reader.requests[:3]]
    assert forms == ["json_schema", "json_object", None]


def test_a_server_that_is_gone_ends_the_run_and_loses_nothing(call, reader, data, monkeypatch):
    reader.behaviours = ["", *["broken"] * 15]
    done = call(*ALL)
    assert done.returncode == 4
    assert "1 answers are kept" in done.stderr
    monkeypatch.setenv("BROADSHEET_READER_URL", "http://127.0.0.1:9/v1")
    assert call(*ALL).returncode == 4
    assert len(kept(data, ANSWERS)) == 1


def test_neither_budget_nor_number_of_requests_is_passed(call, reader, data):
    assert "left      5 questions" in call(*ALL, "--most", "2").stdout
    assert len(reader.requests) == 2
    done = call(*ALL, "--price-in", "1000", "--price-out", "1000", "--budget", "5")
    assert done.returncode == 0
    spent = float(next(line for line in done.stdout.splitlines() if line.startswith("spent")).split()[1])
    assert 0 < spent <= 5
    assert "left" in done.stdout


@pytest.mark.parametrize(
    ("setting", "value", "arguments", "complaint"),
    [
        ("URL", "ftp://x", (), "READER_URL"),
        ("URL", "http://a:b@x/v1", (), "holds a password"),
        ("MODEL", "", (), "READER_MODEL is empty"),
        ("PARAMETERS", "[1]", (), "no JSON object"),
        ("PARAMETERS", '{"model": "x"}', (), "may not set model"),
        ("KEY_FILE", "none.txt", (), "can't be read"),
        ("URL", "", (), "No second reader is named"),
        ("MODEL", "a", ("--budget", "1"), "needs prices"),
        ("MODEL", "a", ("--where", "nothing = 1"), "nothing"),
        ("MODEL", "a", ("--article", "x"), "There is no article x"),
        ("MODEL", "a", ("--article", "x", "--where", "true"), "in one way"),
        ("MODEL", "a", ("select 1 as one",), "no column metric_id"),
    ],
)
def test_what_can_not_be_done_is_told_in_a_sentence(call, reader, monkeypatch, setting, value, arguments, complaint):
    monkeypatch.setenv(f"BROADSHEET_READER_{setting}", value)
    done = call("second-read", *arguments)
    assert done.returncode == 2
    assert complaint in done.stderr
    assert reader.requests == []
