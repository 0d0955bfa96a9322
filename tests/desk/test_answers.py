"""What people say of figures: kept when pages are worked on again, orphaned when the text is another, lost never."""

from __future__ import annotations

import shutil
import threading
from copy import deepcopy
from dataclasses import asdict, replace

import pytest

from tasks.check.answers import Answer, AnsweredMeanwhileError, AnswerFile, digest_of, lines_of
from tasks.check.corrections import misplaced_corrections, read_corrections
from tasks.check.learned import Curve, Learned, keep_learned, learn, read_learned, told_of, worth_before_and_after
from tasks.check.own_score import own_score, wrong_by_rule
from tests.expectations.damage import figure
from tests.expectations.lake import TABLES, data_folder, ingest
from tests.expectations.pages import sound_pages
from warehouse import connect
from warehouse.errors import UserError
from warehouse.load.places import with_marks
from warehouse.load.publish import bring_up_to_date
from warehouse.storage.folder import DataFolder


@pytest.fixture(scope="module")
def made(tmp_path_factory) -> DataFolder:
    folder = data_folder(tmp_path_factory.mktemp("made"))
    ingest(folder, sound_pages(2))
    return folder


@pytest.fixture
def folder(made, tmp_path) -> DataFolder:
    """A copy of a warehouse of two small pages."""
    shutil.copytree(made.root, tmp_path / "data")
    return DataFolder(tmp_path / "data")


def text_of(row) -> str:
    rows = sound_pages(2)
    return next(p["text"] for p in rows["paragraphs"] if p["paragraph_id"] == row["paragraph_id"])


def said_of(text: str, verdict: str, fields=None, who: str = "李") -> Answer:
    row = figure(sound_pages(2), text)
    span = f"p{int(row['paragraph_id'][-4:])}:{row['start_char']}-{row['end_char']}"
    printed = with_marks(text_of(row), row["start_char"], row["end_char"], row["sentence"])
    return Answer("d2", span, printed, verdict, fields or {}, who, "对照原文")


def load(folder: DataFolder, *answers: Answer) -> None:
    file = AnswerFile(folder.corrections)
    for answer in answers:
        file.put(answer.page, answer.span, lines_of(answer))
    bring_up_to_date(folder, {**TABLES, "corrections": read_corrections(folder.corrections)})


def metric(folder: DataFolder, columns: str, text: str):
    with connect(folder.warehouse) as con:
        return con.execute(f"select {columns} from metrics where text = ? and document_id = 'd2'", [text]).fetchone()


def test_each_verdict_shows_with_who_and_when_and_can_be_taken_back(folder):
    assert metric(folder, "status, checked_by, checked_at", "107家") == ("machine", None, None)
    load(
        folder,
        said_of("107家", "accepted"),
        said_of("800人", "rejected"),
        said_of("120亩", "corrected", {"value": "12"}),
    )
    assert metric(folder, "status, checked_by, checked_at is not null", "107家") == ("accepted", "李", True)
    assert metric(folder, "status", "800人") == ("rejected",)
    assert metric(folder, "status, value, round(value_base)", "120亩") == ("corrected", 12.0, 8000.0), "base follows"
    with connect(folder.warehouse) as con:
        assert con.execute("select value from machine_metrics where text = '120亩'").fetchall() == [(120.0,)]
        assert con.execute(
            "select count(*) from metric_facts where text = '800人' and document_id = 'd2'"
        ).fetchall() == [(0,)]
    assert AnswerFile(folder.corrections).drop(lambda line: True)
    load(folder)
    for text in ("107家", "800人", "120亩"):
        assert metric(folder, "status, checked_by", text) == ("machine", None)
    assert metric(folder, "value, round(value_base)", "120亩") == (120.0, 80000.0)


def test_a_corrected_subject_takes_its_entity_and_region_along(folder):
    load(folder, said_of("107家", "corrected", {"subject": "济南二机床集团有限公司"}))
    assert metric(folder, "subject_entity_id, region_adcode", "107家") == ("org-1", None)
    load(folder, said_of("107家", "corrected", {"subject": "槐荫区"}))
    assert metric(folder, "subject_entity_id, region_adcode", "107家") == ("370104", "370104")
    load(folder, said_of("107家", "corrected", {"subject": "某厂", "region_adcode": "370104"}))
    assert metric(folder, "subject_entity_id, region_adcode", "107家") == (None, "370104")


