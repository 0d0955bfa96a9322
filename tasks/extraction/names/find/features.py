"""What the tagger sees of each character: numbers made for a whole text at once.

What belongs here: the features, the same for training and reading. What does not: the weights (`find.tagger`), how
they are learned (`tasks.learning.tagger`).

A feature is the number of its template mixed with up to three values, folded into `BUCKETS` slots. Values come from the
character and its neighbours, the word that jieba puts it in, and the lists of divisions, towns, places, surnames,
titles and last words of organisations and places.
"""

from __future__ import annotations

from functools import cache
from zlib import crc32

import numpy as np
import numpy.typing as npt

from tasks.lexicon import read_table
from tasks.reading.page import Hits, PageReading

Codes = npt.NDArray[np.uint32]

BUCKETS = 1 << 22
_EDGE = 4  # neighbours looked at on either side, at most


# Each template mixes the named columns at the given offsets from the character.
TEMPLATES: tuple[tuple[tuple[str, int], ...], ...] = (
    *(((("char"), n),) for n in (-2, -1, 0, 1, 2)),
    *((("char", n), ("char", n + 1)) for n in (-2, -1, 0, 1)),
    (("char", -1), ("char", 1)),
    *((("char", n), ("char", n + 1), ("char", n + 2)) for n in (-2, -1, 0)),
    (("kind", -1), ("kind", 0), ("kind", 1)),
    (("tag", 0), ("seat", 0)),
    (("word", 0), ("seat", 0)),
    (("word before", 0),),
    (("word after", 0),),
    (("word before", 0), ("seat", 0), ("word", 0)),
    (("word after", 0), ("seat", 0), ("word", 0)),
    (("tag before", 0), ("tag", 0), ("seat", 0)),
    (("tag", 0), ("tag after", 0), ("seat", 0)),
    (("tag before", 0), ("tag", 0), ("tag after", 0)),
    (("word before", 0), ("tag", 0), ("seat", 0)),
    (("word after", 0), ("tag", 0), ("seat", 0)),
    (("place", 0), ("seat", 0)),
    (("place", -1), ("place", 0), ("place", 1)),
    (("place", 0), ("tag", 0)),
    (("place", 0), ("char", 0)),
    (("ending", 0), ("seat", 0)),
    (("ending", 0), ("ending", 1)),
    (("ending", -1), ("ending", 0)),
    (("ending", 1), ("ending", 2)),
    (("ending", 1), ("surname", -1), ("surname", -2)),
    (("ending", -1), ("surname", 0)),
    (("ending", 2), ("surname", 0)),
    (("ending", 3), ("surname", 0)),
    (("surname", 0), ("seat", 0), ("tag", 0)),
    (("surname", -1), ("seat", 0), ("tag", 0)),
    (("surname", -2), ("seat", 0), ("tag", 0)),
    (("surname", 0), ("char", -1)),
    (("surname", 0), ("char", 1)),
    (("to organisation", 0), ("tag", 0), ("seat", 0)),
    (("to organisation", 0), ("place", 0)),
    (("to organisation", 0), ("char", 0)),
    (("to place", 0), ("tag", 0), ("seat", 0)),
    (("to place", 0), ("place", 0)),
    (("since place", 0), ("to organisation", 0)),
)


def character_features(reading: PageReading) -> Codes:
    """Gives the features of each character of a text.

    Args:
        reading: Any text; paragraphs should be parted by two line breaks, so that none sees its neighbour.

    Returns:
        Matrix with one row a template and one column a character, of numbers below `BUCKETS`.
    """
    return mix_features(feature_values(reading))


def feature_values(reading: PageReading) -> Codes:
    """Gives what the templates mix: one row a basic value at an offset, one column a character."""
    size = len(reading.text)
    columns = _columns(reading)
    sources, _, _, _ = _layout()
    values = np.zeros((len(sources), size + 2 * _EDGE), np.uint32)
    for row, (name, offset) in zip(values, sources, strict=True):
        row[_EDGE - offset : _EDGE - offset + size] = columns[name]
    return values[:, _EDGE : _EDGE + size]


