"""Prints scores, a line a group, and writes what came out wrong to a file.

What belongs here: what the output looks like. What does not: the scores.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from tests.score.comparing import Comparison
from tests.score.samples import Sample
from tests.score.tally import Tally

COLUMNS = {
    "figures": "figures F1",
    "facts": "facts",
    "indicator": "indicator",
    "subject": "subject",
    "period": "period",
    "measure": "measure",
    "comparison": "comparison",
    "modality": "modality",
    "planned_or_target": "plan/target",
    "names": "names F1",
    "PER": "PER",
    "ORG": "ORG",
    "LOC": "LOC",
    "paragraphs": "paragraphs F1",
    "articles": "articles B3",
    "headline": "headline",
    "sure_right": ">= 0.9 right",
    "sure": "share",
    "ece": "ECE",
    "ranking": "ranking",
}
"""Score and heading; all run from 0 to 1, and only of `ECE` less is better."""


LAYOUT = {
    "whole": "found whole",
    "paragraphs": "paragraphs F1",
    "articles": "articles B3",
    "headline": "headline",
    "kicker": "kicker",
    "deck": "deck",
    "authors": "authors F1",
    "dateline": "dateline",
    "role": "role",
    "furniture": "furniture",
    "furniture_inside": "inside a paragraph",
}
"""The scores of layout alone."""


def table(sums: Mapping[str, Tally], listed: Mapping[str, str] = COLUMNS) -> str:
    """Lays the scores out, as a Markdown table."""
    made = {group: tally.scores() for group, tally in sums.items()}
    columns = {key: title for key, title in listed.items() if any(key in scores for scores in made.values())}
    lines = [f"| | pages | {' | '.join(columns.values())} |", "|---" * (len(columns) + 2) + "|"]
    for group, scores in made.items():
        cells = [f"{scores[key]:.3f}" if key in scores else "" for key in columns]
        lines.append(f"| {group} | {sums[group].n['pages']} | {' | '.join(cells)} |")
    return "\n".join(lines)


def facts_across(sums: Mapping[str, Tally]) -> str:
    """Lays the whole facts of every group out in one line, as a Markdown table: what is asked first, on few lines."""
    made = {group: scores["facts"] for group, tally in sums.items() if "facts" in (scores := tally.scores())}
    head = f"| whole facts | {' | '.join(made)} |"
    line = f"| | {' | '.join(f'{facts:.3f}' for facts in made.values())} |"
    return "\n".join([head, "|---" * (len(made) + 1) + "|", line])


def write_misses(path: Path, scored: Iterable[tuple[Sample, Comparison]]) -> int:
    """Writes what came out wrong, a JSON object a line, and tells how many there are."""
    lines = [
        json.dumps({"group": sample.group, "document": sample.name} | asdict(miss), ensure_ascii=False)
        for sample, compared in scored
        for miss in compared.misses
    ]
    path.write_text("".join(line + "\n" for line in lines), "utf-8")
    return len(lines)
