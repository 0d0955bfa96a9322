"""Which names on a page are short forms of longer ones: 钢研集团 of 中国钢研科技集团.

What belongs here: comparing the texts of names of one kind. What does not: what the longest form stands for
(`entities`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from tasks.lexicon.grammar import pattern, words
from tasks.reading.gazetteer import division_forms, lies_in, split_divisions

_COMPANY_TAIL = pattern("names.firm_behind")
_FIRM_AT_END = pattern("names.firm_at_the_end")
_DOTS, _SPACES = re.compile(r"[•・‧∙⋅]"), re.compile(r"\s+")
_SHORTEST_TAIL = 3
_MOST_NAMESAKES = 300  # a text with more names of one ending is no page, and comparing them all would take too long


@lru_cache(1 << 16)
def squeeze_name(text: str) -> str:
    """Takes white space out of a name, and the many printed middle dots to one.

    >>> squeeze_name("王 健"), squeeze_name("努尔兰•叶尔肯")
    ('王健', '努尔兰·叶尔肯')
    """
    return _DOTS.sub("·", _SPACES.sub("", text))


def full_forms(names: Iterable[str], kind: str) -> dict[str, str]:
    """Gives for each short name the one longer name that it abbreviates; nothing where there are several.

    Args:
        names: The names of one kind on a page or in an article, as printed.
        kind: ORG or LOC.

    >>> full_forms(["中央活力区", "云岭市中央活力区"], "LOC")
    {'中央活力区': '云岭市中央活力区'}
    """
    texts = sorted({squeeze_name(name) for name in names}, key=lambda t: (len(t), t))
    # a name that another one abbreviates holds its last two letters
    holding: dict[str, list[str]] = {text[-2:]: [] for text in texts}
    for text in texts:
        for pair in {text[at : at + 2] for at in range(len(text) - 1)} & holding.keys():
            holding[pair].append(text)
    fuller: dict[str, str] = {}
    for short in texts:
        near = holding[short[-2:]] if len(short) > 1 else []
        if len(near) > _MOST_NAMESAKES:
            continue
        longer = [t for t in near if len(t) > len(short) and abbreviates(short, t, kind)]
        # 槐荫区统计局, 济南市槐荫区统计局: several that are forms of one another count as the longest
        if longer and all(t == longer[-1] or abbreviates(t, longer[-1], kind) for t in longer):
            fuller[short] = longer[-1]
    return fuller | _of_one_place(texts) if kind == "LOC" else fuller


def _of_one_place(texts: Sequence[str]) -> dict[str, str]:
    """Short and long ways to say where one thing lies: 济南|中央活力区, 济南市槐荫区|中央活力区, 中央活力区."""
    by_tail: dict[str, list[str]] = {}
    heads = {text: _head(text) for text in texts}
    for text in texts:
        tail = text[heads[text] :]
        if len(tail) >= _SHORTEST_TAIL and tail not in division_forms():
            by_tail.setdefault(tail, []).append(text)
    fuller: dict[str, str] = {}
    for forms in by_tail.values():
        longest = forms[-1]
        outer = [text[: heads[text]] for text in forms[:-1] if heads[text]]
        if heads[longest] and all(_holds(head, longest[: heads[longest]]) for head in outer):
            fuller.update(dict.fromkeys(forms[:-1], longest))
    return fuller


def _head(text: str) -> int:
    """How many characters of a name are divisions, in full or, before the rest, in short."""
    _, length = split_divisions(text)
    if length:
        return length
    return next((n for n in range(min(5, len(text) - _SHORTEST_TAIL), 1, -1) if text[:n] in division_forms()), 0)


def _holds(outer: str, inner: str) -> bool:
    """Says whether what one head of a name means holds, or is, what another one means."""
    held = split_divisions(inner)[0] or division_forms().get(inner, ())
    holding = split_divisions(outer)[0] or division_forms().get(outer, ())
    return any(a.adcode == b.adcode or lies_in(a, b) for a, _ in held for b, _ in holding)


def abbreviates(short: str, long: str, kind: str = "ORG") -> bool:
    """Says whether one name is a short form of another one.

    >>> abbreviates("钢研集团", "中国钢研科技集团"), abbreviates("金鼎电子", "山东金鼎电子材料有限公司")
    (True, True)
    >>> abbreviates("山东大学", "山东大学国家大学科技园")
    False
    """
    if long.endswith(short):
        return kind == "LOC" or len(short) >= 3
    if kind == "LOC" or len(short) < 3:
        return False
    if long.startswith(short):
        return bool(_COMPANY_TAIL.fullmatch(long[len(short) :])) and not short.endswith(words("no_short_firm"))
    if short in long:
        return bool(_FIRM_AT_END.search(long))
    letters = iter(long)
    return short[-2:] == long[-2:] and all(letter in letters for letter in short)
