"""Switching off a rule that the ablation calls useful makes `test_no_score_falls` fail: ten of them, and two words."""

import subprocess
import sys

from tests.score.samples import PROJECT

USEFUL = (
    "indicator.holds_a_rank",
    "indicator.its_rate",
    "subject.speaks",
    "subject.stands_for_a_body",
    "subject.all_of_a_region",
    "statement.level_in_percent",
    "statement.pulls",
    "statement.base_at_new_year",
    "statement.base_of_a_year_ago",
    "repair.bylines.is_byline",
    "grammar/words: joiner,、",
    "triggers: 增长,up",
)


def test_ten_useful_rules_and_two_words_are_missed():
    command = [sys.executable, "-m", "tests.ablate.floors", *USEFUL]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT, timeout=900)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(done.stdout.splitlines()) == len(USEFUL)


def test_a_switch_that_is_not_there_is_told():
    command = [sys.executable, "-m", "tests.ablate.floors", "extraction.facts.no_such_rule"]
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=PROJECT, timeout=300)
    assert (done.returncode, done.stdout) == (2, "")
    assert "No such switch: extraction.facts.no_such_rule" in done.stderr
