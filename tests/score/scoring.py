"""Reads annotated pages and compares them, in as many processes as there are cores.

What belongs here: going through the pages. What does not: reading one, comparing one.
"""

from __future__ import annotations

import multiprocessing
import os
from collections import Counter
from collections.abc import Iterable, Sequence

from tests.ablate.switches import BOARD
from tests.score.comparing import Comparison, compare
from tests.score.reading import read_page
from tests.score.rules import with_rules
from tests.score.samples import Sample
from tests.score.tally import Tally


def score_sample(sample: Sample) -> Comparison:
    """Reads one annotated page and compares; where switches are installed, misses name the rules that spoke."""
    BOARD.heard = []
    compared = compare(read_page(sample.raw, sample.name), sample.layout(), sample.figures(), sample.names())
    compared.misses = with_rules(compared.misses, BOARD.heard)
    return compared


def score_samples(samples: Sequence[Sample], processes: int | None = None) -> list[tuple[Sample, Comparison]]:
    """Reads annotated pages and compares them; the order is that of the samples.

    Args:
        samples: The pages.
        processes: How many to use; as many as there are cores where None, this one alone where 1.
    """
    count = min(processes or os.cpu_count() or 1, len(samples) // 10 + 1)
    if count == 1:
        return [(sample, score_sample(sample)) for sample in samples]
    with multiprocessing.get_context("fork").Pool(count) as pool:
        return list(zip(samples, pool.map(score_sample, samples, chunksize=4), strict=True))


def tallies(scored: Iterable[tuple[Sample, Comparison]]) -> dict[str, Tally]:
    """Sums the scores by group; folders with several genres get a line for all of them together."""
    sums: dict[str, Tally] = {}
    for sample, compared in scored:
        for group in dict.fromkeys((sample.group, _whole(sample.group))):
            sums.setdefault(group, Tally()).take(compared.tally)
    genres = Counter(_whole(group) for group in sums if group != _whole(group))
    return {group: tally for group, tally in sorted(sums.items()) if genres[group] != 1}


def _whole(group: str) -> str:
    first, _, genre = group.partition(" ")
    return f"{first}, all" if genre else first
