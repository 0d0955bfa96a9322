"""Reads annotated pages again with a switch off, and no more of them than it may change.

What belongs here: keeping what a switch can't change, and the difference it makes. What does not: the switches.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from tasks.extraction.facts import build_metrics
from tasks.extraction.names import find_names
from tasks.extraction.page import periods_of
from tasks.extraction.quantities import find_quantities
from tasks.page import TEXT_ROLES, Extraction, Mention, PageContext, Period, Quantity, RepairedPage
from tests.ablate.switchboard import Board, Switch
from tests.score.comparing import compare
from tests.score.reading import as_rows, repaired, staged
from tests.score.samples import Sample
from tests.score.tally import Tally

REPAIR, NAMES, QUANTITIES, PERIODS = "repair", "extraction.names", "extraction.quantities", "extraction.periods"
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
    names: list[Mention] = field(default_factory=list)
    quantities: dict[int, list[Quantity]] = field(default_factory=dict)
    periods: dict[int, list[Period]] = field(default_factory=dict)
    tally: Tally = field(default_factory=Tally)

    @cached_property
    def printed(self) -> str:
        """Its paragraphs, whole."""
        return "\n".join(paragraph.text for paragraph in self.repaired.paragraphs)

    @property
    def key(self) -> str:
        return f"{self.sample.group}/{self.sample.name}"


class Bench:
    """Annotated pages, read once (in `seconds`); then again for every switch."""

    def __init__(self, samples: Sequence[Sample], board: Board) -> None:
        self._board = board
        self.pages = []
        began = time.process_time()
        for sample in samples:
            board.document = f"{sample.group}/{sample.name}"
            text, context, issue_date = staged(sample.raw)
            page = _Page(sample, text, issue_date, context, repaired(text))
            page.tally = self._read(page, (REPAIR, NAMES, QUANTITIES, PERIODS), keep=True)
            self.pages.append(page)
        self.seconds = time.process_time() - began
        board.settle()

    def _read(self, page: _Page, rooms: Iterable[str], keep: bool = False) -> Tally:
        """Reads a page, taking what comes from other rooms than those given as it was."""
        rooms = set(rooms)
        again = REPAIR in rooms and not keep
        whole = repaired(page.text) if again else page.repaired
        texts = [p for p in whole.paragraphs if p.role in TEXT_ROLES]
        names = list(find_names(whole, page.context)) if again or NAMES in rooms else page.names
        quantities = page.quantities
        if again or QUANTITIES in rooms:
            quantities = {p.seq: list(found) for p in texts if (found := find_quantities(p.text))}
        periods = periods_of(texts, page.context) if again or PERIODS in rooms else page.periods
        if keep:
            page.names, page.quantities, page.periods = names, quantities, periods
        metrics = build_metrics(whole, quantities, periods, names, page.context)
        reading = as_rows(page.text, page.issue_date, whole, Extraction(tuple(names), tuple(metrics)))
        sample = page.sample
        return compare(reading, sample.layout(), sample.figures(), sample.names()).tally

    def worth(self, switch: Switch, enough: int | None = None) -> tuple[dict[str, Counter[str]], int]:
        """Tells what the reading loses, group by group, where a switch is off, and how many pages it spoke on.

        Args:
            switch: What is switched off.
            enough: Stop when so many facts were lost; the pages of others than the project come first.

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
            if enough is not None and sum(counts["facts"] for counts in lost.values()) >= enough:
                break
        return lost, pages

    def sums_without(self, switch: Switch) -> dict[str, Tally]:
        """Gives the sums by group with a switch off."""
        changed = {page.key: tally for page, tally in self._without(switch)}
        sums: dict[str, Tally] = {}
        for page in self.pages:
            sums.setdefault(page.sample.group, Tally()).take(changed.get(page.key, page.tally))
        return sums

    def _without(self, switch: Switch) -> Iterator[tuple[_Page, Tally]]:
        touched = [p for p in self.pages if self._may_change(switch, p)]
        rooms = {room.removeprefix("tasks.") for room in switch.rooms}
        switch.turn(self._board, True)
        try:
            for page in touched:
                yield page, self._read_as(page, rooms)
        finally:
            switch.turn(self._board, False)

    def _read_as(self, page: _Page, rooms: Iterable[str]) -> Tally:
        self._board.document = page.key
        return self._read(page, rooms)

    def _may_change(self, switch: Switch, page: _Page) -> bool:
        if page.sample.layout_only and f"tasks.{REPAIR}" not in switch.rooms:
            return False
        if switch.spoke is not None and page.key not in switch.spoke:
            return False
        return not switch.words or any(word in page.printed for word in switch.words)


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
