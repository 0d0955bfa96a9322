"""A document belongs to one part, by its name alone, and is read by the sister that did not see that part."""

from __future__ import annotations

from pathlib import Path

import pytest

from tasks.learning.annotated import FOLDS, part_of, sister_at
from tests.score import reading
from tests.score.samples import project_samples


def test_the_parts_are_of_about_one_size_and_none_is_empty():
    sizes = [0] * FOLDS
    for number in range(1000):
        sizes[part_of(f"d{number}")] += 1
    assert min(sizes) > 150


def test_a_document_is_read_by_the_network_that_did_not_learn_from_it(monkeypatch):
    asked: list[Path] = []
    monkeypatch.setattr(reading, "_network_at", asked.append)
    monkeypatch.setenv("BROADSHEET_READER", "learned")
    monkeypatch.setenv(reading.SISTERS, "build/sister")
    names = [sample.name for sample in project_samples()[:8]]
    for name in names:
        reading.reader_for(name)
    assert asked == [sister_at(Path("build/sister"), part_of(name)) for name in names]
    assert len(set(asked)) > 1


@pytest.mark.parametrize("reader", ["rules", ""])
def test_without_the_learned_reader_no_network_is_asked(monkeypatch, reader):
    monkeypatch.setenv("BROADSHEET_READER", reader)
    assert reading.reader_for("000") is None
