"""Learns how sure a fact is: `python -m tasks.learning.trust FOLDER… --judge tests/score/notions.py --sisters PATH`.

What belongs here: weighing the reader's chances and the rules' agreement by what came out right, on annotated text that
the reader was not trained on. What does not: the signs themselves.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from tasks.extraction.facts.reader.network import Network, network_at, shipped_network
from tasks.extraction.facts.reader.reread import choices_for
from tasks.extraction.facts.reader.trust import TOLD, Evidence, signs_of
from tasks.learning.annotated import FOLDS, Annotated, part_of, read_folders, sister_at
from tasks.learning.fact_weights import load_judge
from tasks.learning.fitting import solve
from tasks.lexicon import lexicon_path
from tasks.page import Metric
from tasks.reading import fold

Judge = Callable[[str | None, str | None], bool]
Told = tuple[Evidence, dict[str, bool]]

_PENALTY = 1.0


def told_of(document: Annotated, network: Network, same_indicator: Judge, same_subject: Judge) -> Iterator[Told]:
    """Reads an annotated page and says of each figure what spoke for it, and which of its fields are right.

    What is no figure is no fact either; its fields are not judged.
    """
    metrics = document.reading.metrics
    for number, chosen, evidence, _ in choices_for(document.reading, network):
        figure = document.figure_of(metrics[number])
        if figure is not None and not figure["required"]:
            continue
        if figure is None:
            yield evidence, {"fact": False}
            continue
        readings = [figure, *({**figure, **other} for other in figure.get("alt", []))]
        rights = [_right(chosen, reading, same_indicator, same_subject) for reading in readings]
        best = max(rights, key=lambda right: (all(right.values()), sum(right.values())))
        yield evidence, {**best, "fact": all(best.values())}


def _right(metric: Metric, figure: dict[str, Any], same_indicator: Judge, same_subject: Judge) -> dict[str, bool]:
    def same(judge: Judge, name: str) -> bool:
        want = figure[name]
        return not want or judge(fold(want).text, getattr(metric, name))

    dates = str(metric.period_start or ""), str(metric.period_end or "")
    want = figure["period_start"] or "", figure["period_end"] or ""
    return {
        "indicator": same(same_indicator, "indicator"),
        "subject": same(same_subject, "subject"),
        "period": all(not w or w == g for w, g in zip(want, dates, strict=True)),
        "modality": metric.modality == figure["modality"],
        "measure": metric.measure == figure["measure"],
        "comparison": figure["measure"] != "growth" or metric.comparison == figure["comparison"],
    }


def learn(told: Sequence[Told], question: str) -> dict[str, float]:
    """Fits the weights of one question by logistic regression."""
    told = [(evidence, right) for evidence, right in told if question in right]
    rows = [signs_of(evidence, question) for evidence, _ in told]
    names = list(rows[0])
    table = np.array([[row[name] for name in names] for row in rows])
    truth = np.array([right[question] for _, right in told], dtype=float)
    return dict(zip(names, map(float, solve(table, truth, _PENALTY)), strict=True))


def main(arguments: Sequence[str]) -> None:
    """Learns the weights of all questions and writes `reader_trust.csv`."""
    parser = argparse.ArgumentParser(prog="python -m tasks.learning.trust", description=__doc__)
    parser.add_argument("folders", nargs="+", type=Path, help="annotated text that the reader was not trained on")
    parser.add_argument("--judge", type=Path, required=True, help="file with same_indicator and same_subject")
    parser.add_argument("--network", type=Path, help="the reader, without its ending; the shipped one where not given")
    parser.add_argument(
        "--sisters", type=Path, metavar="PATH", help="networks that each did not see a part of the text"
    )
    options = parser.parse_args(arguments)
    judges = load_judge(options.judge)
    if options.sisters:
        networks = [network_at(sister_at(options.sisters, part)) for part in range(FOLDS)]
    else:
        networks = [network_at(options.network) if options.network else shipped_network()] * FOLDS
    told = [t for d in read_folders(options.folders) for t in told_of(d, networks[part_of(d.name)], *judges)]
    lines = [
        f"# source: learned by tasks/learning/trust.py on {len(told)} annotated figures the reader had not seen",
        "question,sign,weight",
    ]
    for question in (*TOLD, "fact"):
        weights = learn(told, question)
        lines += [f"{question},{name},{weight:.3f}" for name, weight in weights.items()]
        asked = [right[question] for _, right in told if question in right]
        print(f"{question}: {np.mean(asked):.3f} of {len(asked)} right")  # noqa: T201
    lexicon_path("reader_trust.csv").write_text("\n".join(lines) + "\n", "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
