"""Compares what was read of a page with its annotation: layout, figures, names.

What belongs here: which annotated thing goes with which one read. What does not: notions of equality.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from tasks.page import TEXT_ROLES
from tasks.reading.sentences import split_sentences
from tests.score.laying import Place, lay_all, part
from tests.score.notions import Row, best_reading, day_of, is_whole, same_value, squeeze, unit_key
from tests.score.reading import Reading
from tests.score.tally import Tally

_READ_BY_EYE = ("headline", "kicker", "dateline")
_WHOLE, _NO_MORE = 0.9, 1.12
"""Share of an article's characters that must stand in one article, and how large that may be, for it to be found."""


@dataclass(frozen=True)
class Miss:
    """One thing that came out wrong.

    Attributes:
        kind: `figure missed`, `figure extra`, `indicator`, `period`, `PER missed`, `paragraph missed` …
        printed: The figure or name.
        sentence: The sentence it stands in.
        got: What came out.
        right: What is right.
        rules: The rules that spoke in its sentence, where they were listened to.
    """

    kind: str
    printed: str
    sentence: str
    got: Any
    right: Any
    rules: tuple[str, ...] = ()


@dataclass
class Comparison:
    """How one page was read.

    Attributes:
        tally: The counts.
        misses: What came out wrong.
        of_article: By an article's number, whether it was found `whole`, its `headline` is right and so on.
    """

    tally: Tally = field(default_factory=Tally)
    misses: list[Miss] = field(default_factory=list)
    of_article: dict[int, dict[str, bool]] = field(default_factory=dict)

    def miss(self, kind: str, printed: str, sentence: str, got: Any, right: Any) -> None:
        """Notes something wrong."""
        self.misses.append(Miss(kind, printed, sentence, got, right))

    def judge_article(self, number: int, thing: str, right: bool) -> None:
        """Counts something of an article as right or wrong."""
        self.tally.judge(thing, right)
        self.of_article.setdefault(number, {})[thing] = right


@dataclass(frozen=True)
class _Printed:
    """A text of the annotation, with its places on the page."""

    places: Place | None
    text: str
    role: str
    article: int | None


def compare(reading: Reading, layout: Row, figures: Sequence[Row] | None, names: Sequence[Row] | None) -> Comparison:
    """Compares a page with its annotation; figures or names that are None were not annotated."""
    made = Comparison()
    made.tally.n["pages"] += 1
    gold = _lay_annotation(reading.text, layout)
    got = lay_all(reading.text, ((p["paragraph_id"], p["text"]) for p in reading.paragraphs))
    shown = {p["paragraph_id"]: p for p in reading.paragraphs}
    _compare_layout(made, reading, layout, gold, got)
    if figures is not None:
        _compare_figures(made, reading, figures, gold, got, shown)
    for kind in ("PER", "ORG", "LOC") if names is not None else ():
        _compare_names(made, reading, names or (), kind, gold, got, shown)
    return made


def _lay_annotation(raw: str, layout: Row) -> dict[tuple[int | None, str], _Printed]:
    texts: dict[tuple[int | None, str], tuple[str, str]] = {}
    for article in layout["articles"]:
        seq = article["seq"]
        for n, block in enumerate(article["blocks"]):
            texts[seq, f"block:{n}"] = block["text"], block["role"]
        for name in ("kicker", "headline", "byline"):
            if article.get(name):
                texts[seq, name] = article[name], name
        for n, text in enumerate(article.get("deck") or []):
            texts[seq, f"deck:{n}"] = text, "deck"
    for n, text in enumerate(layout.get("furniture") or []):
        texts[None, f"furniture:{n}"] = text, "furniture"
    laid = lay_all(raw, ((key, text) for key, (text, _) in texts.items()))
    return {key: _Printed(laid[key], text, role, key[0]) for key, (text, role) in texts.items()}


