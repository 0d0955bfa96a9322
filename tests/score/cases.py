"""`python -m tests.score.cases FILE`: tries small cases, each with its right answer, on extraction and repair.

A case is a JSON object a line: `id`, `kind`, `verb` (`extract --lines` or `repair`; others are left out), `input`,
`issue_date` and `right`, which may hold `figures` (partial rows; a list names answers that are all right, `tol` a
tolerance), `not_figures` (texts that no figure may cover), `no_other_figures`, `names` (text and type), `not_names`,
`paragraphs` (of the repaired page) and `furniture`. Prints what is wrong, and the share right by kind.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from tasks.extraction.page import extract_page
from tasks.page import Article, PageContext, Paragraph, RepairedPage
from tasks.rows import mention_rows, metric_rows
from tasks.staging.decode import decode_page
from tasks.staging.sidecar import parse_issue_date
from tests.score.notions import Row, same_indicator, same_subject, squeeze, unit_key
from tests.score.reading import repaired


def faults_of(case: Row) -> list[str] | None:
    """Says what is wrong with the answer to a case; None where the case is for another verb."""
    if case["verb"] == "repair":
        page = repaired(decode_page(case["input"].encode("utf-8", "surrogatepass")).text)
        return _repair_faults(case["right"], page)
    if case["verb"] != "extract --lines":
        return None
    text = re.sub(r"[\r\n]+", " ", case["input"])
    issued = parse_issue_date(case["issue_date"], case["id"], "option") if case.get("issue_date") else None
    page = RepairedPage((Paragraph(1, 1, "body", text, (1,), ("given",)),), (Article(1),))
    found = extract_page(page, PageContext(issued))
    return _extract_faults(
        case["right"], text, list(metric_rows("", page, found.metrics)), list(mention_rows("", page, found.mentions))
    )


def _any_of(want: Any, right: Callable[[Any], bool]) -> bool:
    return any(right(one) for one in (want if isinstance(want, list) else [want]))


def _agrees(key: str, want: Any, got: Any, tolerance: float) -> bool:
    def near(one: Any) -> bool:
        if one is None or got is None:
            return one is None and got is None
        return abs(float(one) - float(got)) <= tolerance * max(1, abs(float(one)))

    judges: dict[str, Callable[[Any], bool]] = {
        "value": near,
        "value_high": near,
        "unit": lambda one: unit_key(one) == unit_key(got) or (not one and not got),
        "indicator": lambda one: same_indicator(one, got),
        "subject": lambda one: same_subject(one, got),
        "period_start": lambda one: (one or "") == str(got or "")[:10],
        "period_end": lambda one: (one or "") == str(got or "")[:10],
    }
    return _any_of(want, judges.get(key, lambda one: (one or None) == (got or None)))


def _extract_faults(right: Row, text: str, metrics: list[Row], mentions: Iterable[Row]) -> list[str]:
    faults, left = [], list(metrics)
    for figure in right.get("figures", []):
        keys = [key for key in figure if key not in ("tol", "text")]
        tolerance = figure.get("tol", 1e-6)

        def fits(m: Row, key: str, figure: Row = figure, tolerance: float = tolerance) -> bool:
            return _agrees(key, figure[key], m.get(key), tolerance)

        ranked = sorted(left, key=lambda m: -sum(fits(m, key) for key in keys))
        same = [m for m in ranked if fits(m, "value")] if "value" in figure else ranked
        if not same:
            faults.append(f"missing {figure}")
            continue
        left = [m for m in left if m is not same[0]]
        got = {key: same[0].get(key) for key in keys if not fits(same[0], key)}
        wrong = {key: str(value) if isinstance(value, str) else value for key, value in got.items()}
        if wrong:
            faults.append(f"{figure} got {wrong}")
    for printed in right.get("not_figures", []):
        at = text.find(printed)
        if at >= 0 and any(m["start_char"] < at + len(printed) and m["end_char"] > at for m in metrics):
            faults.append(f"no figure: {printed}")
    if right.get("no_other_figures") and left:
        faults.append(f"no other figures: {[m['text'] for m in left]}")
    have = {(name["text"], name["type"]) for name in mentions}
    for name in right.get("names", []):
        if not _any_of(name["type"], lambda kind, name=name: (name["text"], kind) in have):
            faults.append(f"missing name {name}")
    return faults + [f"no name: {t}" for t in right.get("not_names", []) if t in {printed for printed, _ in have}]


def _repair_faults(right: Row, page: RepairedPage) -> list[str]:
    bodies = [squeeze(p.text) for p in page.paragraphs if p.role in ("body", "note", "caption")]
    furniture = squeeze("".join(p.text for p in page.paragraphs if p.role == "furniture"))
    faults = [f"paragraph {p[:30]}…" for p in right.get("paragraphs", []) if squeeze(p) not in bodies]
    return faults + [f"not furniture: {t}" for t in right.get("furniture", []) if squeeze(t) not in furniture]


def main(arguments: Sequence[str] | None = None) -> int:
    """Tries the cases and prints."""
    parser = argparse.ArgumentParser(prog="python -m tests.score.cases", description=__doc__)
    parser.add_argument("file", type=Path, help="the cases, a JSON object a line")
    parser.add_argument("--quiet", action="store_true", help="only the shares")
    options = parser.parse_args(arguments)
    tally: dict[str, list[bool]] = defaultdict(list)
    for line in options.file.read_text("utf-8").split("\n"):
        case = json.loads(line) if line.strip() else {"verb": ""}
        faults = faults_of(case)
        if faults is None:
            continue
        tally[case["kind"]].append(not faults)
        if faults and not options.quiet:
            print(f"{case['id']} {case['input'][:70]!r}: {'; '.join(faults)[:300]}")
    for kind, right in sorted(tally.items(), key=lambda kv: sum(kv[1]) / len(kv[1])):
        print(f"{sum(right):3d} of {len(right):3d}  {kind}")
    all_of_them = [right for kind in tally.values() for right in kind]
    print(f"right {sum(all_of_them)} of {len(all_of_them)} = {sum(all_of_them) / (len(all_of_them) or 1):.3f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
