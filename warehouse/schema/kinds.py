"""The kinds that a figure's statement, comparison and mood are of, each word once for whoever reads, keeps or asks.

What belongs here: kinds that the reading and the tables share. What does not: kinds that never leave the reading.
"""

from __future__ import annotations

from enum import StrEnum


class Measure(StrEnum):
    """What kind of statement a figure makes."""

    LEVEL = "level"
    GROWTH = "growth"
    SHARE = "share"
    CONTRIBUTION = "contribution"
    RANK = "rank"


class Comparison(StrEnum):
    """What a growth is compared with: the year before, the month before, the year's beginning, another time."""

    YOY = "yoy"
    QOQ = "qoq"
    YTD = "ytd"
    PRIOR = "prior"


class Modality(StrEnum):
    """Whether a figure is done, a target or planned."""

    ACTUAL = "actual"
    TARGET = "target"
    PLANNED = "planned"
