"""The tagger's decoding, its training text, and that no text makes it fail."""

import itertools
import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.extraction.names import find_names_in_text
from tasks.extraction.names.find.features import with_breaks
from tasks.extraction.names.find.tagger import LABELS, best_labels, make_weights, spans_of
from tasks.extraction.names.overlaps import Span, settle
from tasks.learning.tagger import house_style, main, read_corpus
from tasks.learning.tagger_examples import read_annotated_names
from tasks.learning.tagger_variants import made_up_sentences
from tests.extraction.names.pages import names_of

LETTERS = "济南市槐荫区王李张书记（）“”《》、，。· \n\u30000123ABC记者报道和与委局公司集团村路\ud800\ufeff😀站办"


@settings(max_examples=150, deadline=None)
@given(st.text(st.one_of(st.sampled_from(LETTERS), st.characters()), max_size=60), st.sampled_from(["byline", "body"]))
def test_any_text_is_read(text, role):
    for mention in names_of((role, text)):
        assert text[mention.start_char : mention.end_char] == mention.text != ""


@settings(max_examples=50, deadline=None)
@given(st.text(st.sampled_from(LETTERS), max_size=80))
def test_names_never_overlap(text):
    names = find_names_in_text(text)
    assert all(one.end_char <= two.start_char for one, two in itertools.pairwise(names))


def test_the_best_path_is_found_in_every_piece():
    rng = np.random.default_rng(3)
    scores = rng.normal(size=(9, len(LABELS))).astype(np.float32)
    transition = make_weights(np.array([1]), np.zeros((1, len(LABELS))), rng.normal(size=(7, 7))).transition
    stops = np.zeros(9, bool)
    stops[4] = True
    labels = best_labels(scores, stops, transition)

    def total(path, piece):
        before, value = 0, 0.0
        for label, row in zip(path, piece, strict=True):
            begins_inside = before == 0 and LABELS[label][0] == "I"
            value += row[label] + transition[before, label] - (1e4 if begins_inside else 0)
            before = label
        return value + transition[before, 0]

    for start, end in ((0, 4), (5, 9)):
        paths = itertools.product(range(len(LABELS)), repeat=end - start)
        best = max(paths, key=lambda path, piece=scores[start:end]: total(path, piece))
        assert tuple(labels[start:end]) == best
    assert labels[4] == 0


def test_labels_become_names():
    labels = np.array(
        [LABELS.index(label) for label in ["B-PER", "I-PER", "O", "B-LOC", "B-LOC", "I-LOC", "B-ORG"]], np.int8
    )
    assert [tuple(s)[:3] for s in spans_of(labels)] == [(0, 2, "PER"), (3, 4, "LOC"), (4, 6, "LOC"), (6, 7, "ORG")]


def test_a_line_without_punctuation_is_read_in_pieces():
    stops = with_breaks(np.zeros(1000, bool))
    assert 0 < np.diff(np.flatnonzero(stops)).max() < 200


def test_the_surer_of_two_names_stays():
    assert settle([Span(0, 4, "LOC", 0.5), Span(2, 6, "ORG", 0.9)]) == [Span(2, 6, "ORG", 0.9)]


def test_made_up_sentences_are_the_same_every_time_and_hold_their_names():
    one, two = made_up_sentences(200), made_up_sentences(200)
    assert one == two
    for text, spans in one:
        assert all(0 <= s.start < s.end <= len(text) and "{" not in text for s in spans)


def test_neighbouring_places_become_one_name_in_house_style():
    sentence = ("湖北武汉", (Span(0, 2, "LOC"), Span(2, 4, "LOC")))
    assert house_style(sentence)[1] == (Span(0, 4, "LOC"),)
    letters = ("中美", (Span(0, 1, "LOC"), Span(1, 2, "LOC")))
    assert house_style(letters) == letters


def test_a_corpus_is_read_and_a_wrong_line_named(tmp_path):
    (tmp_path / "a.bio").write_text("北 B-LOC\n京 I-LOC\n好 O\n\n王 B-PER\n", "utf-8")
    assert read_corpus(tmp_path) == [("北京好", (Span(0, 2, "LOC"),)), ("王", (Span(0, 1, "PER"),))]
    (tmp_path / "b.bio").write_text("北京 LOC\n", "utf-8")
    with pytest.raises(ValueError, match=r"b\.bio, line 1"):
        read_corpus(tmp_path)


def test_training_without_a_corpus_says_what_to_do(tmp_path, capsys):
    assert main([str(tmp_path)]) == 2
    assert "give the folder that holds the corpora" in capsys.readouterr().err


def test_annotated_pages_are_read_as_they_are_folded_with_doubtful_names_too(tmp_path):
    article = {"seq": 1, "kicker": None, "headline": "東港村通車", "blocks": [{"role": "body", "text": "由石磊剪彩。"}]}
    names = [("headline", 0, 3, "東港村", "LOC", True), ("headline", 0, 2, "東港", "LOC", False)]
    names.append(("block:0", 1, 3, "石磊", "PER", True))
    keys = ("field", "start", "end", "text", "type", "required")
    rows = [{"article": 1, **dict(zip(keys, name, strict=True))} for name in names]
    (tmp_path / "x.layout.json").write_text(json.dumps({"articles": [article]}), "utf-8")
    path = tmp_path / "x.entities.jsonl"
    path.write_text("\n".join(map(json.dumps, rows)), "utf-8")
    read = [("东港村通车", (Span(0, 3, "LOC"),)), ("由石磊剪彩。", (Span(1, 3, "PER"),))]
    assert read_annotated_names(tmp_path) == read
    path.write_text(json.dumps(rows[2] | {"start": 0}), "utf-8")
    with pytest.raises(ValueError, match=r"x\.entities\.jsonl, line 1"):
        read_annotated_names(tmp_path)
    with pytest.raises(ValueError, match="no annotated pages"):
        read_annotated_names(tmp_path / "none")


def test_the_programme_a_report_was_sent_in_is_no_organisation():
    text = "央视网消息（新闻联播）：今天全国铁路客运量预计一千万人次。"
    assert [m.text for m in find_names_in_text(text)] == ["央视网"]
