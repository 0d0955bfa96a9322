"""Sentences cut in two by something that stands between: a caption, a standfirst, another block.

What belongs here: finding where a cut sentence goes on. What does not: joining neighbouring lines (`blocks`).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from tasks.repair.block import Block, join_lines
from tasks.repair.evidence import runs_across
from tasks.repair.lines import Line
from tasks.repair.looks import Looks

_REACH = 6
"""Blocks that may stand between the halves of a sentence."""
_LEAST_GAIN = 0.5
_UNLIKELY = 0.7
"""What it costs to suppose that something stands inside a sentence; and a third of it for each block that does."""
_LEFT_OPEN = -1.5
"""Score of a paragraph that stops in mid-sentence for good."""
_MOST_CUTS = 3
ONE_SENTENCE = re.compile(r"^[^。！？]{6,90}[。！？]?$")
_CUT = ("word", "comma", "open")


def mend_halves(blocks: Sequence[Block]) -> list[Block]:
    """Joins the halves of sentences with something between them.

    A paragraph that stops in mid-sentence, or that was joined across a blank line for want of anything better, is
    joined to the block after the interruption if that reads better.

    Args:
        blocks: Blocks of a sheet in reading order.

    Returns:
        The blocks, joined halves where the first one stood; what stood between is marked `inside`.
    """
    waiting = list(blocks)
    at = 0
    while at < len(waiting):
        block = waiting[at]
        at += 1
        for _ in range(_MOST_CUTS):
            closed = block.display or block.lines[0].width < 24 or Looks(join_lines(block.lines[-2:])).jump_out
            found = None if closed else _best_cut(block, waiting[at : at + _REACH])
            if found is None:
                break
            _mend(block, *found, waiting, at)
    return waiting


def _mend(block: Block, cut: int, ahead: int, waiting: list[Block], at: int) -> None:
    """Joins a block's lines before the cut with the block ahead; lines after the cut become a block of their own."""
    second = waiting.pop(at + ahead)
    if cut < len(block.lines):
        reasons = ["Starts here: it stands inside a cut sentence.", *block.reasons[cut + 1 :]]
        waiting.insert(at, Block(block.lines[cut:], reasons))
        ahead += 1
    for between in waiting[at : at + ahead]:
        between.inside = True
    reason = f"Joined: the sentence that line {block.lines[cut - 1].number} cuts off goes on here."
    block.lines = [*block.lines[:cut], *second.lines]
    block.reasons = [*block.reasons[:cut], reason, *second.reasons[1:]]


def _best_cut(block: Block, after: Sequence[Block]) -> tuple[int, int] | None:
    """Finds the line after which a block was interrupted and the block ahead that goes on with it.

    Returns:
        Number of lines before the cut, and place of the second half in `after`; None where nothing reads better.
    """
    ends = [line.looks.ends for line in block.lines]
    cuts = [k for k in range(1, len(ends)) if block.lines[k].blanks and ends[k - 1] in _CUT]
    if block.unfinished:
        cuts.append(len(block.lines))
    best_gain, best = _LEAST_GAIN, None
    for cut in cuts[-3:]:
        left = block.lines[:cut]
        rest = block.lines[cut:]
        if rest and (ends[-1] != "stop" or not _stands_alone(rest)):
            continue
        stays = _continues(left, rest) if rest else _LEFT_OPEN
        for ahead, second in enumerate(after):
            if (second.display and second.looks.byline) or second.looks.dateline is not None or second.looks.jump_in:
                break
            if second.display or (ahead == 0 and not rest):
                continue
            gain = _continues(left, second.lines) - stays - _UNLIKELY * (1 + ahead / 3)
            gain += _interrupted(second, after[ahead - 1] if ahead else None)
            if gain > best_gain:
                best_gain, best = gain, (cut, ahead)
    return best


def _stands_alone(lines: Sequence[Line]) -> bool:
    """Tells whether lines that were joined may as well begin a paragraph, or are a caption."""
    first = lines[0]
    return first.looks.begins >= 2.0 or (
        len(lines) == 1 and first.blanks >= 2 and ONE_SENTENCE.match(first.text) is not None
    )


def _interrupted(second: Block, before: Block | None) -> float:
    """Scores whether the space before a second half looks like that of a picture and its caption."""
    score = -1.0 if second.lines[0].blanks >= 2 else 0.0
    if len(second.text) <= 50 and ONE_SENTENCE.match(second.text):
        score -= 1.0
    if before is not None and before.lines[0].blanks >= 2 and ONE_SENTENCE.match(before.text):
        score += 1.0
    return score


def _continues(left: Sequence[Line], right: Sequence[Line]) -> float:
    """Scores lines as the direct continuation of others: no beginning of a sentence, a word across, common words."""
    odds = right[0].looks.begins
    score = -odds
    if runs_across(left[-1].text, right[0].text):
        score += 3.0 if odds < 1.0 else 1.0
    if right[0].indent > min(line.indent for line in left[-2:]):
        score -= 4.0
    pairs = character_pairs("".join(line.text[-200:] for line in left[-8:])[-200:])
    return score + min(1.0, 0.2 * len(pairs & character_pairs("".join(line.text[:120] for line in right[:6])[:120])))


def character_pairs(text: str) -> set[str]:
    """Lists the pairs of neighbouring Chinese characters of a text."""
    return {text[k : k + 2] for k in range(len(text) - 1) if text[k] > "\u3400" and text[k + 1] > "\u3400"}
