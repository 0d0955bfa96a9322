"""Where one article ends and the next begins: one scored, explainable decision for each gap between two texts.

What belongs here: reading the evidence of a gap between two units of text, with the display lines between them, as keys
of `border_evidence.csv`, and adding it up. What does not: evidence about what the texts say (`topics`), and where the
display lines between two articles go (`places`). Scores are log-odds in favour of a border.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from tasks.lexicon.grammar import pattern
from tasks.repair.evidence import opens_report
from tasks.repair.gaps import BULLET, FEW_BLANKS, Gap, add_boxes, add_habits, border_weights, box_names, heads_between
from tasks.repair.lines import display_width
from tasks.repair.looks import Looks
from tasks.repair.setting import head_evidence, size_of
from tasks.repair.setting import weights as setting_weights
from tasks.repair.topics import Topics
from tasks.repair.units import Unit

_NUMBERED = pattern("repair.numbered_text")
_BRACKET = re.compile(r"[【\[［〔]")
_ADDRESS = pattern("repair.speech_begins")
_INNER = pattern("repair.goes_on_within")
_SURELY_NOT = -8.0
"""Log-odds below which what the texts say can't make a border any more."""
_ONE = "between/one"


def read_borders(chain: Sequence[Unit]) -> list[Gap]:
    """Weighs each gap between two neighbouring texts of a sheet.

    Args:
        chain: Units of a sheet in reading order, without furniture and without captions inside an article.
    """
    texts = _texts(chain)
    known = _known_shifts(chain)
    gaps = [Gap(a[-1], b[0], list(_text_evidence(chain, a[-1], b[0], known))) for a, b in pairwise(texts)]
    add_boxes(chain, gaps)
    add_habits(chain, gaps)
    topics = Topics(["\n".join(chain[i].text for i in text) for text in texts])
    weights = border_weights()
    for n, gap in enumerate(gaps):
        gap.odds = weights["always"] + math.fsum([weights.get(key, 0.0) for key in gap.keys])
        if key := _by_size(chain, gap):
            gap.odds += setting_weights()[key]
        if gap.odds > _SURELY_NOT:
            talk = list(topics.evidence(n, heads_between(chain, gap.left, gap.right)))
            gap.keys += talk
            gap.odds += math.fsum([weights.get(key, 0.0) for key in talk])
    return [*gaps, *(Gap(i, i + 1, [_ONE], weights[_ONE]) for text in texts for i in text[:-1])]


def _texts(chain: Sequence[Unit]) -> list[range]:
    """Gives the texts between which an article may end: the rows of one table, the verses of one poem count as one."""
    found: list[range] = []
    for i, unit in enumerate(chain):
        if unit.kind not in ("text", "note", "caption"):
            continue
        if unit.stands and found and found[-1].stop == i and chain[i - 1].stands:
            found[-1] = range(found[-1].start, i + 1)
        else:
            found.append(range(i, i + 1))
    return found


def _by_size(chain: Sequence[Unit], gap: Gap) -> str | None:
    """Tells what the sizes of the display lines in a gap say, where the file says how large they are."""
    if chain[gap.left].lines[-1].setting is None or "caption" in (chain[gap.left].kind, chain[gap.right].kind):
        return None
    known = size_of(chain[gap.left].lines) is not None
    return head_evidence([unit.lines for unit in heads_between(chain, gap.left, gap.right)], known)


def _text_evidence(chain: Sequence[Unit], a: int, b: int, known: Set[int]) -> Iterator[str]:
    """Lists what the two texts and the lines between them show by their wording and setting."""
    left, right, heads = chain[a], chain[b], heads_between(chain, a, b)
    yield from _ends(left)
    yield from _begins(right)
    if any(unit.kind == "byline" for unit in chain[a + 1 : b]):
        yield "between/byline"
    between = "heads" if heads else "plain"
    yield from _set_apart(chain, a, b, between)
    yield from _head_evidence(heads, right, known)
    yield from _setting(left, right)


def _ends(left: Unit) -> Iterator[str]:
    if left.looks.jump_out:
        yield "ends/jump"
    elif left.credit is not None:
        yield "ends/credit"
    elif left.kind == "text" and not left.stands and left.looks.ends in ("word", "comma"):
        yield "ends/open"
    elif left.text[-1] in "：:":
        yield "ends/colon"
    if left.kind != "text":
        yield f"ends/{left.kind}"
    elif left.stands:
        yield f"ends/{left.stands}"


