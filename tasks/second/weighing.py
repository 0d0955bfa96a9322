"""Says what a second reader's answer is to our own reading of a figure: the same, another one, nothing to go by.

What belongs here: when two readings mean the same, and dates, which our own code makes of printed times. What does not:
what of an answer may be used at all (`answers`), what becomes of it (`warehouse.load.second_readings`).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tasks.extraction.facts.indicator.known_indicators import find_indicator
from tasks.extraction.facts.subject.article_owners import BODY_WORD, COLLECTIVE, NATION
from tasks.extraction.facts.subject.region_names import SUFFIXES
from tasks.extraction.periods import find_periods
from tasks.second.answers import FIELDS, WHOLE, Reading

Row = Mapping[str, Any]
Days = tuple[date | None, date | None]
_NONE: Days = (None, None)

_MARKS = re.compile(r"[\s“”\"'《》（）()，,、的了]")


@dataclass(frozen=True, slots=True)
class Weighed:
    """What an answer is to our reading.

    Attributes:
        verdict: agrees, differs, no figure, not said or dropped.
        agreed: Fields that are read as ours.
        differing: Fields that are read otherwise, with that reading.
        unsaid: Fields of ours that the text does not tell the second reader.
        dropped: Fields not to be used, with the reason.
        days: First and last day of the time that was answered, where it is another than ours.
    """

    verdict: str
    agreed: tuple[str, ...] = ()
    differing: Mapping[str, str] = field(default_factory=dict)
    unsaid: tuple[str, ...] = ()
    dropped: Mapping[str, str] = field(default_factory=dict)
    days: Days = (None, None)


def weigh(reading: Reading, ours: Row, parts: Sequence[str], issue_day: date | None) -> Weighed:
    """Compares an answer with our reading, field by field.

    Args:
        reading: What may be used of the answer.
        ours: The figure: measure, comparison, indicator, subject, period, period_start, period_end, modality.
        parts: The printed texts that were sent, the paragraph first.
        issue_day: Day of publication, where it is known.

    >>> weigh(Reading(fields={"subject": "济南市槐荫区"}), {"subject": "槐荫区"}, [], None).verdict
    'agrees'
    """
    if not reading.figure:
        return Weighed("no figure")
    dropped, days = dict(reading.dropped), _NONE
    agreed, unsaid = [], []
    differing: dict[str, str] = {}
    for name in FIELDS if WHOLE not in dropped else ():
        theirs, mine = reading.fields.get(name), ours.get(name)
        if name in dropped or (name == "comparison" and not _is_compared(reading, ours)):
            continue
        if theirs is None:
            unsaid += [name] if mine else []
            continue
        if name == "period":
            same, days = _same_period(theirs, ours, parts, issue_day)
            if not same and days == _NONE:
                dropped[name] = "it is no time that can be put into dates"
                continue
        else:
            same = _SAME[name](theirs, mine)
        if same:
            agreed.append(name)
        else:
            differing[name] = theirs
    verdict = _verdict(agreed, differing, unsaid, dropped)
    return Weighed(verdict, tuple(agreed), differing, tuple(unsaid), dropped, days if "period" in differing else _NONE)


def _verdict(agreed: Sequence[str], differing: Row, unsaid: Sequence[str], dropped: Row) -> str:
    if differing:
        return "differs"
    if dropped:
        return "dropped"
    return "agrees" if agreed and not unsaid else "not said"


def _is_compared(reading: Reading, ours: Row) -> bool:
    """Whether the figure is held for a growth: what a level is compared with is no question."""
    return (reading.fields.get("measure") or ours.get("measure")) == "growth"


def stands_in(subject: str) -> bool:
    """Tells whether a subject only stands for a name: 全市, 该公司.

    >>> stands_in("全市"), stands_in("济南市")
    (True, False)
    """
    return any(word.fullmatch(subject) for word in (COLLECTIVE, NATION, BODY_WORD))


def _same_subject(theirs: str, mine: str | None) -> bool:
    """Tells whether two names mean the same body: a region the same region, of other bodies one may be shortened."""
    a, b = _bare(theirs), _bare(mine)
    if not a or not b or a == b:
        return a == b
    if collective := COLLECTIVE.fullmatch(a):  # 全市 is said of whichever city it is
        return b[-1] == collective[1]
    short, long = sorted((a, b), key=len)
    if short[-1] in SUFFIXES or long[-1] in SUFFIXES or short.endswith("街道"):
        return long.endswith(short) or (len(long) == len(short) + 1 and long.startswith(short))
    return short in long and len(long) <= 2.5 * len(short)


def _same_indicator(theirs: str, mine: str | None) -> bool:
    """Tells whether two phrases name the same thing: equal, known under one key, or one the tail of the other."""
    a, b = _bare(theirs), _bare(mine)
    if not a or not b or a == b:
        return a == b
    known = find_indicator(theirs), find_indicator(mine or "")
    if known[0] and known[1]:
        return known[0].key == known[1].key
    short, long = sorted((a, b), key=len)
    return long.endswith(short) and len(long) <= 3 * len(short)


def _same_choice(theirs: str, mine: str | None) -> bool:
    return theirs == mine


_SAME = {
    "measure": _same_choice,
    "comparison": _same_choice,
    "modality": _same_choice,
    "indicator": _same_indicator,
    "subject": _same_subject,
}


def _same_period(theirs: str, ours: Row, parts: Sequence[str], issue_day: date | None) -> tuple[bool, Days]:
    if _bare(theirs) == _bare(ours.get("period")):
        return True, _NONE
    days = days_of(theirs, parts, issue_day)
    return days != _NONE and days == (ours.get("period_start"), ours.get("period_end")), days


def days_of(printed: str, parts: Sequence[str], issue_day: date | None) -> Days:
    """Puts a printed time into dates, as it stands in its text; none where our own code reads none there.

    Args:
        printed: The time.
        parts: The printed texts that it may stand in.
        issue_day: Day of publication.

    >>> days_of("一季度", ["今年一季度增长8%。"], date(2023, 4, 24))
    (datetime.date(2023, 1, 1), datetime.date(2023, 3, 31))
    """
    wanted = _bare(printed)
    for text in parts:
        found = [period for period in find_periods(text, issue_day) if period.kind != "compare"]
        exact = [period for period in found if _bare(period.text) == wanted]
        near = exact or [p for p in found if wanted in _bare(p.text) or _bare(p.text) in wanted]
        if near:
            longest = max(near, key=lambda period: len(period.text))
            return longest.start, longest.end
    return _NONE


def _bare(name: str | None) -> str:
    return _MARKS.sub("", name or "")
