"""Makes the questions to a second reader: a paragraph with what stands around it, and its figures in doubt, numbered.

What belongs here: what is sent of a page, and in which form. What does not: asking (`flows/second`), what of an answer
may be used (`answers`).
"""

from __future__ import annotations

import hashlib
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from tasks.page import TEXT_ROLES
from tasks.reading.sentences import split_sentences

Row = Mapping[str, Any]

PROMPT = "ask_v1"
"""Name of the wording; another wording gets another name, and every answer remembers which it answers."""
AGAIN = "again_v1"
"""Name of what is said where an answer may not be used."""
MOST_FIGURES = 12
"""Figures of one question: with more, small models lose count."""
MOST_TEXT = 1_200
"""Characters of a paragraph that are sent whole; of longer ones the sentences around the figures."""
_MOST_AROUND = 200
_HEADS = ("kicker", "headline", "deck")


@dataclass(frozen=True, slots=True)
class Asked:
    """A figure that is asked about.

    Attributes:
        start: Offset of its first character in the paragraph.
        end: Offset after its last.
        text: As printed.
    """

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph with what stands around it.

    Attributes:
        document_id: The page.
        paragraph_id: The paragraph.
        text: All of it.
        figures: Those to be asked about, in the order of the text.
        issue_date: Day of publication, as known; empty where it is not.
        heads: Kicker, headline and decks of its article.
        section: The heading of its section; empty where there is none.
        before: The last sentences before it.
        after: The first sentence after it.
    """

    document_id: str
    paragraph_id: str
    text: str
    figures: tuple[Asked, ...]
    issue_date: str = ""
    heads: tuple[str, ...] = ()
    section: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what is sent of a page.

    Attributes:
        document_id: The page.
        paragraph_id: The paragraph.
        text_digest: SHA-256 of the paragraph's text, by which its figures are found again.
        figures: In the order of their numbers, from 1.
        order: In which order they are numbered: 1 as printed, others shuffled.
        sent: The message, a JSON object.
    """

    document_id: str
    paragraph_id: str
    text_digest: str
    figures: tuple[Asked, ...]
    order: int
    sent: str

    @property
    def question_id(self) -> str:
        """Digest of the text and of how it is asked about."""
        asked = "\n".join([PROMPT, wording(PROMPT), AGAIN, wording(AGAIN), self.sent])
        return hashlib.sha256(asked.encode()).hexdigest()[:32]


@cache
def wording(name: str) -> str:
    """Reads a wording.

    Args:
        name: Its file, without ending.
    """
    return (Path(__file__).parent / f"{name}.txt").read_text("utf-8").strip()


def passages(paragraphs: Sequence[Row], figures: Mapping[str, Sequence[Asked]], issue_date: str) -> Iterator[Passage]:
    """Gives the paragraphs of an article, or of a page outside of articles, that hold figures in doubt.

    Args:
        paragraphs: All of them in reading order: paragraph_id, document_id, role, text.
        figures: Those in doubt by paragraph.
        issue_date: Day of publication; empty where it is not known.
    """
    heads = tuple(p["text"] for p in paragraphs if p["role"] in _HEADS)
    section = ""
    for number, paragraph in enumerate(paragraphs):
        if paragraph["role"] == "subhead":
            section = paragraph["text"]
        if wanted := figures.get(paragraph["paragraph_id"]):
            yield Passage(
                paragraph["document_id"],
                paragraph["paragraph_id"],
                paragraph["text"],
                tuple(sorted(wanted, key=lambda each: each.start)),
                issue_date,
                heads if paragraph["role"] not in _HEADS else (),
                section if paragraph["role"] != "subhead" else "",
                _last_sentences(next((p["text"] for p in reversed(paragraphs[:number]) if _is_text(p)), "")),
                _first_sentence(next((p["text"] for p in paragraphs[number + 1 :] if _is_text(p)), "")),
            )


def _is_text(paragraph: Row) -> bool:
    return paragraph["role"] in TEXT_ROLES and paragraph["role"] != "subhead"


def _last_sentences(text: str) -> str:
    spans = split_sentences(text)[-2:]
    return text[spans[0][0] :].strip()[-_MOST_AROUND:] if spans else ""