def test_a_corrected_indicator_takes_its_key_along(folder):
    load(folder, said_of("107家", "corrected", {"indicator": "地区生产总值"}))
    assert metric(folder, "indicator_key", "107家") == ("gdp",)


def test_an_added_figure_stands_with_its_sentence_and_survives_a_rebuild(folder):
    text = text_of(figure(sound_pages(2), "107家"))
    start = text.index("一季度")
    spot = Answer(
        "d2",
        f"p3:{start}-{start + 3}",
        with_marks(text, start, start + 3, text),
        "added",
        {"value": "1", "unit": "家", "indicator": "季度"},
        "李",
        "漏读",
    )
    load(folder, spot)
    want = ("added", 1.0, "家", "季度", "李")
    assert metric(folder, "status, value, unit, indicator, checked_by", "一季度") == want
    bring_up_to_date(folder, {**TABLES, "corrections": read_corrections(folder.corrections)}, anew=True)
    assert metric(folder, "status, value, unit, indicator, checked_by", "一季度") == want


def test_an_answer_follows_its_sentence_into_another_paragraph_of_the_page(folder):
    load(folder, said_of("107家", "corrected", {"value": "170"}))
    rows = sound_pages(2)
    other = {"d2.p0003": "d2.p0004", "d2.p0004": "d2.p0003"}
    for row in (*rows["paragraphs"], *rows["metrics"], *rows["mentions"]):
        if row["paragraph_id"] in other:
            place = row["paragraph_id"] = other[row["paragraph_id"]]
            for key in ("metric_id", "mention_id"):
                if key in row:
                    row[key] = f"{place}:{row[key].split(':', 1)[1]}"
            if "seq" in row:
                row["seq"] = int(place[-1])
    bring_in(folder, rows)
    assert metric(folder, "status, value, checked_by", "107家") == ("corrected", 170.0, "李")


def bring_in(folder: DataFolder, rows) -> None:
    ingest(folder, rows, "r2")
    bring_up_to_date(folder, {**TABLES, "corrections": read_corrections(folder.corrections)})


def test_where_the_text_is_another_one_now_the_answer_is_orphaned_and_applied_nowhere(folder):
    load(folder, said_of("107家", "corrected", {"value": "170"}))
    rows = sound_pages(2)
    for row in (*rows["paragraphs"], *rows["metrics"]):
        for key in ("text", "sentence"):
            if row["document_id"] == "d2" and key in row:
                row[key] = row[key].replace("新增企业107家", "新增工厂107家")
    bring_in(folder, rows)
    with connect(folder.warehouse) as con:
        assert con.execute("select distinct status from corrections").fetchall() == [("orphaned",)]
        assert con.execute("select count(*) from metrics where status <> 'machine'").fetchall() == [(0,)]
    assert "orphaned" in misplaced_corrections(folder)[0]


def test_two_desks_at_once_lose_nothing(folder):
    one = said_of("107家", "accepted")

    def check(desk: int) -> None:
        for n in range(20):
            answer = replace(one, span=f"p{desk}:{n}-{n + 1}", who=f"人{desk}")
            AnswerFile(folder.corrections).put(answer.page, answer.span, lines_of(answer), "")

    desks = [threading.Thread(target=check, args=(desk,)) for desk in (1, 2, 3)]
    for desk in desks:
        desk.start()
    for desk in desks:
        desk.join()
    assert len(AnswerFile(folder.corrections).lines()) == 60


def test_nobody_writes_over_an_answer_that_they_did_not_see(folder):
    file = AnswerFile(folder.corrections)
    mine, theirs = said_of("107家", "accepted"), said_of("107家", "rejected", who="王")
    file.put(mine.page, mine.span, lines_of(mine), seen="")
    with pytest.raises(AnsweredMeanwhileError, match="李"):
        file.put(theirs.page, theirs.span, lines_of(theirs), seen="")
    stands = file.lines()
    assert [line["value"] for line in stands] == ["accepted"]
    file.put(theirs.page, theirs.span, lines_of(theirs), seen=digest_of(stands))
    assert [line["value"] for line in file.lines()] == ["rejected"]


