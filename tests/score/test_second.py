"""Recorded answers of second readers are scored: facts before and after, and what was invented."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from tests.score.__main__ import main
from tests.score.reading import read_page
from tests.score.samples import Sample, project_samples
from tests.score.second import questions_about, score_answers, second_table, write_questions

FIELDS = ("measure", "comparison", "indicator", "subject", "period", "modality")


def doubted(samples: list[Sample]) -> Sample:
    """The first annotated article with several figures in doubt."""
    return next(s for s in samples if sum(len(q.figures) for q in questions_about(read_page(s.raw))) > 3)


@pytest.fixture(scope="module")
def sample() -> Sample:
    return doubted([s for s in project_samples() if s.group == "press"])


def test_a_reader_that_knows_scores_better_and_one_that_invents_scores_as_before(sample, tmp_path, capsys):
    asks, path = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    count = write_questions(asks, [sample])
    figures = sample.figures() or []
    once = Counter(figure["text"] for figure in figures)
    truth = {f["text"]: {name: f.get(name) for name in FIELDS} for f in figures if once[f["text"]] == 1}
    lines = [json.loads(line) for line in asks.read_text("utf-8").splitlines()]
    assert len(lines) == count
    with path.open("w", encoding="utf-8") as out:
        for line in lines:
            asked = json.loads(line["body"]["messages"][1]["content"])["数字"]
            known = [{"n": f["n"], "figure": True, **truth.get(f["原文"], {})} for f in asked]
            made_up = [{"n": f["n"], "figure": True, "subject": "火星集团", "indicator": "outputs"} for f in asked]
            for model, said in (("knows", known), ("invents", made_up)):
                out.write(
                    json.dumps({"custom_id": line["custom_id"], "model": model, "answer": {"figures": said}}) + "\n"
                )
    sums = score_answers(path, [sample])
    knows, invents = sums["knows"]["press"], sums["invents"]["press"]
    assert knows.after.n["facts right"] > knows.before.n["facts right"]
    assert invents.after.n == invents.before.n
    assert invents.counts["invented subject"] == invents.counts["asked"] == invents.counts["answered"] > 3
    table = second_table(sums)
    assert "knows: before → after" in table
    assert f"invented subject {invents.counts['asked']}" in table
    path.write_text("{}", "utf-8")
    assert main(["--reader-answers", str(path)]) == 2
    assert "custom_id" in capsys.readouterr().err
