"""The grammar of the reading: classes of words, and rules written over them, as data.

What belongs here: `words.csv` (every class of words once, one word a row), one `.toml` of rules for each room of the
reading, and how both become patterns. What does not: what a room does with a rule that fits.

A rule is a regular expression with an id, what it reads, an example and what it finds there, and why it is there or
where it comes from. `{say}` in a pattern stands for any word of the class `say`, longest first; `{say!letters}` for its
letters inside square brackets; `{name}` of a `[fragments]` entry for that piece of pattern. Line breaks and the blanks
after them are left out, so that a long pattern may stand on several lines. The examples are tests
(`tests/extraction/test_grammar.py`), and `python -m tests.ablate` tells what each rule is worth.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from tasks.lexicon import lexicon_path, read_table

_HOLE = re.compile(r"\{([a-z][a-z_]*)(!letters)?\}")
_FIELDS = {"id", "pattern", "reads", "example", "finds", "not", "source", "since"}

PATTERNS: dict[str, re.Pattern[str]] = {}
"""The patterns made so far, by the ids of their rules."""

_IDS: dict[tuple[str, int], str] = {}
"""The ids of the rules by what was made of them: a pattern's text and flags."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the grammar.

    Attributes:
        id: The room and the rule's name in it, such as `statement.gap_before`.
        pattern: The regular expression, with classes and fragments in braces.
        reads: What the rule reads, in a phrase.
        example: A stretch of text, of our own making.
        finds: What the rule finds in the example.
        refuses: Stretches in which it must find nothing.
        source: Why it is there, or the rule of the press or the norm that it follows.
        since: The version that it came with.
        file: The file that it stands in.
    """

    id: str
    pattern: str
    reads: str
    example: str
    finds: str
    refuses: tuple[str, ...]
    source: str
    since: str
    file: str


@cache
def words(name: str) -> tuple[str, ...]:
    """Gives the words of a class, in the file's order.

    Args:
        name: Name of the class in `words.csv`, or of signs in `numerals.csv` (`ones`, `zeros`, …).

    Raises:
        KeyError: There is no such class; names it.

    >>> "计划" in words("plan_kept")
    True
    """
    found = tuple(row["word"] for row in read_table("grammar/words") if row["class"] == name)
    found = found or tuple(row["sign"] for row in read_table("numerals") if name in row["classes"].split())
    if not found:
        raise KeyError(f"No class of words {name} in grammar/words.csv.")
    return found


@cache
def rules() -> dict[str, Rule]:
    """Gives all rules of the grammar by their ids.

    Raises:
        ValueError: A rule lacks a field, has an unknown one or another's id; names the file and the rule.
    """
    found: dict[str, Rule] = {}
    for path in sorted(lexicon_path("grammar").glob("*.toml")):
        for row in tomllib.loads(path.read_text("utf-8")).get("rule", ()):
            if unknown := _FIELDS - {"not"} ^ set(row) - {"not"}:
                raise ValueError(f"{path.name}, rule {row.get('id')}: {', '.join(sorted(unknown))} missing or unknown.")
            if row["id"] in found:
                raise ValueError(f"{path.name}, rule {row['id']}: the id stands in {found[row['id']].file} already.")
            kept = {field: value for field, value in row.items() if field != "not"}
            found[row["id"]] = Rule(**kept, refuses=tuple(row.get("not", ())), file=path.name)
    return found


@cache
def _fragments() -> dict[str, str]:
    """Gives the pieces of patterns by their names.

    Raises:
        ValueError: A piece has another's name, or that of a class of words; names the file and the piece.
    """
    classes = {row["class"] for row in read_table("grammar/words")}
    classes |= {name for row in read_table("numerals") for name in row["classes"].split()}
    found: dict[str, str] = {}
    for path in sorted(lexicon_path("grammar").glob("*.toml")):
        for name, text in tomllib.loads(path.read_text("utf-8")).get("fragments", {}).items():
            if name in found or name in classes:
                raise ValueError(f"{path.name}, fragment {name}: the name is another fragment's or a class's already.")
            found[name] = _joined(text)
    return found


def pattern(name: str, **lists: Iterable[str]) -> re.Pattern[str]:
    """Makes the pattern of a rule.

    Args:
        name: The rule's id.
        lists: Words from other tables of the lexicon for holes that `words.csv` knows nothing of.

    Raises:
        KeyError: There is no such rule, class or fragment; names it.

    >>> pattern("section.by_a_year").findall("到2027年，产值翻番；到明年，全线通车")
    ['到2027年', '到明年']
    """
    made = re.compile(spelled(rules()[name].pattern, **lists))
    PATTERNS[name] = made
    _IDS.setdefault((made.pattern, made.flags), name)
    return made


def rule_of(found: re.Match[str] | None) -> str:
    """Names the rule that found something; empty for nothing found.

    >>> rule_of(pattern("section.by_a_year").search("到2027年，产值翻番"))
    'section.by_a_year'
    """
    return _IDS.get((found.re.pattern, found.re.flags), "") if found else ""


def spelled(template: str, **lists: Iterable[str]) -> str:
    """Fills the holes of a pattern with the words of their classes.

    Args:
        template: A pattern with `{class}`, `{class!letters}` or `{fragment}` in it.
        lists: Words for further holes.

    >>> spelled("(?:{either})了", either=["好", "很好"])
    '(?:(?:很好|好))了'
    """

    def fill(hole: re.Match[str]) -> str:
        name, letters = hole[1], hole[2]
        if name not in lists and name in _fragments():
            return spelled(f"(?:{_fragments()[name]})", **lists)
        known = tuple(lists[name]) if name in lists else words(name)
        escaped = [re.escape(word) for word in sorted(known, key=len, reverse=True)]
        return "".join(escaped) if letters else f"(?:{'|'.join(escaped)})"

    return _HOLE.sub(fill, _joined(template))


def _joined(text: str) -> str:
    return re.sub(r"\n\s*", "", text)