def _begins(right: Unit) -> Iterator[str]:
    text = right.text
    if Looks(text).jump_in:
        yield "begins/jump"
    elif right.stands:
        yield f"begins/{right.stands}"
    elif right.dateline:
        yield "begins/dateline"
    elif right.named:
        yield "begins/reporter"
    elif right.kind == "caption":
        yield "begins/caption"
    elif right.kind == "note":
        yield "begins/note"
    elif _ADDRESS.match(text):
        yield "begins/address"
    elif _NUMBERED.match(text):
        yield "begins/number"
    elif BULLET.match(text):
        yield "begins/bullet"
    elif _INNER.match(text):
        yield "begins/inner"
    elif opens_report(text):
        yield "begins/lead"
    else:
        yield "begins/plain"


def _set_apart(chain: Sequence[Unit], a: int, b: int, between: str) -> Iterator[str]:
    """Tells how many blank lines stand before what comes after a text, and before the text after."""
    yield f"{between}/blank {min(chain[a + 1].blanks, FEW_BLANKS + 1)}"
    if b > a + 1:
        yield f"below/blank {min(chain[b].blanks, FEW_BLANKS)}"


def _known_shifts(chain: Sequence[Unit]) -> set[int]:
    """Gives the indents of lines that are headlines for sure: those above a sheet's first text.

    A sheet that ends with a display line sets headlines below their texts; there nothing is sure.
    """
    if not chain or chain[-1].kind == "head":
        return set()
    first = next((i for i, unit in enumerate(chain) if unit.textual), 0)
    return {unit.lines[0].indent for unit in chain[:first] if unit.kind == "head"}


def _head_evidence(heads: Sequence[Unit], right: Unit, known: Set[int]) -> Iterator[str]:
    """Tells a headline's shape from a subhead's.

    Args:
        heads: Display lines.
        right: The text below them.
        known: Indents of headlines of the sheet that are known to be such.
    """
    if not heads:
        yield "heads/none"
        return
    widest = max(heads, key=lambda unit: display_width(unit.text))
    size = display_width(widest.text)
    yield f"heads/{min(len(heads), 3)}"
    yield "width/" + (
        "16" if size <= 16 else "24" if size <= 24 else "32" if size <= 32 else "44" if size <= 44 else "more"
    )
    first = heads[0].text
    if is_numbered(first):
        yield "head/number"
    elif BULLET.match(first):
        yield "head/bullet"
    elif _BRACKET.match(first):
        yield "head/bracket"
    if first[-1] in "：:":
        yield "head/colon"
    if any(" " in unit.text or "\u3000" in unit.text for unit in heads):
        yield "head/halves"
    if any(unit.text.startswith("—") for unit in heads):
        yield "head/dash"
    if any(unit.text in box_names() for unit in heads):
        yield "head/box"
    if heads[-1].over or widest.lines[0].width > 1.15 * max(line.edge for line in right.lines):
        yield "head/over"
    indent = right.lines[0].indent
    own = heads[0].lines[0].indent
    if known:
        yield "shift/known" if own in known else "shift/other"
    if own in known:
        return
    if own > max(indent, 2):
        yield "head/centred"
    elif indent and own == indent:
        yield "head/indented"


def is_numbered(text: str) -> bool:
    """Tells whether a display line begins with the number of a heading.

    >>> [is_numbered(text) for text in ("（一）种子", "二、化肥", "第一书记的心愿")]
    [True, True, False]
    """
    return _NUMBERED.match(text) is not None and not text[-1].isdigit()


def _setting(left: Unit, right: Unit) -> Iterator[str]:
    """Compares the columns and indents in which two texts are set."""
    a, b = _column(left), _column(right)
    if a and b:
        yield "column/other" if abs(a - b) > 3 else "column/same"
    if left.kind == right.kind == "text":
        yield "indent/same" if left.lines[0].indent == right.lines[0].indent else "indent/other"


def _column(unit: Unit) -> int:
    """Gives the width of the column a text is set in, 0 where it has too few lines to tell."""
    if len(unit.lines) < 3:
        return 0
    return max(line.edge for line in unit.lines[:-1])
