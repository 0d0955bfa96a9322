"""Agreement is shown, and raises confidence only as far as checked figures taught; what was learned can be undone."""

from __future__ import annotations

import json

import pytest

from flows.desk.spot import printed_of, span_of, spot_of
from flows.second import learning
from flows.second.choosing import Choice, questions_for
from tasks.check.answers import Answer, AnswerFile, lines_of
from tasks.check.corrected import load_batches
from tasks.check.learned import forget_learned, learned_file, read_learned
from tasks.second.loading import Reply, record_of
from tests.second.conftest import asked
from tests.second.reader import said
from warehouse import connect
from warehouse.errors import UserError
from warehouse.lake.second_answers import ANSWERS, keep
from warehouse.storage.folder import DataFolder

TOLD = "select text, confidence, confidence_shipped, second_reading from metrics order by metric_id"


@pytest.fixture
def agreed(data: DataFolder) -> DataFolder:
    """A warehouse with whose figures a model agrees, as far as the words stand in what it was sent."""
    columns = ("measure", "comparison", "indicator", "subject", "period", "modality")
    ours = {
        row[0]: dict(zip(columns, row[1:], strict=True))
        for row in asked(data, f"select text, {', '.join(columns)} from metrics")
    }
    for question in questions_for(data.warehouse, Choice(below=1)):
        figures = [said(n, **ours[figure.text]) for n, figure in enumerate(question.figures, 1)]
        record = record_of(question, Reply("model-a", (json.dumps({"figures": figures}),)))
        keep(data, ANSWERS, record["answer_id"], record)
    load_batches(data, None)
    return data


def test_agreement_raises_confidence_only_by_what_was_learned_and_is_undone(agreed, monkeypatch):
    before = asked(agreed, TOLD)
    assert all(shipped is None for _, _, shipped, _ in before)
    agreeing = {text for text, _, _, reading in before if reading == "agrees"}
    assert len(agreeing) > 12

    with connect(agreed.warehouse) as con:
        ids = [row[0] for row in con.execute("select metric_id from metrics").fetchall()]
        rows = [spot_of(con, each) for each in ids]
    file = AnswerFile(agreed.corrections)
    right = [Answer(row["document_id"], span_of(row), printed_of(row), "accepted", {}, "李", "试") for row in rows]
    file.merge([line for answer in right for line in lines_of(answer)])
    load_batches(agreed, agreed.corrections)

    told: list[str] = []
    assert not learning.learn_of_second_readers(agreed, told.append)
    assert "too few" in told[0]
    assert asked(agreed, TOLD) == before, "until it is learned, agreement is only shown"

    monkeypatch.setattr(learning, "FEWEST", 10)
    assert learning.learn_of_second_readers(agreed, told.append)
    assert read_learned(agreed).agreements["model-a"] > 0
    file.drop(lambda line: True)
    load_batches(agreed, None)
    for (text, old, _, _), (_, new, shipped, _) in zip(before, asked(agreed, TOLD), strict=True):
        assert (new > old, shipped) == ((True, old) if text in agreeing else (False, None))

    assert forget_learned(agreed)
    load_batches(agreed, None)
    assert asked(agreed, TOLD) == before


def test_a_file_of_trust_that_is_none_is_told(data):
    learned_file(data).write_text('{"curves": {}, "learned_at": "", "agreements": {"m": -1}}', "utf-8")
    with pytest.raises(UserError, match="learn --undo"):
        read_learned(data)
