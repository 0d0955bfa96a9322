"""Has `broadsheet learn` find out what a second reader's agreement is worth, on figures that people checked.

What belongs here: which figures count, and what is said. What does not: the learning (`tasks.second.trust`).
"""

from __future__ import annotations

from collections.abc import Callable

from tasks.check.learned import Told, chance_of, learn_anew, read_learned
from tasks.check.own_score import COMPARED, is_right
from tasks.second.trust import FEWEST, Worth, learn_agreement
from warehouse.ask.desk import checked_figures
from warehouse.ask.second_asking import checked_agreements
from warehouse.connection import connect
from warehouse.storage.folder import DataFolder


def learn_of_second_readers(folder: DataFolder, tell: Callable[[str], None]) -> bool:
    """Learns for each model how much surer a figure is where it agrees, and says so.

    Args:
        folder: The data directory.
        tell: Takes a line.

    Returns:
        Whether confidence is to be told anew.
    """
    with connect(folder.warehouse) as con:
        rows = {row["metric_id"]: row for row in checked_figures(con, COMPARED) if row["wrong"] is not None}
        agreed = checked_agreements(con)
    learned = read_learned(folder)
    curve = learned.curves.get("fact") if learned else None
    by_model: dict[str, list[Told]] = {}
    for model, metric_id in agreed:
        if row := rows.get(metric_id):
            confidence = curve.tell(row["confidence"]) if curve else row["confidence"]
            by_model.setdefault(model, []).append((row["document_id"], confidence, is_right(row, "fact")))
    found: dict[str, Worth] = {}
    for model, told in by_model.items():
        if len(told) < FEWEST:
            tell(f"second    {model} agreed on {len(told)} checked figures: too few to learn from ({FEWEST} at least)")
            continue
        worth = found[model] = learn_agreement(told)
        right = sum(right for _, _, right in told) / len(told)
        tell(
            f"second    {model} agreed on {len(told)} checked figures, {right:.0%} of them right; held out: "
            f"surprise {worth.before:.3f} without, {worth.after:.3f} with its agreement"
        )
        kept = f"is {chance_of(worth.offset):.0%} where it agrees" if worth.offset else "stays as it is"
        tell(f"          a confidence of 50% {kept}")
    useful = {model: worth.offset for model, worth in found.items() if worth.offset > 0}
    before = dict(learned.agreements) if learned else {}
    if useful != before:
        learn_anew(folder, agreements=useful)
    return useful != before