def mix_features(values: Codes) -> Codes:
    """Mixes the values of some characters, as `feature_values` gives them, into the numbers of their features."""
    _, seeds, terms, order = _layout()
    codes = np.repeat(seeds, values.shape[1], axis=1)
    spare = np.empty_like(codes)
    for term in terms:
        code, other = codes[: len(term)], spare[: len(term)]
        code ^= values.take(term, axis=0, out=other, mode="clip")  # "clip" writes straight into `out`
        code *= np.uint32(0x85EBCA6B)
        code ^= np.right_shift(code, np.uint32(15), out=other)
    codes *= np.uint32(0xC2B2AE35)
    codes ^= np.right_shift(codes, np.uint32(13), out=spare)
    codes &= np.uint32(BUCKETS - 1)
    return codes.take(order, axis=0)


_Layout = tuple[list[tuple[str, int]], Codes, list[npt.NDArray[np.int64]], npt.NDArray[np.int64]]


@cache
def _layout() -> _Layout:
    """How templates are mixed side by side, the longest first, so that all that have a next term stand at the head.

    Returns:
        The different columns at their offsets; the number each template starts from, as a column; of each term the
        rows of values, for the templates that have one; where each template of `TEMPLATES` stands.
    """
    sources = sorted({term for template in TEMPLATES for term in template})
    longest_first = sorted(range(len(TEMPLATES)), key=lambda n: -len(TEMPLATES[n]))
    seeds = (np.array(longest_first) * 0x9E3779B1 + 0x7F4A7C15) & 0xFFFFFFFF
    terms = [
        np.array([sources.index(TEMPLATES[n][place]) for n in longest_first if len(TEMPLATES[n]) > place], np.int64)
        for place in range(max(map(len, TEMPLATES)))
    ]
    return sources, seeds.astype(np.uint32)[:, None], terms, np.argsort(longest_first)


def _columns(reading: PageReading) -> dict[str, Codes]:
    """The basic values of each character."""
    chars, size = reading.chars, len(reading.text)
    places = _marks(size, reading.place_hits)
    endings = _marks(size, reading.ending_hits)
    columns = {"char": chars, "kind": _kinds(chars), "surname": _surnames()[np.minimum(chars, 0xFFFF)]}
    columns.update(_words(reading))
    columns["place"] = places
    columns["ending"] = endings
    stops, kinds = clause_ends(chars), endings >> 2
    columns["to organisation"] = _distance_to(stops, (kinds == 2) | (kinds == 3), 16)
    columns["to place"] = _distance_to(stops, kinds == 4, 8)
    columns["since place"] = _distance_to(stops[::-1], (places > 0)[::-1], 12)[::-1]
    return columns


def _words(reading: PageReading) -> dict[str, Codes]:
    chars, count = reading.chars, len(reading.words)
    if not count:
        empty = np.zeros(0, np.uint32)
        return dict.fromkeys(("word", "word before", "word after", "tag", "tag before", "tag after", "seat"), empty)
    starts = np.array(reading.starts, np.int64)
    ends = np.append(starts[1:], len(chars))
    lengths = ends - starts
    word = np.zeros(count + 2, np.uint32)
    seat_in_word = np.arange(len(chars)) - np.repeat(starts, lengths)
    of_char = np.repeat(np.arange(1, count + 1), lengths)
    mixed = (chars * np.uint32(0x9E3779B1) + seat_in_word.astype(np.uint32) * np.uint32(0x85EBCA6B)) ^ chars
    mixed *= np.uint32(0xC2B2AE35)
    word[1:-1] = np.add.reduceat(mixed ^ (mixed >> np.uint32(15)), starts)
    tag = np.zeros(count + 2, np.uint32)
    tag[1:-1] = np.fromiter(map(_tag_number, reading.tags), np.uint32, count)
    left = np.minimum(seat_in_word, 3)
    right = np.minimum(np.repeat(lengths, lengths) - seat_in_word - 1, 3)
    return {
        "word": word[of_char],
        "word before": word[of_char - 1],
        "word after": word[of_char + 1],
        "tag": tag[of_char],
        "tag before": tag[of_char - 1],
        "tag after": tag[of_char + 1],
        "seat": (left * 4 + right + 1).astype(np.uint32),
    }


