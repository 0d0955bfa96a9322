"""Reads annotated pages again with a switch off, and no more of them than it may change.

What belongs here: keeping what a switch can't change, and the difference it makes. What does not: the switches.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

import numpy as np

from tasks.extraction import page as extraction
from tasks.extraction.facts.reader.network import Network
from tasks.extraction.facts.reader.window import Window
from tasks.page import Extraction, PageContext, RepairedPage
from tests.ablate.switches import Board, Switch
from tests.score.comparing import compare
from tests.score.reading import as_rows, reader_for, repaired, staged
from tests.score.samples import Sample
from tests.score.tally import Tally

_KEPT = {"find_names": "tasks.extraction.names", "read_figures": "tasks.extraction.quantities"}
"""What extraction asks of rooms whose answers stay the same while their switches are on."""

_BEFORE_ALL = {"tasks.repair", "tasks.reading"}
_FIELDS = ("indicator", "subject", "period", "measure", "comparison", "modality")
GAINS = ("facts", "fields", "figures", "names", "layout")
"""What a switch is worth, as counts: facts right as a whole, their parts right, and wrong figures, names and
paragraphs (with headlines and authors) avoided."""


@dataclass
class _Page:
    """One annotated page and all that was read of it with every switch on."""

    sample: Sample
    text: str
    issue_date: str | None
    context: PageContext
    repaired: RepairedPage
    found: Extraction = field(default_factory=Extraction)
    tally: Tally = field(default_factory=Tally)

    @cached_property
    def printed(self) -> str:
        """Its paragraphs, whole."""
        return "\n".join(paragraph.text for paragraph in self.repaired.paragraphs)

    @property
    def key(self) -> str:
        return f"{self.sample.group}/{self.sample.name}"


class _Kept:
    """A function of a room that answers from memory while nothing of that room is switched off."""

    def __init__(self, function: Any, board: Board) -> None:
        self._function, self._board = function, board
        self._answers: dict[Any, Any] = {}
        self.learning, self.asleep = True, False

    def __call__(self, first: Any, *others: Any) -> Any:
        key = self._board.document, first if isinstance(first, str) else None
        if self.asleep or (not self.learning and key not in self._answers):
            return self._function(first, *others)
        if key not in self._answers:
            self._answers[key] = self._function(first, *others)
        return self._answers[key]


class _KeptReader:
    """The learned reader, which answers from memory where the rules have found what they found before."""

    def __init__(self, board: Board) -> None:
        self._reread, self._board = extraction.reread, board
        self._answers: dict[str, tuple[Any, Any]] = {}

    def __call__(self, reading: Any, network: Any) -> Any:
        kept = self._answers.get(self._board.document)
        if kept is None or kept[0] != reading:
            answers = self._reread(reading, network)
            if kept is not None:
                return answers
            self._answers[self._board.document] = kept = reading, answers
        return list(kept[1])


class _KeptEncoder:
    """The network's encoder, which answers from memory for windows that a switch leaves as they were.

    It takes nearly all of the reader's time, and most switches change few windows.
    """

    def __init__(self) -> None:
        self._encoded = Network._encoded
        self._answers: dict[Any, Any] = {}
        self.learning = True

    def __call__(self, network: Network, window: Window) -> Any:
        key = id(network), window.text, bytes(window.parts), bytes(window.names), bytes(window.flags)
        kept = self._answers.get(key)
        if kept is not None:
            return kept.astype(np.float64)
        answer = self._encoded(network, window)
        if self.learning:
            self._answers[key] = answer.astype(np.float32)  # as it came out of the encoder
        return answer


class Bench:
    """Annotated pages, read once (in `seconds`); then again for every switch."""

    def __init__(self, samples: Sequence[Sample], board: Board) -> None:
        self._board = board
        self._kept = {room: _Kept(getattr(extraction, name), board) for name, room in _KEPT.items()}
        for name, room in _KEPT.items():
            setattr(extraction, name, self._kept[room])
        extraction.reread = _KeptReader(board)
        encoder = _KeptEncoder()
        Network._encoded = lambda network, window: encoder(network, window)  # type: ignore[method-assign]
        self.pages = []
        began = time.process_time()
        for sample in samples:
            board.document = f"{sample.group}/{sample.name}"
            text, context, issue_date = staged(sample.raw)
            page = _Page(sample, text, issue_date, context, repaired(text))
            page.found = extraction.extract_page(page.repaired, context, network=reader_for(sample.name))
            page.tally = self._score(page, page.repaired, page.found)
            self.pages.append(page)
        self.seconds = time.process_time() - began
        for kept in self._kept.values():
            kept.learning = False
        encoder.learning = False
        board.settle()

    def _read(self, page: _Page, whole: RepairedPage) -> Tally:
        found = extraction.extract_page(whole, page.context, network=reader_for(page.sample.name))
        if whole == page.repaired and found == page.found:
            return page.tally
        return self._score(page, whole, found)

    def _score(self, page: _Page, whole: RepairedPage, found: Extraction) -> Tally:
        reading = as_rows(page.text, page.issue_date, whole, found)
        sample = page.sample
        return compare(reading, sample.layout(), sample.figures(), sample.names()).tally

    def worth(self, switch: Switch, enough: int | None = None) -> tuple[dict[str, Counter[str]], int]:
        """Tells what the reading loses, group by group, where a switch is off, and how many pages it spoke on.

        Args:
            switch: What is switched off.
            enough: Stop when so many facts, figures, names and paragraphs were lost; the pages of others than the
                project come first.

        Raises:
            Exception: The reading can't do without it.
        """
        lost: dict[str, Counter[str]] = {}
        pages = 0
        for page, tally in self._without(switch):
            before, now = _gains(page.tally), _gains(tally)
            pages += 1
            difference = lost.setdefault(page.sample.group, Counter())
            for gain in GAINS:
                difference[gain] += before[gain] - now[gain]
            if enough is not None and sum(n for counts in lost.values() for n in _of_weight(counts)) >= enough:
                break
        return lost, pages

    def sums_without(self, switch: Switch | None) -> dict[str, Tally]:
        """Gives the sums by group with a switch off, or with all of them on."""
        changed = {page.key: tally for page, tally in self._without(switch)} if switch else {}
        sums: dict[str, Tally] = {}
        for page in self.pages:
            sums.setdefault(page.sample.group, Tally()).take(changed.get(page.key, page.tally))
        return sums

    def _without(self, switch: Switch) -> Iterator[tuple[_Page, Tally]]:
        first = bool(switch.rooms & _BEFORE_ALL)
        for room, kept in self._kept.items():
            kept.asleep = first or room in switch.rooms
        switch.turn(self._board, True)
        try:
            for page in self.touched(switch):
                self._board.document = page.key
                yield page, self._read(page, repaired(page.text) if first else page.repaired)
        finally:
            switch.turn(self._board, False)

    def touched(self, switch: Switch) -> list[_Page]:
        """Gives the pages that may be read otherwise with a switch off."""
        return [page for page in self.pages if self._may_change(switch, page)]

    def _may_change(self, switch: Switch, page: _Page) -> bool:
        if page.sample.layout_only and not switch.rooms & _BEFORE_ALL:
            return False
        if switch.spoke is not None and page.key not in switch.spoke:
            return False
        return not switch.words or any(word in page.printed for word in switch.words)


def _of_weight(counts: Counter[str]) -> list[int]:
    """Gives the counts that a switch must be worth; fields are parts of facts, and counted with them."""
    return [count for gain, count in counts.items() if gain != "fields"]


def _gains(tally: Tally) -> Counter[str]:
    n = tally.n
    wrong = {
        thing: n[f"{thing} missed"] + n[f"{thing} extra"] for thing in ("figures", "names", "paragraphs", "authors")
    }
    heads = sum(n[f"{head} wrong"] for head in ("headline", "kicker", "deck", "dateline", "role"))
    return Counter(
        facts=n["facts right"],
        fields=sum(n[f"{name} right"] for name in _FIELDS),
        figures=-wrong["figures"],
        names=-wrong["names"],
        layout=-wrong["paragraphs"] - wrong["authors"] - heads,
    )
