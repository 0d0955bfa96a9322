"""Join or break: one scored, explainable decision for each gap between two printed lines.

What belongs here: how the evidence of a gap adds up, and the best reading of a whole sheet.
What does not: reading the evidence (`evidence`, `habits`, `display`), and what a paragraph is to an article
(`articles`). Scores are log-odds; those of text and fill are data (`gap_evidence.csv`).
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np

from tasks.lexicon import read_table
from tasks.repair.block import Block
from tasks.repair.display import display_scores
from tasks.repair.evidence import Evidence, read_gaps
from tasks.repair.habits import Habits, learn_habits
from tasks.repair.lines import Line, column_edges
from tasks.repair.series import find_series
from tasks.repair.setting import gap_odds_of_setting
from tasks.repair.standing import REASONS, standing_lines

_TEXT_END = {"stop": 0.0, "word": -4.2, "comma": -5.0, "colon": -2.0, "close": -1.5, "open": -8.0}
"""Score of a line of running text by how it ends, against display text, where nothing says that it goes on."""
_CUT_OFF = 0.5
"""Share of it that counts for a sheet's last line with a comma, since a sentence may go on on the next sheet."""


def split_blocks(lines: Sequence[Line]) -> list[Block]:
    """Puts the printed lines of a sheet together to paragraphs and display lines.

    Args:
        lines: All printed lines of one sheet.

    Returns:
        Blocks in the order of their first lines, every line in exactly one block.
    """
    if not lines:
        return []
    standing, gaps, texts, display, habits = weigh(lines)
    joins = texts + habits.by_indent + habits.by_blank
    if any(line.setting for line in lines):
        joins = joins + np.array(gap_odds_of_setting(lines))
    ends = [_TEXT_END[line.looks.ends] for line in lines]
    if "，" in lines[-1].text:
        ends[-1] *= _CUT_OFF
    ties = [_weights()[gap[3]] for gap in gaps]
    shown, joined = _best_reading(display, joins.tolist(), ends, ties, habits)
    return _assemble(lines, gaps, shown, joined, habits, standing)


def weigh(lines: Sequence[Line]) -> tuple[dict[int, str], list[Evidence], Any, list[float], Habits]:
    """Gathers all evidence of a sheet.

    Args:
        lines: Printed lines of one sheet.

    Returns:
        Lines that stand for themselves, and what they are; the gaps, and what text and fill say for joining them; the
        score of each line as display text; what the sheet's habits say.
    """
    before, after = column_edges(lines)
    edges = list(map(max, before, after))
    series = find_series(lines)
    standing = standing_lines(lines, edges, series)
    points = {point.at for row in series for point in row}
    gaps = read_gaps(lines, before, after, points)
    leads = {at - 1 for at in {row[0].at for row in series} | standing.keys()}
    display = display_scores(lines, edges, after, gaps, standing, leads)
    texts = np.array([text_odds(gap) for gap in gaps])
    long = np.array([gap[0].startswith("long") for gap in gaps], dtype=float)
    running = np.array([display[i] < 1 and display[i + 1] < 1 for i in range(len(gaps))], dtype=float)
    return standing, gaps, texts, display, learn_habits(lines, texts, long, running, display)


@cache
def _weights() -> dict[str, float]:
    return {row["evidence"]: float(row["weight"]) for row in read_table("gap_evidence")}


@lru_cache(maxsize=20_000)
def text_odds(gap: Evidence) -> float:
    """Adds up what text and fill say for joining a gap, as log-odds."""
    weights = _weights()
    return math.fsum(weights[key] for key in gap)


