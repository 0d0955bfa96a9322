"""Every rule of the grammar finds in its example what it says, is used, and is written over classes that are used."""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections import Counter
from pathlib import Path

import pytest

from tasks.lexicon import grammar, lexicon_path, read_table
from tasks.lexicon.grammar import PATTERNS, pattern, rules, spelled

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="module", autouse=True)
def every_room():
    """Imports all that reads, so that every pattern in use is made."""
    import tasks

    for module in pkgutil.walk_packages(tasks.__path__, "tasks."):
        if not module.name.startswith("tasks.learning"):
            importlib.import_module(module.name)
    from tasks.extraction.periods import find_periods
    from tasks.extraction.quantities import find_quantities

    find_quantities("占 1/2，共 3 个，游客突破5100万")  # those over tables of the lexicon are made when first asked for
    find_quantities("共3个")
    find_periods("今年一季度", None)
    from tasks.repair.bylines import find_dateline

    find_dateline("本报讯")


def test_every_rule_finds_what_its_example_says():
    found = {name: PATTERNS[name].search(rule.example) for name, rule in rules().items() if name in PATTERNS}
    wrong = {name: hit and hit.group() for name, hit in found.items() if not hit or hit.group() != rules()[name].finds}
    assert wrong == {}


def test_no_rule_finds_anything_where_it_must_not():
    astray = {
        f"{name}: {text}": hit.group()
        for name, rule in rules().items()
        for text in rule.refuses
        if name in PATTERNS and (hit := PATTERNS[name].search(text))
    }
    assert astray == {}


def test_every_rule_is_used():
    assert sorted(set(rules()) - set(PATTERNS)) == []


def test_every_class_of_words_is_used_and_stands_together():
    names = [row["class"] for row in read_table("grammar/words")]
    runs = Counter(name for n, name in enumerate(names) if n == 0 or names[n - 1] != name)
    assert [name for name, n in runs.items() if n > 1] == []
    code = "".join(path.read_text("utf-8") for path in sorted((PROJECT / "tasks").rglob("*.py")))
    code += "".join(path.read_text("utf-8") for path in sorted(lexicon_path("grammar").glob("*.toml")))
    asked = set(re.findall(r'words\("(\w+)"\)', code)) | set(re.findall(r"\{(\w+)(?:!letters)?\}", code))
    assert sorted(set(names) - asked) == []


def test_a_rules_id_begins_with_its_file():
    assert [rule.id for rule in rules().values() if rule.id.split(".")[0] != rule.file.removesuffix(".toml")] == []


def test_classes_stand_longest_first_and_as_letters():
    assert spelled("{a}了", a=["好", "很好"]) == "(?:很好|好)了"
    assert spelled("[{a!letters}]{2,3}", a=["上", "下"]) == "[上下]{2,3}"


def test_a_rule_that_is_not_there_is_named():
    with pytest.raises(KeyError, match=r"section\.no_such"):
        pattern("section.no_such")


@pytest.mark.parametrize("texts", [['year = "年"', 'year = "岁"'], ['joiner = "和"'], ['ones = "一"']])
def test_a_fragment_has_a_name_of_its_own(texts, tmp_path, monkeypatch):
    for n, text in enumerate(texts):
        (tmp_path / f"{n}.toml").write_text(f"[fragments]\n{text}\n", "utf-8")
    monkeypatch.setattr(grammar, "lexicon_path", lambda _: tmp_path)
    with pytest.raises(ValueError, match=rf"{len(texts) - 1}\.toml, fragment \w+: the name is"):
        grammar._fragments.__wrapped__()
