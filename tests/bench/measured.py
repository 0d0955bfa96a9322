"""The tables of the benchmark (docs/speed.md), and all that was measured so far, printed and written piece by piece."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

Result = dict[str, Any]


class Measured:
    """What was measured so far: printed and written into a file piece by piece, so that a later failure loses nothing.

    Attributes:
        corpora: A result for each corpus.
        small: Seconds of small runs and questions, by place.
        grown: The result beside many pages; empty before.
    """

    def __init__(self, file: Path | None = None) -> None:
        self._file = file
        self.corpora: list[Result] = []
        self.small: dict[str, dict[str, float | str]] = {}
        self.grown: Result = {}

    def add_corpus(self, result: Result) -> None:
        """Adds the result of a corpus.

        Args:
            result: What `measure` gave.
        """
        self.corpora.append(result)
        self._keep(corpus_table([result]))

    def add_small(self, place: str, seconds: Mapping[str, float | str]) -> None:
        """Adds what small runs or questions took in some place.

        Args:
            place: What the table calls it.
            seconds: Seconds by what was done, or what a question said that failed.
        """
        self.small.setdefault(place, {}).update(seconds)
        self._keep(small_table({place: seconds}))

    def set_grown(self, result: Result) -> None:
        """Takes the result beside many pages.

        Args:
            result: What `measure_grown` gave.
        """
        self.grown = result
        self._keep(grown_lines(result))

    def _keep(self, lines: Sequence[str]) -> None:
        say(*lines, "")
        if self._file:
            report = {"results": self.corpora, "small": self.small} | ({"grown": self.grown} if self.grown else {})
            self._file.write_text(json.dumps(report, ensure_ascii=False, indent=1), "utf-8")


def corpus_table(results: Sequence[Result]) -> list[str]:
    """Writes the figures of each corpus as a table of Markdown, a column each."""
    lines = [_row("", [f"{r['pages']:,} pages, {reader_of(r)}" for r in results]), "|---" * (len(results) + 1) + "|"]
    for what, figures in _figures(results).items():
        lines.append(_row(what, figures))
    return lines


def _figures(results: Sequence[Result]) -> dict[str, list[str]]:
    def share(result: Result, seconds: float) -> str:
        return f"{seconds / result['seconds']['total']:.1%}"

    def pace(result: Result, *stages: str) -> str:
        return f"{result['chars'] / sum(result['worker_seconds'][stage] for stage in stages):,.0f} characters a second"

    def of(write: Any) -> list[str]:
        return [write(result) for result in results]

    return {
        "whole pipeline, stage to load, checks included": of(
            lambda r: f"{r['chars_a_second']:,.0f} characters a second"
        ),
        "jieba's tagger alone, one core, same text": of(
            lambda r: f"{r['jieba_posseg_chars_a_second']:,.0f} characters a second"
        ),
        "the pipeline against it": of(lambda r: f"{r['chars_a_second'] / r['jieba_posseg_chars_a_second']:.2f} ×"),
        "wall time, start-up apart": of(lambda r: f"{r['seconds']['total']:.0f} s"),
        "a page": of(lambda r: f"{r['seconds']['total'] / r['pages'] * 1e3:.1f} ms"),
        "one core: repair": of(lambda r: pace(r, "repair")),
        "one core: names, numbers and facts": of(lambda r: pace(r, "extract")),
        "checks, load: share of the time": of(
            lambda r: f"{share(r, r['seconds']['check'])}, {share(r, r['seconds']['load'])}"
        ),
        "orchestration, without start-up": of(lambda r: share(r, r["orchestration_seconds"])),
        "workers, check, load: processor seconds a million characters": of(
            lambda r: ", ".join(f"{seconds / r['chars'] * 1e6:.2f}" for seconds in _busy(r))
        ),
        "largest process": of(lambda r: _largest(r["megabytes"])),
        "again, nothing new": of(lambda r: f"{r['again_seconds']:.1f} s ({share(r, r['again_seconds'])})"),
        "raw, lake, warehouse: a page": of(
            lambda r: ", ".join(f"{kilobytes:.1f}" for kilobytes in r["kilobytes_a_page"].values()) + " kB"
        ),
    } | (
        {"two workers against one": of(lambda r: f"{r['two_workers_against_one']:.2f} ×")}
        if all("two_workers_against_one" in result for result in results)
        else {}
    )


def _busy(result: Result) -> tuple[float, float, float]:
    """Seconds of the workers, of the checks and of the loads; the last two are waited for one after the other."""
    return sum(result["worker_seconds"].values()), result["seconds"]["check"], result["seconds"]["load"]


def small_table(small: Mapping[str, Mapping[str, float | str]]) -> list[str]:
    """Writes the seconds of small runs and questions as a table of Markdown, a column for each place.

    Args:
        small: Seconds by what was done, or what a question said that failed; by place.
    """

    def cell(taken: float | str | None) -> str:
        return f"{taken:.2f} s" if isinstance(taken, float) else (taken or "").replace("|", "\\|")

    whats = dict.fromkeys(what for seconds in small.values() for what in seconds)
    lines = [_row("the whole command, from its start to its end", list(small)), "|---" * (len(small) + 1) + "|"]
    for what in whats:
        lines.append(_row(what, [cell(seconds.get(what)) for seconds in small.values()]))
    return lines


def grown_lines(grown: Result) -> list[str]:
    """Writes what was measured beside many pages, in sentences."""
    return [
        f"Beside {grown['pages']:,} pages (the rows of the pages above repeated under other ids, loaded by `rebuild` "
        f"in {grown['rebuild_seconds']:.0f} s): the largest process of a run of 120 pages is "
        f"{_largest(grown['megabytes'])}, of the rebuild {_largest(grown['rebuild_megabytes'])}; nothing new takes "
        f"{grown['again_seconds']:.1f} s."
    ]


def _largest(megabytes: dict[str, float]) -> str:
    kind = max(megabytes, key=megabytes.__getitem__)
    others = ", ".join(f"{name} {value:.0f}" for name, value in megabytes.items() if name not in (kind, "tracker"))
    return f"{megabytes[kind]:.0f} MB ({kind}{f'; {others}' if others else ''})"


def reader_of(result: Result) -> str:
    return "learned reader" if result["reader"] == "learned" else "rules alone"


def _row(what: str, cells: Sequence[str]) -> str:
    return f"| {' | '.join([what, *cells])} |"


def say(*lines: str) -> None:
    """Prints lines at once.

    Args:
        *lines: What to print.
    """
    sys.stdout.write("\n".join(lines) + "\n")
    sys.stdout.flush()