def test_a_file_written_by_hand_is_kept_when_the_desk_writes_into_it(folder):
    folder.corrections.write_text("page,span,column,value,who,why\nd2.txt,p4:1-3,metrics.value,1,王,误\n", "utf-8")
    answer = said_of("107家", "accepted")
    AnswerFile(folder.corrections).put(answer.page, answer.span, lines_of(answer))
    assert [line["who"] for line in AnswerFile(folder.corrections).lines()] == ["王", "李"]


def test_a_confidence_that_is_too_high_is_learned_down_and_can_be_put_back(folder):
    told = [(f"d{n % 9}", 0.9 if n % 2 else 0.4, n % 3 > 0 if n % 2 else n % 5 == 0) for n in range(120)]
    before, after = worth_before_and_after(told)
    assert after.gap < before.gap
    assert after.surprise < before.surprise
    curve, other = learn(told), Curve(1.0, -2.0, 60)
    assert curve.tell(0.4) < curve.tell(0.9) < 0.85
    learned = Learned({"fact": curve, "subject": other}, "2026-11-26T09:30:00+00:00")
    keep_learned(folder, learned)
    assert read_learned(folder) == learned
    told_columns = "confidence, confidence_shipped, confidence_subject, confidence_subject_shipped, confidence_period"
    whole, _, field, _, period = shipped = metric(folder, told_columns, "107家")
    curves = [{"question": question, **asdict(each)} for question, each in learned.curves.items()]
    changed = (round(curve.tell(whole), 3), whole, round(other.tell(field), 3), field, period)
    for anew in (False, True):
        bring_up_to_date(folder, {**TABLES, "learned": curves}, anew=anew)
        assert metric(folder, told_columns, "107家") == changed
    bring_up_to_date(folder, {**TABLES, "learned": curves[:1]})
    assert metric(folder, told_columns, "107家") == (*changed[:2], *shipped[2:])
    bring_up_to_date(folder, TABLES)
    assert metric(folder, told_columns, "107家") == shipped


def test_each_field_is_judged_by_its_own_columns_and_rules_by_the_fields_they_chose():
    sure = {f"confidence_{name}": 0.9 for name in ("indicator", "subject", "period")} | {"confidence_modality": None}
    said = ["indicator: reader 97%, rules [left] 产值", "subject: rules [head:clause], reader 99%", "period: rules"]
    row = {"document_id": "d1", "status": "corrected", "confidence": 0.8, "reasons": said, **sure}
    rows = [row | {"wrong": wrong} for wrong in ([], ["period_end"], ["subject", "period_start"], ["value"])]
    rejected = row | {"status": "rejected", "wrong": []}
    told = told_of([*rows, rejected])
    rights = {question: [right for _, _, right in each] for question, each in told.items()}
    assert rights == {
        "fact": [True, False, False, False, False],
        "indicator": [True] * 4,
        "subject": [True, True, False, True],
        "period": [True, False, False, True],
        "modality": [],
    }
    added = {"status": "added", "wrong": None, "reasons": None}
    assert wrong_by_rule([*rows, rejected, added]) == [
        ("period, the rules", 2, 4),
        ("subject, rule head:clause", 1, 4),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "{}",
        "[]",
        '{"curves": {"fact": {"slope": 0, "offset": 1}}, "learned_at": ""}',
        '{"curves": {"x": {}}}',
        "[" * 9999,
    ],
)
def test_a_file_of_what_was_learned_that_is_none_is_one_sentence(folder, text):
    (folder.root / "learned.json").write_text(text, "utf-8")
    with pytest.raises(UserError, match="learn --undo"):
        read_learned(folder)


def test_a_slope_never_turns_the_order_of_figures_round():
    learned = learn([("d", 0.9, False)] * 60 + [("d", 0.2, True)] * 60)
    assert learned.tell(0.9) > learned.tell(0.2)


def test_the_own_score_counts_what_people_found_wrong():
    right = {"status": "accepted", "wrong": [], "confidence": 0.95}
    rows = [right] * 8 + [
        {"status": "corrected", "wrong": ["subject"], "confidence": 0.95},
        {"status": "rejected", "wrong": [], "confidence": 0.3},
        {"status": "added", "wrong": None, "confidence": None},
    ]
    scored = own_score(deepcopy(rows))
    assert (scored.checked, scored.wrong, scored.rejected, scored.missed) == (10, 2, 1, 1)
    assert scored.by_field == {"subject": 1}
    assert (scored.sure, scored.sure_wrong) == (9, 1)
    assert scored.low < 0.2 < scored.high
