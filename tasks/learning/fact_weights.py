"""Learns the weights of `fact_weights.csv` from annotated pages: `python -m tasks.learning.fact_weights`.

What belongs here: reading annotations, collecting the signs the reader decided by, fitting and calibrating weights.
What does not: anything a page is read with; this module is run by hand, when annotations or signs change.

Two questions are learned, both by logistic regression with an L2 penalty over the named signs: whether a paragraph of a
work report sets plans (`mood`) and whether a fact is right as a whole (`confidence`). A table (`calibration`) turns the
score of the last into a confidence; it is made from scores of articles by weights learned without them.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from tasks.extraction.facts import ranking
from tasks.extraction.facts.build import read_facts
from tasks.extraction.facts.clause.slots import Slot
from tasks.extraction.facts.section.mood import mood_signs
from tasks.extraction.facts.section.outline import outline_page
from tasks.extraction.names import find_names
from tasks.extraction.page import periods_of
from tasks.extraction.quantities import find_quantities
from tasks.learning.fitting import Example, Weights, fit, held_out_scores, solve
from tasks.lexicon import lexicon_path, read_table
from tasks.page import TEXT_ROLES, Article, IssueDate, Metric, PageContext, Paragraph, Period, RepairedPage

Judge = Callable[[str | None, str | None], bool]


def read_annotated(folder: Path, name: str) -> tuple[RepairedPage, PageContext, list[dict[str, Any]]]:
    """Reads an annotated page: its layout as a repaired page, and its figures with their `Paragraph.seq`."""
    layout = json.loads((folder / f"{name}.layout.json").read_text("utf-8"))
    paragraphs: list[Paragraph] = []
    at: dict[tuple[int, int], int] = {}
    for article in layout["articles"]:
        heads = [("kicker", article["kicker"]), ("headline", article["headline"])]
        heads += [("deck", text) for text in article["deck"] or []]
        for role, text in heads:
            if text:
                paragraphs.append(Paragraph(len(paragraphs) + 1, article["seq"], role, text))
        for n, block in enumerate(article["blocks"]):
            at[article["seq"], n] = len(paragraphs) + 1
            paragraphs.append(Paragraph(len(paragraphs) + 1, article["seq"], block["role"], block["text"]))
    articles = tuple(
        Article(a["seq"], a["kicker"], a["headline"], tuple(a["deck"] or ()), dateline=a["dateline"])
        for a in layout["articles"]
    )
    printed = layout["issue_date"]
    day = date.fromisoformat(printed if len(printed) == 10 else printed + "-01")
    precision = "day" if len(printed) == 10 else "month"
    lines = (folder / f"{name}.metrics.jsonl").read_text("utf-8").splitlines()
    figures = [json.loads(line) for line in lines if line.strip()]
    for figure in figures:
        figure["paragraph"] = at[figure["article"], figure["block"]]
    return RepairedPage(tuple(paragraphs), articles), PageContext(IssueDate(day, precision)), figures


def collect(folder: Path, name: str, same_indicator: Judge, same_subject: Judge) -> list[Example]:
    """Reads one annotated page and notes each fact's signs and whether it is right."""
    page, context, figures = read_annotated(folder, name)
    seen: list[tuple[Slot, tuple[str, ...]]] = []
    texts = {p.seq: p.text for p in page.paragraphs}
    outlines = outline_page(page, context)
    metrics = read_facts(
        page,
        {n: list(find_quantities(text)) for n, text in texts.items()},
        periods_of([p for p in page.paragraphs if p.role in TEXT_ROLES], context, outlines),
        list(find_names(page, context)),
        context,
        outlines,
        lambda slot, signs: seen.append((slot, signs)),
    )
    told = {id(m.quantity): (m, _annotation(m, figures)) for m in metrics}
    found = []
    for slot, signs in seen:
        metric, figure = told.get(id(slot.quantity), (None, None))
        if metric is not None and figure is not None:
            found.append(Example(name, signs, _is_right(metric, figure, same_indicator, same_subject)))
    return found


def _annotation(metric: Metric, figures: Iterable[dict[str, Any]]) -> dict[str, Any] | None:
    a, b = metric.quantity.start_char, metric.quantity.end_char
    fitting = (f for f in figures if f["paragraph"] == metric.paragraph and f["start"] < b and a < f["end"])
    return next((f for f in fitting if f["required"]), None)


def _dates(period: Period | Metric | None) -> tuple[str, str]:
    if period is None:
        return "", ""
    if isinstance(period, Metric):
        return str(period.period_start or ""), str(period.period_end or "")
    return str(period.start or ""), str(period.end or "")


def _is_right(metric: Metric, figure: dict[str, Any], same_indicator: Judge, same_subject: Judge) -> bool:
    """Whether a fact is right as a whole."""
    want = (figure["period_start"] or "", figure["period_end"] or "")
    return (
        metric.measure == figure["measure"]
        and metric.modality == figure["modality"]
        and (figure["measure"] != "growth" or metric.comparison == figure["comparison"])
        and (not figure["indicator"] or same_indicator(figure["indicator"], metric.indicator))
        and (not figure["subject"] or same_subject(figure["subject"], metric.subject))
        and all(not w or w == g for w, g in zip(want, _dates(metric), strict=True))
    )


