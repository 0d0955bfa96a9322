"""Finds readings that several independent answers give where our own is in doubt.

What belongs here: counting answers. What does not: taking a reading (`warehouse.load.second_readings`).

Answers are independent where another model gave them, or the same one with the figures in another order.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from tasks.second.answers import FIELDS
from tasks.second.weighing import stands_in

Row = Mapping[str, Any]


def agreeing(rows: Iterable[Row], least: int) -> list[dict[str, Any]]:
    """Gives for each figure the fields in which so many answers agree on one reading that is not ours.

    Nothing is taken where any answer reads the field as we do, holds the figure for none, or reads a third thing; nor
    a word that only stands for a name (全市).

    Args:
        rows: Answers about disputed figures, those of one figure together.
        least: So many independent answers.

    Returns:
        What is to be kept: the answers that agree, the fields, the models; the values stay in the answers.
    """
    found = []
    for _, group in groupby(rows, key=lambda row: row["metric_id"]):
        answers = list(group)
        fields = [name for name in FIELDS if _agree(answers, name, least)]
        if not fields or any(row["verdict"] == "no figure" for row in answers):
            continue
        holding = [row for row in answers if set(fields) & set(row["differing"])]
        holding.sort(key=lambda row: -len(set(fields) & set(row["differing"])))
        models = sorted({row["model"] for row in holding})
        named = [[row["answer_id"], row["number"]] for row in holding]
        found.append({"answers": named, "fields": fields, "models": models, "agreeing": least})
    return found


def _agree(answers: Sequence[Row], name: str, least: int) -> bool:
    holding = [row for row in answers if name in row["differing"]]
    if any(name in row["agreed"] for row in answers) or len({(r["model"], r["order_number"]) for r in holding}) < least:
        return False
    said = {"".join(str(row[name]).split()) for row in holding}
    return len(said) == 1 and not (name == "subject" and stands_in(said.pop()))


def name_of(taken: Mapping[str, Any]) -> str:
    """Digest that names what was taken.

    Args:
        taken: As `agreeing` gives it.
    """
    return hashlib.sha256(json.dumps(taken, sort_keys=True).encode()).hexdigest()[:32]
