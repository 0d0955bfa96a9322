"""What people said of figures travels with a lake in a bucket: other machines have the same rows, nothing is lost."""

from __future__ import annotations

import shutil
from dataclasses import asdict

import pytest

from flows.ingest.writing import follow_published, writing
from flows.settings import settings
from tasks.check.answers import AnswerFile, Line, lines_of
from tasks.check.corrections import read_corrections
from tasks.check.learned import Curve, Learned, forget_learned, keep_learned, read_learned
from tasks.check.shared import brought_together, conflicts_of
from tests.desk.test_answers import said_of
from tests.expectations.lake import TABLES, data_folder, ingest
from tests.expectations.pages import sound_pages
from tests.loads.driver import settings_of
from warehouse import connect
from warehouse.ask.content import content_digests
from warehouse.load.publish import bring_up_to_date
from warehouse.storage.folder import DataFolder

WHEN = "2026-11-26T09:30:{0}Z"


def line(span: str, value: str, second: str = "00", page: str = "d1") -> Line:
    cells = (page, span, "metrics.value", value, "李", "对照原文", WHEN.format(second), "增长«8%»")
    return dict(zip(("page", "span", "column", "value", "who", "why", "when", "printed"), cells, strict=True))


A, B = line("p1:2-4", "1"), line("p2:2-4", "2")
LATER, LATEST = line("p1:2-4", "3", "10"), line("p1:2-4", "4", "20")


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "stands", "lost"),
    [
        ([], [A], [B], [A, B], []),
        ([A], [A], [A, B], [A, B], []),
        ([A], [LATER], [A], [LATER], []),
        ([A], [A], [LATER], [LATER], []),
        ([A], [], [A], [], []),
        ([A], [A], [], [], []),
        ([A], [LATER], [LATEST], [LATEST], [LATER]),
        ([A], [LATEST], [LATER], [LATEST], [LATER]),
        ([A], [LATEST], [], [LATEST], []),
        ([A], [], [LATER], [LATER], []),
        ([], [A], [dict(A)], [A], []),
    ],
)
def test_two_machines_lose_nothing(base, mine, theirs, stands, lost):
    assert brought_together(base, mine, theirs) == (stands, lost)
    kept, beaten = brought_together(base, theirs, mine)
    assert (sorted(map(str, kept)), beaten) == (sorted(map(str, stands)), lost), "in whichever order they come"


@pytest.fixture
def machines(s3, tmp_path):
    """Two machines with one lake in a bucket; the first one has loaded it."""
    (tmp_path / "one").mkdir()
    folder = data_folder(tmp_path / "one")
    ingest(folder, sound_pages(2))
    other = DataFolder(tmp_path / "two")
    other.root.mkdir()
    load(folder)
    return folder, other


def load(folder: DataFolder, anew: bool = False) -> None:
    with settings_of(folder.root, LAKE="s3://pages/papers"), writing(folder, settings(), print):
        given = read_corrections(folder.corrections if folder.corrections.exists() else None)
        learned = read_learned(folder) or Learned()
        curves = [{"question": name, **asdict(curve)} for name, curve in learned.curves.items()]
        bring_up_to_date(folder, {**TABLES, "corrections": given, "learned": curves}, anew=anew)


def say(folder: DataFolder, *answers) -> None:
    for answer in answers:
        AnswerFile(folder.corrections).put(answer.page, answer.span, lines_of(answer))


def told(folder: DataFolder) -> list[tuple[str, str, str]]:
    with connect(folder.warehouse) as con:
        return con.execute(
            "select text, status, checked_by from metrics where status <> 'machine' order by all"
        ).fetchall()


def test_another_machine_has_the_same_rows_and_answers_of_both_stand(machines, capsys):
    one, two = machines
    say(one, said_of("107家", "corrected", {"value": "170"}))
    keep_learned(one, Learned({"fact": Curve(0.5, -1.0, 60)}, WHEN.format("00")))
    load(one)
    load(two, anew=True)
    assert told(two) == [("107家", "corrected", "李")]
    with connect(one.warehouse) as con, connect(two.warehouse) as other:
        assert content_digests(con) == content_digests(other)

    say(one, said_of("800人", "accepted", who="甲"), said_of("120亩", "rejected", who="甲"))
    say(two, said_of("800人", "rejected", who="乙"))
    AnswerFile(two.corrections).drop(lambda each: each["value"] == "170")
    forget_learned(two)
    (mine,) = [each for each in AnswerFile(one.corrections).lines() if "«800人»" in each["printed"]]
    AnswerFile(one.corrections).merge([mine | {"when": "2026-11-01T00:00:00Z"}])
    load(one)
    load(two)
    assert "1 figure was answered differently on another machine" in capsys.readouterr().out
    load(one)
    for folder in (one, two):
        assert told(folder) == [("120亩", "rejected", "甲"), ("800人", "rejected", "乙")]
        assert [each["who"] for each in conflicts_of(folder).lines(repeated=True)] == ["甲"]
        assert read_learned(folder) is None


def test_a_copy_that_was_lost_takes_no_answer_from_others(machines):
    one, two = machines
    say(one, said_of("107家", "accepted"))
    load(one)
    load(two, anew=True)
    two.corrections.unlink()
    load(two)
    load(one)
    assert told(one) == told(two) == [("107家", "accepted", "李")]
    shutil.rmtree(two.root)
    two.root.mkdir()
    with settings_of(two.root, LAKE="s3://pages/papers"):
        follow_published(two, settings().lake, print, people=True)
    assert len(AnswerFile(two.corrections).lines()) == 1