def _best_reading(
    display: Sequence[float], joins: Sequence[float], ends: Sequence[float], ties: Sequence[float], habits: Habits
) -> tuple[list[bool], list[bool]]:
    """Finds the reading of a sheet with the highest sum: which lines are display text, which gaps are joined.

    Args:
        display: Score of each line as display text; running text scores 0.
        joins: Score of joining each gap; breaking it scores 0.
        ends: Score of each line as the last one of a paragraph.
        ties: Score of a quotation that runs across each gap, which ties display lines together as it does text.
        habits: Score of the gaps beside display text.

    Returns:
        For each line, whether it is display text; for each gap, whether it is joined.
    """
    text_score, display_score = 0.0, display[0]
    back: list[tuple[bool, bool]] = []  # best predecessor is display, for a text line and for a display line
    into, within, out_of = habits.to_display.tolist(), habits.in_display.tolist(), habits.from_display.tolist()
    for i, join in enumerate(joins):
        leave = text_score + ends[i]
        stay = leave + max(join, 0.0)
        shown_next, shown_first = display_score + within[i] + ties[i], leave + into[i]
        back.append((display_score + out_of[i] > stay, shown_next > shown_first))
        text_score, display_score = (
            max(display_score + out_of[i], stay),
            max(shown_next, shown_first) + display[i + 1],
        )
    shown = [False] * len(display)
    shown[-1] = display_score > text_score + ends[-1]
    for i in range(len(back) - 1, -1, -1):
        shown[i] = back[i][1] if shown[i + 1] else back[i][0]
    joined = [not shown[i] and not shown[i + 1] and join > 0 for i, join in enumerate(joins)]
    return shown, joined


def _assemble(
    lines: Sequence[Line],
    gaps: Sequence[Evidence],
    shown: Sequence[bool],
    joined: Sequence[bool],
    habits: Habits,
    standing: Mapping[int, str],
) -> list[Block]:
    by_indent, by_blank = habits.by_indent.round(1).tolist(), habits.by_blank.round(1).tolist()
    over = [gap[0].startswith("over") for gap in gaps] + [False]
    blocks = [Block([lines[0]], ["Starts here: the first line."], shown[0], over[0], stands=standing.get(0, ""))]
    for i, line in enumerate(lines[1:]):
        if shown[i + 1] and i + 1 in standing:
            reason = f"Starts here: {REASONS[standing[i + 1]]}."
        elif shown[i + 1] or shown[i]:
            reason = f"Starts here: {'set as display text' if shown[i + 1] else 'the line before is display text'}."
        else:
            reason = _reason(gaps[i], joined[i], by_indent[i], by_blank[i], line.blanks > 0)
        if joined[i]:
            blocks[-1].lines.append(line)
            blocks[-1].reasons.append(reason)
        else:
            stands = standing.get(i + 1, "") if shown[i + 1] else ""
            blocks.append(Block([line], [reason], shown[i + 1], over[i + 1], stands=stands))
    return blocks


@cache
def _words() -> dict[str, str]:
    return {row["evidence"]: row["reason"] for row in read_table("gap_evidence")}


@lru_cache(maxsize=50_000)
def _reason(gap: Evidence, join: bool, by_indent: float, by_blank: float, blank: bool) -> str:
    """Says in one sentence what decided a gap: the two strongest pieces of evidence on the side that won."""
    weights, words = _weights(), _words()
    found: list[tuple[float, str]] = [(weights[key], words[key]) for key in gap if words[key]]
    found.append((by_indent, "it is not indented" if by_indent > 0 else "it is indented"))
    found.append((by_blank, _blank_words(blank, by_blank > 0)))
    side = 1 if join else -1
    strongest = sorted((pair for pair in found if pair[0] * side > 0.2), key=lambda pair: -pair[0] * side)[:2]
    because = " and ".join(text for _, text in strongest) or "nothing speaks against it"
    return f"{'Joined' if join else 'Starts here'}: {because}."


def _blank_words(blank: bool, joins: bool) -> str:
    if blank:
        return "blank lines cut paragraphs here" if joins else "a blank line stands before it"
    return "no blank line stands before it" if joins else "paragraphs follow without blank lines here"


def gap_odds(lines: Sequence[Line]) -> tuple[list[Evidence], Any]:
    """Gives the evidence of each gap and the log-odds its indent and blank line add, for fitting the weights."""
    _, gaps, _, _, habits = weigh(lines)
    return gaps, habits.by_indent + habits.by_blank