def _compare_layout(
    made: Comparison,
    reading: Reading,
    layout: Row,
    gold: dict[tuple[int | None, str], _Printed],
    got: dict[str, Place | None],
) -> None:
    tally = made.tally
    rows = {p["paragraph_id"]: p for p in reading.paragraphs}
    want = {g.places: g for g in gold.values() if g.role in TEXT_ROLES and g.places}
    have = {at: rows[key] for key, at in got.items() if at and rows[key]["role"] in TEXT_ROLES}
    tally.add("paragraphs", "found", len(want.keys() & have.keys()))
    tally.add("paragraphs", "missed", len(want.keys() - have.keys()))
    tally.add("paragraphs", "extra", len(have.keys() - want.keys()))
    for places in sorted(want.keys() - have.keys()):
        made.miss("paragraph missed", "", want[places].text, None, want[places].role)
    for places in sorted(have.keys() - want.keys()):
        made.miss("paragraph extra", "", have[places]["text"], have[places]["role"], None)
    role_of = {at: rows[key]["role"] for key, at in got.items() if at}
    for g in gold.values():
        if g.places in role_of:
            tally.judge("role", role_of[g.places] == g.role)
            if role_of[g.places] != g.role:
                made.miss("role", "", g.text, role_of[g.places], g.role)
    _compare_furniture(tally, gold.values(), role_of)
    tally.n["characters"] += len(squeeze(reading.text))
    tally.n["characters lost"] += len(squeeze(reading.text)) - sum(len(at) for at in got.values() if at)
    _compare_articles(made, reading, layout, want, got)
    if layout.get("issue_date") and reading.articles:
        tally.judge("issue_date", str(reading.issue_date or "").startswith(layout["issue_date"]))


def _compare_furniture(tally: Tally, gold: Iterable[_Printed], role_of: Mapping[Place, str]) -> None:
    """Counts the lines of furniture that were told as such, and among them those inside a paragraph."""
    printed = list(gold)
    blocks = [(g.places[0], g.places[-1]) for g in printed if g.role in TEXT_ROLES and g.places]
    for g in printed:
        if g.role == "furniture" and g.places:
            told = role_of.get(g.places) == "furniture"
            tally.judge("furniture", told)
            if any(first < g.places[0] and g.places[-1] < last for first, last in blocks):
                tally.judge("furniture_inside", told)


def _compare_articles(
    made: Comparison, reading: Reading, layout: Row, want: dict[Place, _Printed], got: dict[str, Place | None]
) -> None:
    """Compares which characters belong together (B-cubed), and what stands over each article."""
    home = {p["paragraph_id"]: p["article_id"] for p in reading.paragraphs}
    gold_of = {c: g.article for places, g in want.items() for c in places}
    got_of: dict[int, Any] = {c: home[key] for key, at in got.items() for c in at or ()}
    pairs = Counter((article, got_of.get(c, ("none", c))) for c, article in gold_of.items())
    size_gold: Counter[Any] = Counter(gold_of.values())
    size_got = Counter(got_of.get(c, ("none", c)) for c in gold_of)
    made.tally.b3[0] += sum(n * n / size_got[b] for (_, b), n in pairs.items())
    made.tally.b3[1] += sum(n * n / size_gold[a] for (a, _), n in pairs.items())
    made.tally.b3[2] += len(gold_of)
    articles = {a["article_id"]: a for a in reading.articles}
    for article in layout["articles"]:
        shares = Counter({b: n for (a, b), n in pairs.items() if a == article["seq"]}).most_common(1)
        if shares:
            (best, n), size = shares[0], size_gold[article["seq"]]
            whole = n >= _WHOLE * size and size_got[best] <= size * _NO_MORE
            made.judge_article(article["seq"], "whole", whole)
            if not whole:
                made.miss("whole", "", article["blocks"][0]["text"][:40], size_got[best], size)
        _compare_heads(made, article, articles.get(shares[0][0], {}) if shares else {})


def _compare_heads(made: Comparison, article: Row, got: Row) -> None:
    for key in _READ_BY_EYE:
        if article.get(key) or got.get(key):
            right = squeeze(got.get(key)) == squeeze(article.get(key))
            made.judge_article(article["seq"], key, right)
            if not right:
                made.miss(key, "", article["blocks"][0]["text"][:40], got.get(key), article.get(key))
    decks = [squeeze("".join(side.get("deck") or [])) for side in (got, article)]
    if any(decks):
        made.tally.judge("deck", decks[0] == decks[1])
    want, have = (set(map(squeeze, side.get("authors") or [])) for side in (article, got))
    made.tally.add("authors", "found", len(want & have))
    made.tally.add("authors", "extra", len(have - want))
    made.tally.add("authors", "missed", len(want - have))
    if want != have:
        made.miss("authors", "", article["blocks"][0]["text"][:40], sorted(have), sorted(want))


