"""The scorer itself: pages read exactly as annotated score 1, and each kind of mistake costs what it should."""

import json
import subprocess
import sys

import pytest

from tasks.lexicon.grammar import rules
from tests.score.comparing import compare
from tests.score.notions import same_indicator, same_subject
from tests.score.reading import Reading
from tests.score.samples import PROJECT, project_samples
from tests.score.scoring import tallies
from tests.score.table import facts_across
from tests.score.tally import Tally, calibration


def as_annotated(sample):
    """The reading of a page that the annotation itself would be."""
    layout, articles, paragraphs, home = sample.layout(), [], [], {}
    for article in layout["articles"]:
        key = f"a{article['seq']}"
        articles.append(article | {"article_id": key})
        heads = [("kicker", "kicker"), ("headline", "headline"), ("byline", "byline")]
        texts = [(field, role, article[field]) for field, role in heads if article.get(field)]
        texts += [(f"deck:{n}", "deck", text) for n, text in enumerate(article["deck"] or [])]
        texts += [(f"block:{n}", b["role"], b["text"]) for n, b in enumerate(article["blocks"])]
        for field, role, text in texts:
            home[article["seq"], field] = row = {"paragraph_id": f"p{len(paragraphs)}", "article_id": key}
            paragraphs.append(row | {"role": role, "text": text})
    for text in layout["furniture"]:
        paragraphs.append(
            {"paragraph_id": f"p{len(paragraphs)}", "article_id": None, "role": "furniture", "text": text}
        )
    metrics = [
        m
        | home[m["article"], f"block:{m['block']}"]
        | {"start_char": m["start"], "end_char": m["end"], "confidence": 1}
        for m in sample.figures() or []
    ]
    mentions = [
        e | home[e["article"], e["field"]] | {"start_char": e["start"], "end_char": e["end"]}
        for e in sample.names() or []
    ]
    raw = sample.raw.read_text("utf-8")
    return Reading(raw, layout["issue_date"], articles, paragraphs, metrics, mentions)


SAMPLES = project_samples()


def test_the_project_holds_the_seed_pages_and_the_press_as_articles_and_as_pages():
    groups = [sample.group for sample in SAMPLES]
    assert {group: groups.count(group) for group in groups} == {"seeds": 2, "press": 42, "pages": 14}


def test_what_is_read_exactly_as_annotated_scores_one_everywhere():
    total = Tally()
    for sample in SAMPLES:
        total.take(compare(as_annotated(sample), sample.layout(), sample.figures(), sample.names()).tally)
    scores = total.scores()
    assert scores.pop("ece") == scores.pop("characters_lost") == 0
    assert scores.pop("ranking") == 0  # no wrong one to rank below the right ones
    assert set(scores.values()) == {1.0}


@pytest.fixture
def page():
    return next(sample for sample in SAMPLES if sample.group == "seeds")


def scores_with(page, change):
    reading = as_annotated(page)
    change(reading)
    return compare(reading, page.layout(), page.figures(), page.names())


def test_a_figure_with_another_value_is_missed_and_extra_and_no_fact(page):
    required = next(n for n, m in enumerate(page.figures()) if m["required"])

    def change(reading):
        reading.metrics[required]["value"] += 1

    compared = scores_with(page, change)
    total = sum(m["required"] for m in page.figures())
    assert compared.tally.n["figures missed"] == compared.tally.n["figures extra"] == 1
    assert compared.tally.scores()["facts"] == (total - 1) / total
    assert [miss.kind for miss in compared.misses] == ["figure missed"]


def test_a_wrong_subject_is_a_miss_that_shows_both_and_the_sentence(page):
    figure = next(n for n, m in enumerate(page.figures()) if m["required"] and m["subject"] and not m.get("alt"))

    def change(reading):
        reading.metrics[figure]["subject"] = "月球"

    [miss] = scores_with(page, change).misses
    assert (miss.kind, miss.got, miss.right) == ("subject", "月球", page.figures()[figure]["subject"])
    assert miss.printed in miss.sentence


def test_a_name_that_is_not_there_costs_precision_and_an_optional_one_nothing(page):
    optional = [e for e in page.names() if not e["required"]]

    def leave_optional_ones_out(reading):
        reading.mentions[:] = [m for m in reading.mentions if m["required"]]

    assert optional
    assert not scores_with(page, leave_optional_ones_out).misses
    compared = scores_with(
        page, lambda reading: reading.mentions[0].update(end_char=reading.mentions[0]["start_char"] + 1)
    )
    assert {miss.kind.split()[1] for miss in compared.misses} <= {"missed", "extra"}
    assert compared.tally.scores()["names"] < 1