def read_moods(folder: Path, name: str) -> list[tuple[str, dict[str, float], bool]]:
    """Reads the paragraphs of an annotated work report: article, signs of mood, and whether most figures are plans."""
    page, context, figures = read_annotated(folder, name)
    if all(outline.genre != "work report" for outline in outline_page(page, context).values()):
        return []
    plans: dict[int, Counter[bool]] = {}
    for figure in figures:
        if figure["required"]:
            plans.setdefault(figure["paragraph"], Counter())[figure["modality"] != "actual"] += 1
    texts = {p.seq: p.text for p in page.paragraphs}
    return [(name, mood_signs(texts[seq]), count[True] > count[False]) for seq, count in plans.items()]


def fit_moods(paragraphs: Sequence[tuple[str, dict[str, float], bool]], penalty: float = 0.3) -> Weights:
    """Fits the weights of the signs of mood by logistic regression, and prints the errors without the own article."""
    unlike = {tuple(signs.values()): (name, signs, plan) for name, signs, plan in paragraphs}
    rows = list(unlike.values())
    signs = list(rows[0][1])
    table = np.array([[r[1][s] for s in signs] for r in rows])
    truth = np.array([r[2] for r in rows], dtype=float)
    names = np.array([r[0] for r in rows])
    wrong = 0
    for name in dict.fromkeys(names):
        weights = solve(table[names != name], truth[names != name], penalty)
        wrong += int(((table[names == name] @ weights > 0) != truth[names == name]).sum())
    print(f"mood: {wrong} of {len(rows)} paragraphs wrong without their own article")  # noqa: T201
    return dict(zip(signs, map(float, solve(table, truth, penalty)), strict=True))


def calibrate(examples: Sequence[Example], penalty: float, sure: float) -> Weights:
    """Makes the table by which a score becomes a confidence, from scores by weights learned without the article.

    The lower part of the table holds the share of right facts among so many, never falling. The upper part, `sure` of
    all facts, is told with 0.90 and more as one class, because readers want half of the facts to build on; its better
    half is told with 0.93 and more. The share of right facts in the class is printed: it says how far the name holds.

    Args:
        examples: The facts and whether they are right.
        penalty: As in `fit`.
        sure: Share of all facts to be told with 0.9 or more.
    """
    scored = sorted((s, e.right) for e, s in held_out_scores(examples, penalty, 22))
    edge = int(len(scored) * (1 - sure))
    print(f"sure: {np.mean([right for _, right in scored[edge:]]):.3f} of {len(scored) - edge} right")  # noqa: T201
    table: Weights = {}
    step, least = max(1, edge // 6), 0.0
    for n in range(0, edge - step + 1, step):
        part = scored[n : n + step]
        least = max(least, float(np.mean([right for _, right in part])))
        table[f"{np.mean([s for s, _ in part]):.3f}"] = least
    table[f"{scored[edge][0] - 0.002:.3f}"] = max(least, 0.8)
    for share, chance in ((0.0, 0.9), (0.5, 0.91), (0.55, 0.93), (1.0, 0.98)):
        table[f"{scored[min(len(scored) - 1, edge + int(share * (len(scored) - edge)))][0]:.3f}"] = chance
    return table


def write(question: str, weights: Weights) -> None:
    """Writes one question's weights into `fact_weights.csv`, leaving the other's as they are."""
    path = lexicon_path("fact_weights.csv")
    kept = [
        line for line in path.read_text("utf-8").splitlines() if not line.startswith(("#", "question,", f"{question},"))
    ]
    lines = [f"{question},{sign},{w:.3f}" for sign, w in sorted(weights.items()) if abs(w) >= 0.01]
    head = [
        "# source: learned by tasks/learning/fact_weights.py, see docs/figures-facts.md",
        "question,feature,weight",
    ]
    path.write_text("\n".join([*head, *kept, *lines]) + "\n", "utf-8")
    read_table.cache_clear()
    ranking.weights_of.cache_clear()


def load_judge(path: Path) -> tuple[Judge, Judge]:
    """Takes the notions of sameness out of a Python file."""
    spec = importlib.util.spec_from_file_location("judge", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"{path} is no Python file; give the file that holds same_indicator and same_subject.")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.same_indicator, module.same_subject


def main(arguments: Sequence[str]) -> None:
    """Learns both questions from the annotated pages of some folders."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("folders", nargs="+", type=Path, help="folders with *.layout.json and *.metrics.jsonl")
    parser.add_argument("--judge", type=Path, required=True, help="file with same_indicator and same_subject")
    questions = ("mood", "confidence")
    parser.add_argument("--question", action="append", choices=questions, help="learn only this one")
    parser.add_argument("--sure", type=float, default=0.57, help="share of all facts told with 0.9 or more")
    options = parser.parse_args(arguments)
    same_indicator, same_subject = load_judge(options.judge)
    named = [(f, p.name.removesuffix(".layout.json")) for f in options.folders for p in sorted(f.glob("*.layout.json"))]
    for question in options.question or questions:
        if question == "mood":
            rows = [row for f, n in named for row in read_moods(f, n)]
            write(question, fit_moods(rows))
            print(f"mood: {len(rows)} examples of {len(named)} pages")  # noqa: T201
            continue
        examples = [e for f, n in named for e in collect(f, n, same_indicator, same_subject)]
        write(question, fit(examples, 30.0))
        write("calibration", calibrate(examples, 30.0, options.sure))
        right = sum(e.right for e in examples)
        print(f"{question}: {len(examples)} examples of {len(named)} pages, {right} of them right")  # noqa: T201


if __name__ == "__main__":
    main(sys.argv[1:])
