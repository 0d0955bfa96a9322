"""Compares repaired pages with annotated ones: paragraphs, articles, roles, headlines, authors.

What belongs here: the figures. What does not: laying pages out (`layout_pages`, `layout_compose`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from tasks.page import TEXT_ROLES, RepairedPage
from tasks.repair import repair_page

FIELDS = ("headline", "kicker", "deck", "dateline")


@dataclass
class Tally:
    """Counts over several pages."""

    n: Counter[str] = field(default_factory=Counter)
    b3: list[float] = field(default_factory=lambda: [0.0, 0.0, 0.0])

    def f1(self, what: str) -> float:
        """Gives the F1 of what was counted as found, missed and extra."""
        right = self.n[f"{what} found"]
        wrong = self.n[f"{what} missed"] + self.n[f"{what} extra"]
        return 2 * right / (2 * right + wrong) if right + wrong else 1.0

    def share(self, what: str) -> float:
        """Gives the share of what was counted as right among right and wrong."""
        right, wrong = self.n[f"{what} right"], self.n[f"{what} wrong"]
        return right / (right + wrong) if right + wrong else 1.0

    @property
    def articles(self) -> float:
        """F1 of B-cubed over the characters of the text: which belong to one article."""
        precision, recall, chars = self.b3
        p, r = precision / (chars or 1), recall / (chars or 1)
        return 2 * p * r / (p + r) if p + r else 1.0


def squeeze(text: str | None) -> str:
    """Leaves white space out."""
    return "".join((text or "").split())


def measure(pages: Iterable[tuple[str, dict[str, Any]]]) -> Tally:
    """Repairs raw pages and compares them with their annotations."""
    tally = Tally()
    for raw, layout in pages:
        compare(repair_page(raw), layout, tally)
    return tally


def compare(page: RepairedPage, layout: dict[str, Any], tally: Tally) -> None:
    """Adds to a tally how a repaired page compares with its annotation."""
    gold = [(b["role"], squeeze(b["text"]), a["seq"]) for a in layout["articles"] for b in a["blocks"]]
    got = [(p.role, squeeze(p.text), p.article) for p in page.paragraphs if p.role in TEXT_ROLES]
    _add(tally, "paragraphs", Counter(text for _, text, _ in gold), Counter(text for _, text, _ in got))
    role_of = {squeeze(p.text): p.role for p in page.paragraphs}
    for role, text, _ in gold:
        if text in role_of:
            tally.n[f"roles {'right' if role_of[text] == role else 'wrong'}"] += 1
    overlap = _overlap(gold, got)
    sizes_gold: Counter[Any] = Counter()
    sizes_got: Counter[Any] = Counter()
    for (a, b), chars in overlap.items():
        sizes_gold[a] += chars
        sizes_got[b] += chars
    for (a, b), chars in overlap.items():
        tally.b3[0] += chars * chars / sizes_got[b]
        tally.b3[1] += chars * chars / sizes_gold[a]
        tally.b3[2] += chars
    articles = {article.seq: article for article in page.articles}
    for want in layout["articles"]:
        shares = {b: chars for (a, b), chars in overlap.items() if a == want["seq"]}
        have = articles.get(max(shares, key=lambda b: shares[b])) if shares else None
        for name in FIELDS:
            expected = squeeze("".join(want[name] or []) if name == "deck" else want[name])
            value = getattr(have, name, None)
            found = squeeze("".join(value or ()) if name == "deck" else value)
            if expected or found:
                tally.n[f"{name} {'right' if expected == found else 'wrong'}"] += 1
        _add(tally, "authors", Counter(set(want["authors"])), Counter(set(have.authors if have else ())))


def _add(tally: Tally, what: str, gold: Counter[str], got: Counter[str]) -> None:
    tally.n[f"{what} found"] += sum((gold & got).values())
    tally.n[f"{what} missed"] += sum((gold - got).values())
    tally.n[f"{what} extra"] += sum((got - gold).values())


def _overlap(gold: list[tuple[str, str, int]], got: list[tuple[str, str, int | None]]) -> Counter[tuple[Any, Any]]:
    """Counts the characters that each annotated article shares with each repaired one, paragraph by paragraph."""
    shared: Counter[tuple[Any, Any]] = Counter()
    whole = {text: article for _, text, article in got}
    for _, text, seq in gold:
        if text in whole:
            shared[seq, whole[text]] += len(text)
            continue
        best = max(got, key=lambda item: _common(text, item[1]), default=None)
        shared[seq, best[2] if best else None] += len(text)
    return shared


def _common(a: str, b: str) -> int:
    pairs = {a[k : k + 4] for k in range(0, len(a) - 3, 4)}
    return sum(pair in b for pair in pairs)