@cache
def _tag_number(tag: str) -> int:
    return crc32(tag.encode()) & 0xFFFF


def _marks(size: int, hits: Hits) -> Codes:
    """Marks what a scanner found: 4 × its number, plus 0 at the first character, 1 inside, 2 at the last, 3 alone."""
    marks = np.zeros(size, np.uint32)
    table = np.array(hits, np.int64).reshape(-1, 3)
    first, end, number = table[:, 0], table[:, 1], (table[:, 2] * 4).astype(np.uint32)
    length = end - first
    inside = np.repeat(first - np.cumsum(length) + length, length) + np.arange(int(length.sum()))
    marks[inside] = np.repeat(number, length) + 1
    marks[first] = number
    marks[end - 1] = number + 2
    alone = length == 1
    marks[first[alone]] = number[alone] + 3
    return marks


def _distance_to(stops: npt.NDArray[np.bool_], marked: npt.NDArray[np.bool_], most: int) -> Codes:
    """How many characters on a marked one stands in the same clause: 1 for itself, 0 where none is near."""
    size = len(stops)
    far = 2 * size + most
    seats = np.arange(size)
    mark_at = np.where(marked, seats, far)
    next_mark = np.minimum.accumulate(mark_at[::-1])[::-1] if size else mark_at
    stop_at = np.where(stops, seats, far)
    next_stop = np.minimum.accumulate(stop_at[::-1])[::-1] if size else stop_at
    distance = next_mark - seats + 1
    return np.where((next_mark < next_stop) & (distance <= most), distance, 0).astype(np.uint32)


@cache
def _clause_table() -> npt.NDArray[np.bool_]:
    table = np.zeros(0x10000, bool)
    table[[ord(c) for c in "，。！？；：、…\n\r,;!?"]] = True
    return table


def clause_ends(chars: Codes) -> npt.NDArray[np.bool_]:
    """Says which characters no name ever holds: commas, full stops, line breaks."""
    return _clause_table()[np.minimum(chars, 0xFFFF)]


_LONGEST_CLAUSE = 160


def with_breaks(stops: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Adds stops to clauses that no newspaper prints, so that a long line of anything takes no longer than a text."""
    seats = np.arange(len(stops))
    since = seats - np.maximum.accumulate(np.where(stops, seats, -1))
    broken: npt.NDArray[np.bool_] = stops | (since % _LONGEST_CLAUSE == 0)
    return broken


@cache
def _surnames() -> Codes:
    table = np.zeros(0x10000, np.uint32)
    for row in read_table("surnames"):
        if row["group"] in "12":
            table[ord(row["surname"])] = int(row["group"])
    return table


@cache
def _kind_table() -> Codes:
    table = np.zeros(0x10000, np.uint32)
    table[0x4E00:0xA000] = 1
    for chars, kind in (
        ("0123456789０１２３４５６７８９", 2),
        ("一二三四五六七八九十百千万亿零〇两", 3),
        ("“”‘’\"'《》「」", 4),
        ("（）()[]【】", 5),
        (" \u3000\t", 6),
        ("·•・‧—－-", 7),
        ("，。！？；：、…\n\r,;!?", 8),
        ("年月日时", 9),
    ):
        table[[ord(c) for c in chars]] = kind
    for first, last in (("A", "Z"), ("a", "z"), ("Ａ", "Ｚ"), ("ａ", "ｚ")):
        table[ord(first) : ord(last) + 1] = 10
    return table


def _kinds(chars: Codes) -> Codes:
    return _kind_table()[np.minimum(chars, 0xFFFF)]