def _compare_figures(
    made: Comparison,
    reading: Reading,
    figures: Sequence[Row],
    gold: dict[tuple[int | None, str], _Printed],
    got: dict[str, Place | None],
    shown: dict[str, Row],
) -> None:
    found: list[tuple[set[int], Row]] = []
    for m in reading.metrics:
        text = shown[m["paragraph_id"]]
        if text["role"] in TEXT_ROLES:
            places = part(got[m["paragraph_id"]], text["text"], m["start_char"], m["end_char"])
            found.append((set(places), m))
    taken: set[int] = set()
    for figure in figures:
        block = gold[figure["article"], f"block:{figure['block']}"]
        places = set(part(block.places, block.text, figure["start"], figure["end"]))
        near = [n for n, (at, _) in enumerate(found) if n not in taken and places & at]
        hit = next((n for n in near if _is_same_figure(figure, found[n][1])), None)
        if hit is not None:
            taken.add(hit)
            if figure["required"]:
                made.tally.add("figures", "found")
                _compare_fact(made, figure, found[hit][1], sentence_at(block.text, figure["start"]))
            continue
        taken.update(near[:1])
        if figure["required"]:
            made.tally.add("figures", "missed")
            made.tally.judge("facts", False)
            made.tally.add("figures", "extra", len(near[:1]))
            others = [f"{found[n][1]['text']} = {found[n][1]['value']:g} {found[n][1]['unit']}" for n in near]
            right = f"{figure['value']} {figure['unit']}"
            made.miss("figure missed", figure["text"], sentence_at(block.text, figure["start"]), others, right)
    for n, (_, m) in enumerate(found):
        if n not in taken:
            made.tally.add("figures", "extra")
            made.miss("figure extra", m["text"], m["sentence"], f"{m['value']:g} {m['unit']}", None)


def _is_same_figure(figure: Row, m: Row) -> bool:
    units = unit_key(figure["unit"], figure["measure"]) == unit_key(m["unit"], m["measure"])
    return units and same_value(figure["value"], m["value"])


def _compare_fact(made: Comparison, figure: Row, m: Row, sentence: str) -> None:
    reading, checks = best_reading(figure, m)
    for key, right in checks.items():
        made.tally.judge(key, right)
        if not right and key != "planned_or_target":
            keys = ("period", "period_start", "period_end") if key == "period" else (key,)
            sides = [" ".join(str(side.get(k)) for k in keys) for side in (m, reading)]
            made.miss(key, figure["text"], sentence, *sides)
    made.tally.judge("facts", is_whole(checks))
    made.tally.judge("facts_of_found", is_whole(checks))
    made.tally.told.append((float(m.get("confidence") or 0), is_whole(checks)))
    for key in ("indicator", "subject"):
        if not reading.get(key):
            made.tally.judge(f"{key} left out", not m.get(key))
    if not (reading.get("period_start") or reading.get("period_end")) and reading.get("period_scored", True):
        made.tally.judge("period left out", not (day_of(m, "period_start") or day_of(m, "period_end")))


def sentence_at(text: str, at: int) -> str:
    """Gives the sentence of a paragraph that an offset lies in."""
    return next((text[a:b].strip() for a, b in split_sentences(text) if a <= at < b), text)


def _compare_names(
    made: Comparison,
    reading: Reading,
    names: Iterable[Row],
    kind: str,
    gold: dict[tuple[int | None, str], _Printed],
    got: dict[str, Place | None],
    shown: dict[str, Row],
) -> None:
    want: dict[Place, tuple[str, str]] = {}
    free: set[Place] = set()
    for name in names:
        home = gold.get((name["article"], name["field"]))
        places = part(home.places, home.text, name["start"], name["end"]) if home else ()
        if not home or not places:
            continue
        if not name["required"]:
            free.add(places)
        elif name["type"] == kind:
            want[places] = name["text"], sentence_at(home.text, name["start"])
    have: dict[Place, tuple[str, str]] = {}
    for m in reading.mentions:
        text = shown[m["paragraph_id"]]
        if m["type"] == kind and text["role"] != "furniture":
            places = part(got[m["paragraph_id"]], text["text"], m["start_char"], m["end_char"])
            have[places] = m["text"], sentence_at(text["text"], m["start_char"])
    free_chars = {c for places in free for c in places}
    found, missed = want.keys() & have.keys(), want.keys() - have.keys()
    extra = {at for at in have.keys() - found if not (at and set(at) <= free_chars)}
    for thing in (kind, "names"):
        made.tally.add(thing, "found", len(found))
        made.tally.add(thing, "missed", len(missed))
        made.tally.add(thing, "extra", len(extra))
    for at in sorted(missed):
        made.miss(f"{kind} missed", *want[at], None, kind)
    for at in sorted(extra):
        made.miss(f"{kind} extra", *have[at], kind, None)