def test_two_paragraphs_in_one_are_two_missed_and_one_extra_but_their_figures_stay_right():
    page = next(sample for sample in SAMPLES if sample.group == "press")

    def change(reading):
        first, second = [p for p in reading.paragraphs if p["role"] == "body"][:2]
        shift = len(first["text"])
        for row in (*reading.metrics, *reading.mentions):
            if row["paragraph_id"] == second["paragraph_id"]:
                row |= {"paragraph_id": first["paragraph_id"]}
                row |= {"start_char": row["start_char"] + shift, "end_char": row["end_char"] + shift}
        first["text"] += second["text"]
        reading.paragraphs.remove(second)

    tally = scores_with(page, change).tally
    assert (tally.n["paragraphs missed"], tally.n["paragraphs extra"]) == (2, 1)
    assert tally.scores()["facts"] == tally.scores()["names"] == 1


@pytest.mark.parametrize(
    ("gold", "got", "same"),
    [
        ("全市", "济南市", True),
        ("全市", "槐荫区", False),
        ("榆树", "榆树市", True),
        ("济南二机床集团有限公司", "济南二机床", True),
        ("济南市", None, False),
    ],
)
def test_subjects_are_the_same_body(gold, got, same):
    assert same_subject(gold, got) == same


@pytest.mark.parametrize(
    ("gold", "got", "same"),
    [
        ("存款余额", "贷款余额", False),
        ("游客", "接待游客", True),
        ("固定资产投资", "利润", False),
        ("营业收入增速", "营业收入", False),
    ],
)
def test_indicators_are_the_same_thing_measured(gold, got, same):
    assert same_indicator(gold, got) == same


def test_calibration_of_one_who_always_says_one_half():
    told = [(0.5, True), (0.5, False)]
    assert calibration(told) == {"ece": 0, "sure": 0, "ranking": 0.5}


def test_calibration_ranks_and_tells_how_often_the_sure_ones_are_right():
    got = calibration([(0.95, True), (0.93, False), (0.2, True), (0.1, False)])
    assert got["ranking"] == 0.75
    assert (got["sure"], got["sure_right"]) == (0.5, 0.5)


def test_genres_of_a_folder_have_a_line_each_and_one_for_all(page):
    compared = compare(as_annotated(page), page.layout(), None, None)
    samples = [type(page)(group, page.name, page.raw, page.gold) for group in ("read a", "read b", "one c", "seeds")]
    assert list(tallies([(s, compared) for s in samples])) == ["one c", "read a", "read b", "read, all", "seeds"]


def test_whole_facts_go_across_in_one_line(page):
    compared = compare(as_annotated(page), page.layout(), page.figures(), None)
    samples = [type(page)(group, page.name, page.raw, page.gold) for group in ("one a", "seeds")]
    across = facts_across(tallies([(s, compared) for s in samples]))
    assert across == "| whole facts | one a | seeds |\n|---|---|---|\n| | 1.000 | 1.000 |"


def test_a_folder_is_scored_and_its_misses_name_the_rules_that_spoke(tmp_path):
    article = next(sample for sample in SAMPLES if sample.group == "press")
    for kind, files in (("raw", [article.raw]), ("gold", article.gold.glob(f"{article.name}.*"))):
        (tmp_path / "local" / kind).mkdir(parents=True)
        for file in files:
            (tmp_path / "local" / kind / file.name).write_bytes(file.read_bytes())
    done = run_scorer(tmp_path / "local", "--reader", "rules", "--misses", tmp_path / "misses.jsonl")
    assert "| local d | 1 |" in done.stdout, done.stderr
    misses = [json.loads(line) for line in (tmp_path / "misses.jsonl").read_text("utf-8").splitlines()]
    assert all(miss["sentence"] and miss["document"] == article.name for miss in misses)
    assert any(rule.partition(":")[0] in rules() for miss in misses for rule in miss["rules"])


def test_a_folder_without_annotated_pages_is_told_in_a_sentence(tmp_path):
    done = run_scorer(tmp_path)
    assert done.returncode == 2
    assert "holds no annotated pages: give a folder with raw/*.txt and gold/*.layout.json." in done.stderr


def run_scorer(*arguments):
    command = [sys.executable, "-m", "tests.score", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT, timeout=600)
