"""Counts the printed characters of a text in a way that does not depend on their order.

Repair moves characters about and must neither lose nor add one. Staging takes the digest of a page's raw text, the
gate adds up the paragraphs, and both must be the same. White space is left out.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

CLASSES = ("damaged", "mojibake", "symbol", "common", "hanzi", "number")
"""What is counted beside the digest; `number` counts runs of digits, the rest single characters."""

_CODE_POINTS = 0x110000
_WORD = (1 << 64) - 1
_HANZI = ((0x3400, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))

Codes = npt.NDArray[np.uint32]


@dataclass(slots=True)
class CharacterCounts:
    """What a text holds, whatever the order; counts of two texts add up to those of both.

    Attributes:
        printed: Characters that are no white space.
        weight: Sum of the characters' weights modulo 2^64.
        classes: Counts in the order of `CLASSES`.
    """

    printed: int = 0
    weight: int = 0
    classes: tuple[int, ...] = (0,) * len(CLASSES)

    @property
    def digest(self) -> str:
        """The count and the sum as they stand in `documents.printed_characters`."""
        return f"{self.printed}:{self.weight:016x}"

    def to_row(self) -> dict[str, object]:
        """Gives the counts as columns."""
        return {"digest": self.digest, "printed": self.printed, **dict(zip(CLASSES, self.classes, strict=True))}


def character_digest(text: str) -> str:
    """Digests which characters a text holds and how often each, white space left out.

    Args:
        text: Any text.

    >>> character_digest("济南 日报") == character_digest("日报 济 南")
    True
    >>> character_digest("济南日报") == character_digest("济南日日")
    False
    """
    weights = _weights(_codes(text))
    return CharacterCounts(int(np.count_nonzero(weights)), int(weights.sum(dtype=np.uint64))).digest


def count_characters(batches: Iterable[pa.RecordBatch]) -> dict[str, CharacterCounts]:
    """Adds up the characters of paragraphs by document.

    Args:
        batches: Arrow batches with the columns `document_id` and `text`.
    """
    counts: dict[str, CharacterCounts] = {}
    for batch in batches:
        texts = pc.fill_null(batch.column("text"), "")
        ends = np.cumsum(pc.utf8_length(texts).to_numpy(zero_copy_only=False), dtype=np.int64)
        codes = _codes("".join(texts.to_pylist()))
        sums = [_by_paragraph(values, ends).tolist() for values in _measures(codes)]
        for document_id, printed, weight, *classes in zip(batch.column("document_id").to_pylist(), *sums, strict=True):
            known = counts.setdefault(document_id, CharacterCounts())
            known.printed += printed
            known.weight = (known.weight + weight) & _WORD
            known.classes = tuple(a + b for a, b in zip(known.classes, classes, strict=True))
    return counts


def _measures(codes: Codes) -> Iterable[npt.NDArray[np.uint64]]:
    weights = _weights(codes)
    yield (weights != 0).astype(np.uint64)
    yield weights
    bits = _class_bits()[codes]
    for place in range(len(CLASSES) - 1):
        yield ((bits >> place) & 1).astype(np.uint64)
    digit = (codes >= 0x30) & (codes <= 0x39)
    yield (digit & ~np.concatenate((np.zeros(1, bool), digit[:-1]))[: len(digit)]).astype(np.uint64)


def _by_paragraph(values: npt.NDArray[np.uint64], ends: npt.NDArray[np.int64]) -> npt.NDArray[np.uint64]:
    totals = np.concatenate((np.zeros(1, np.uint64), np.cumsum(values, dtype=np.uint64)))
    return np.diff(totals[np.concatenate((np.zeros(1, np.int64), ends))])


def _codes(text: str) -> Codes:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def _weights(codes: Codes) -> npt.NDArray[np.uint64]:
    """Gives every code point a 64-bit weight (SplitMix64, Steele et al. 2014), white space none."""
    x = (codes.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    x ^= x >> np.uint64(31)
    blanks = _blanks()
    x[blanks[np.minimum(codes, len(blanks) - 1)]] = 0
    return x


@cache
def _blanks() -> npt.NDArray[np.bool_]:
    """Says which code points are white space: none lies beyond the ideographic space, the last but one told of."""
    return np.array([chr(code).isspace() for code in range(0x3002)])


@cache
def _class_bits() -> npt.NDArray[np.uint8]:
    """Gives every code point one bit for each class that it belongs to."""
    bits = np.zeros(_CODE_POINTS, np.uint8)
    for low, high in _HANZI:
        bits[low : high + 1] |= 1 << CLASSES.index("hanzi")
    lines = (Path(__file__).parent / "character_classes.csv").read_text("utf-8").splitlines()
    for row in csv.DictReader(line for line in lines if not line.startswith("#")):
        bit = np.uint8(1 << CLASSES.index(row["class"]))
        bits[[ord(c) for c in row["characters"]]] |= bit
        for span in row["ranges"].split():
            low_text, _, high_text = span.partition("-")
            bits[int(low_text, 16) : int(high_text or low_text, 16) + 1] |= bit
    return bits
