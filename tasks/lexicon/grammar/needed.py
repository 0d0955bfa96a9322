"""Which characters a text must hold, or end with, for a pattern to find anything in it.

What belongs here: reading that off a pattern. What does not: the patterns, and where it pays to ask (a search that
finds nothing in a sentence costs twenty times as much as a look at the sentence's characters).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from re import _constants as ops  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any, NamedTuple

_MOST = 64
"""Characters of a class beyond which it tells nothing: every sentence has one of all the Han characters."""

_PLACES = {ops.AT, ops.ASSERT, ops.ASSERT_NOT}
_REPEATED = {ops.MAX_REPEAT, ops.MIN_REPEAT, ops.POSSESSIVE_REPEAT}


class _Needs(NamedTuple):
    """What a piece of a pattern asks for: all of some characters, and one of some others; None: of any."""

    all_of: frozenset[str]
    one_of: frozenset[str] | None


_NOTHING = _Needs(frozenset(), None)


def needed_signs(found_by: re.Pattern[str]) -> frozenset[str]:
    """Gives characters of which whatever a pattern finds holds one at least.

    Args:
        found_by: A pattern that looks for something: one that may find nothing but an empty place has no such signs.

    Raises:
        ValueError: What the pattern finds need not hold any particular character.

    >>> sorted(needed_signs(re.compile("(?:全国|我国)(?!首)")))
    ['国']
    >>> sorted(needed_signs(re.compile("[东西]部|各地(?!区)")))
    ['各', '部']
    """
    needs = _sequence(parser.parse(found_by.pattern, found_by.flags & ~re.UNICODE))
    signs = frozenset(sorted(needs.all_of)[:1]) or needs.one_of
    if not signs or found_by.flags & re.IGNORECASE:
        raise ValueError(f"The pattern {found_by.pattern} finds things that have no character in common.")
    return signs


def last_signs(found_by: re.Pattern[str]) -> frozenset[str]:
    r"""Gives the characters of which a text ends with one where a pattern finds something at its end ($).

    A line break is one of them, since `$` overlooks the last one.

    Args:
        found_by: A pattern that finds nothing without characters.

    Raises:
        ValueError: It looks at no end, or what it finds may end with any character or is nothing.

    >>> sorted(last_signs(re.compile("(?:近|超过)(?:了|达)?$")))
    ['\n', '了', '达', '过', '近']
    """
    pieces = parser.parse(found_by.pattern, found_by.flags & ~re.UNICODE)
    signs, empty = _end(pieces) if pieces[-1:] and pieces[-1] == (ops.AT, ops.AT_END) else (None, False)
    if not signs or empty or found_by.flags & (re.IGNORECASE | re.MULTILINE):
        raise ValueError(f"What the pattern {found_by.pattern} finds may end with any character.")
    return signs | {"\n"}


def _end(pieces: Sequence[tuple[Any, Any]]) -> tuple[frozenset[str] | None, bool]:
    """Gives what a piece of a pattern may end with (None: anything), and whether it may be empty."""
    signs: frozenset[str] = frozenset()
    for kind, of in reversed(pieces):
        if kind in _PLACES:
            continue
        last, empty = _end_of(kind, of)
        if last is None:
            return None, False
        signs |= last
        if not empty:
            return signs, False
    return signs, True


def _end_of(kind: Any, of: Any) -> tuple[frozenset[str] | None, bool]:
    if kind is ops.LITERAL:
        return frozenset(chr(of)), False
    if kind is ops.IN:
        return _class(of), False
    if kind is ops.BRANCH:
        ends = [_end(way) for way in of[1]]
        known = [signs for signs, _ in ends if signs is not None]
        return (frozenset().union(*known) if len(known) == len(ends) else None), any(empty for _, empty in ends)
    if kind is ops.SUBPATTERN and not of[1] & re.IGNORECASE:
        return _end(of[3])
    if kind in _REPEATED:
        signs, empty = _end(of[2])
        return signs, empty or not of[0]
    return None, False


def _sequence(pieces: Iterable[tuple[Any, Any]]) -> _Needs:
    """What follows one another is all needed; of what needs one of several, the fewest tell most."""
    needs = [_piece(kind, of) for kind, of in pieces]
    classes = [need.one_of for need in needs if need.one_of]
    return _Needs(frozenset().union(*(need.all_of for need in needs)), min(classes, key=len, default=None))


def _piece(kind: Any, of: Any) -> _Needs:
    if kind is ops.LITERAL:
        return _Needs(frozenset(chr(of)), frozenset(chr(of)))
    if kind is ops.IN:
        return _Needs(frozenset(), _class(of))
    if kind is ops.BRANCH:
        return _either([_sequence(way) for way in of[1]])
    if kind is ops.SUBPATTERN and not of[1] & re.IGNORECASE:
        return _sequence(of[3])
    if kind is ops.ATOMIC_GROUP:
        return _sequence(of)
    if kind in _REPEATED and of[0]:
        return _sequence(of[2])
    return _NOTHING


def _either(ways: list[_Needs]) -> _Needs:
    """Either way is enough; each gives the character that most of the others need too (目标, 总目标, 年度目标: 标)."""
    common = Counter(sign for way in ways for sign in way.all_of)
    classes = [frozenset(sorted(way.all_of, key=lambda s: (-common[s], s))[:1]) or way.one_of for way in ways]
    one_of = None if None in classes else frozenset().union(*(signs for signs in classes if signs))
    return _Needs(frozenset.intersection(*(way.all_of for way in ways)), one_of)


def _class(of: list[tuple[Any, Any]]) -> frozenset[str] | None:
    signs: set[str] = set()
    for kind, value in of:
        if kind is ops.LITERAL:
            signs.add(chr(value))
        elif kind is ops.RANGE and value[1] - value[0] < _MOST:
            signs.update(map(chr, range(value[0], value[1] + 1)))
        else:
            return None
    return frozenset(signs) if len(signs) <= _MOST else None
