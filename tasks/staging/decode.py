"""Turns the bytes of a page into text, or says in one sentence why they are none.

What belongs here: encodings. What does not: anything about lines or words.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tasks.opening.record import is_record, read_record

_BYTE_ORDER_MARKS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_LEGACY = ("gb18030", "big5hkscs")
_SAMPLE = 1 << 16
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b]")  # neither white space nor a separator


class UndecodableError(ValueError):
    """The bytes are no text that we can read; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class DecodedText:
    """Text and the encoding that gave it.

    Attributes:
        text: Without a byte order mark.
        encoding: `utf-8`, `gb18030`, `utf-16-le`, `utf-16-be` or `big5`.
    """

    text: str
    encoding: str


_MARK = "\ufeff"
"""At the beginning of a text, however often, it marks the order of bytes and is no character of the page."""


def read_page(data: bytes) -> tuple[str, dict[str, str]]:
    """Reads a page's raw bytes: a text, or the record of a page out of a file.

    Args:
        data: All of them.

    Returns:
        The text, and what is said about it: its encoding, when and where it was published.

    Raises:
        UndecodableError: They are neither.
    """
    if is_record(data):
        try:
            record = read_record(data)
        except ValueError as error:
            raise UndecodableError(f"The bytes are {error}: give the file that the page came from.") from None
        return record.text, dict(record.said)
    decoded = decode_page(data)
    return decoded.text, {"encoding": decoded.encoding}


def decode_page(data: bytes) -> DecodedText:
    """Reads the bytes of a newspaper page as Chinese text.

    A byte order mark decides; then strict UTF-8; then UTF-16 by the pattern of its bytes; then GB18030 or Big5,
    whichever gives more of the characters that newspapers use, GB18030 where both do.

    Args:
        data: All bytes of the page.

    Raises:
        UndecodableError: Empty, binary, with NUL bytes, or in no encoding that we know.

    >>> decode_page("济南".encode("gb18030")).encoding
    'gb18030'
    """
    if not data.strip():
        raise UndecodableError("The file is empty: put the page's text into it or leave it out.")
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return DecodedText(_strictly(data[len(mark) :], encoding), encoding)
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return _without_mark(data)
    if "\0" in text:
        return _utf16_or_refuse(data)
    _refuse_binary(text)
    return DecodedText(text, "utf-8")


def _without_mark(data: bytes) -> DecodedText:
    found = _utf16_encoding(data)
    if found:
        return DecodedText(_strictly(data, found), found)
    if b"\0" in data:
        raise UndecodableError("The file holds NUL bytes, so it is binary or damaged: export the page as plain text.")
    readings = [(name, text) for name in _LEGACY if (text := _attempt(data, name)) is not None]
    readings = [(name, text) for name, text in readings if plausible_share(text) > 0.5]
    if not readings:
        raise UndecodableError("The bytes are in no encoding that Chinese text comes in: save the page as UTF-8.")
    name, text = max(readings, key=lambda reading: plausible_share(reading[1]))
    _refuse_binary(text)
    return DecodedText(text.lstrip(_MARK), "big5" if name == "big5hkscs" else name)


def _utf16_or_refuse(data: bytes) -> DecodedText:
    found = _utf16_encoding(data)
    if not found:
        raise UndecodableError("The file holds NUL bytes, so it is binary or damaged: export the page as plain text.")
    return DecodedText(_strictly(data, found), found)


def _utf16_encoding(data: bytes) -> str | None:
    """Tells UTF-16 without a mark: line breaks and Han characters fall on one side of every byte pair."""
    if len(data) % 2:
        return None
    best = max(("utf-16-le", "utf-16-be"), key=lambda name: plausible_share(_attempt(data[:_SAMPLE], name) or ""))
    text = _attempt(data[:_SAMPLE], best)
    return best if text and "\0" not in text and plausible_share(text) > 0.9 else None


def _attempt(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return None


def _strictly(data: bytes, encoding: str) -> str:
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UndecodableError(
            f"The file says it is {encoding} but byte {error.start} is not: save the page as UTF-8."
        ) from None
    if "\0" in text:
        raise UndecodableError("The file holds NUL characters, so it is binary or damaged: export the page as text.")
    if not text.strip():
        raise UndecodableError("The file is empty: put the page's text into it or leave it out.")
    return text.lstrip(_MARK)


def _refuse_binary(text: str) -> None:
    sample = text[:_SAMPLE]
    odd = len(_CONTROL.findall(sample))
    if odd > max(2, len(sample) * 0.01):
        raise UndecodableError("The file is binary, not text: export the page as plain text.")


def plausible_share(text: str) -> float:
    """Share of characters that newspapers are made of: everyday Han characters, ASCII and CJK punctuation."""
    sample = text[: _SAMPLE // 2]
    if not sample:
        return 0.0
    good = sum(1 for c in sample if " " <= c <= "~" or c in "\r\n\t\f\u3000" or _everyday(c))
    return good / len(sample)


def _everyday(char: str) -> bool:
    """Whether a character is punctuation, full-width, or Han of the first level of GB 2312 or Big5."""
    point = ord(char)
    if 0x3000 <= point <= 0x303F or 0xFF00 <= point <= 0xFFEF or 0x2010 <= point <= 0x2026:
        return True
    if not 0x4E00 <= point <= 0x9FFF:
        return False
    return _lead_byte(char, "gb2312", 0xB0, 0xD7) or _lead_byte(char, "big5", 0xA4, 0xC6)


def _lead_byte(char: str, encoding: str, low: int, high: int) -> bool:
    try:
        return low <= char.encode(encoding)[0] <= high
    except UnicodeEncodeError:
        return False