def _first_sentence(text: str) -> str:
    spans = split_sentences(text)[:1]
    return text[: spans[0][1]].strip()[:_MOST_AROUND] if spans else ""


def questions_about(passage: Passage, order: int = 1) -> Iterator[Question]:
    """Gives the questions about the figures of a paragraph: one, or several where they are many or it is long.

    Args:
        passage: The paragraph with what stands around it.
        order: 1 numbers the figures as printed; each other number gives another order, the same every time.

    >>> asked = Asked(5, 7, "8%")
    >>> (question,) = questions_about(Passage("d1", "d1.p1", "历下区增长8%。", (asked,), "2023-04-24"))
    >>> json.loads(question.sent)["正文"]
    '历下区增长⟦1⟧8%。'
    """
    for group in _groups(passage):
        start, end = _window(passage.text, group)
        numbered = list(group)
        if order > 1:
            random.Random(f"{order}{passage.text}").shuffle(numbered)
            if order % 2 == 0 and numbered == list(group):
                numbered.reverse()
        sent = _message(passage, numbered, start, end)
        digest = hashlib.sha256(passage.text.encode()).hexdigest()
        yield Question(passage.document_id, passage.paragraph_id, digest, tuple(numbered), order, sent)


def _groups(passage: Passage) -> Iterator[tuple[Asked, ...]]:
    group: list[Asked] = []
    for figure in passage.figures:
        far = group and len(passage.text) > MOST_TEXT and figure.end - group[0].start > MOST_TEXT
        if len(group) == MOST_FIGURES or far:
            yield tuple(group)
            group = []
        group.append(figure)
    if group:
        yield tuple(group)


def _window(text: str, group: Sequence[Asked]) -> tuple[int, int]:
    """Gives the stretch of a paragraph that is sent: all of it, or the sentences of the figures with some around."""
    if len(text) <= MOST_TEXT:
        return 0, len(text)
    spans = split_sentences(text)
    held = [n for n, (a, b) in enumerate(spans) if a < group[-1].end and group[0].start < b]
    first, last = spans[max(held[0] - 2, 0)][0], spans[min(held[-1] + 1, len(spans) - 1)][1]
    # A text without full stops is one sentence of any length.
    return max(first, group[0].start - MOST_TEXT // 2), min(last, group[-1].end + MOST_TEXT // 2)


def _message(passage: Passage, numbered: Sequence[Asked], start: int, end: int) -> str:
    numbers = {figure: number for number, figure in enumerate(numbered, 1)}
    pieces, at = [], start
    for figure in sorted(numbered, key=lambda each: each.start):
        pieces += [_plain(passage.text[at : figure.start]), f"⟦{numbers[figure]}⟧"]
        at = figure.start
    pieces.append(_plain(passage.text[at:end]))
    parts: dict[str, Any] = {
        "发表日期": passage.issue_date,
        "标题": [_plain(head) for head in passage.heads],
        "小标题": _plain(passage.section),
        "上文": _plain(passage.before),
        "正文": "".join(pieces),
        "下文": _plain(passage.after),
    }
    held = {name: part for name, part in parts.items() if part}
    listed = [{"n": number, "原文": figure.text} for figure, number in numbers.items()]
    return json.dumps(held | {"数字": listed}, ensure_ascii=False)


def _plain(text: str) -> str:
    """Takes our own marks out of what is printed, so that no page can number figures itself."""
    return text.replace("⟦", "〔").replace("⟧", "〕")


def printed_parts(sent: str) -> list[str]:
    """Gives the texts of a message that come from the page: what an answer's words must stand in.

    Args:
        sent: A message.

    Returns:
        The paragraph first, then what stands around it.
    """
    parts = json.loads(sent)
    texts = [
        parts["正文"],
        parts.get("上文", ""),
        parts.get("小标题", ""),
        *parts.get("标题", []),
        parts.get("下文", ""),
    ]
    return [without_marks(text) for text in texts if text]


def without_marks(text: str) -> str:
    """Takes the numbers of figures out of a text.

    >>> without_marks("增长⟦12⟧8%")
    '增长8%'
    """
    out, inside = [], False
    for character in text:
        inside = (inside or character == "⟦") and character != "⟧"
        if not inside and character != "⟧":
            out.append(character)
    return "".join(out)
