"""Keeps what people say of figures in the file of corrections: safely, also when several write at once.

What belongs here: answers as lines, and the file under its lock. What does not: what a line may say (`corrections`),
what a load makes of it (`warehouse.load.corrections`).

A figure has one answer, the last; whoever gives another one must have seen the one that stands.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from filelock import FileLock, Timeout

from tasks.check.corrections import HEADER, CorrectionError, correction_of, read_corrections
from warehouse.errors import EnvironmentProblem
from warehouse.storage.durable import write_atomically
from warehouse.storage.given import read_given

Line = dict[str, str]
"""The cells of a line of the file."""

_PATIENCE = 20
"""Seconds to wait for another desk that writes; it needs some thousandths."""


class AnsweredMeanwhileError(CorrectionError):
    """Somebody else gave an answer to the same figure since it was looked at; nothing was written."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a person says of a figure.

    Attributes:
        page: Document id.
        span: Paragraph and characters, such as p12:34-40.
        printed: Its sentence, the figure between « and ».
        verdict: accepted, corrected, added or rejected.
        fields: The right values of columns of `metrics`, as text; empty for none.
        who: Name of the person.
        why: On what grounds.
        places: Other pages and spans that lines may give the figure by: the page's file name, an older paragraph.
    """

    page: str
    span: str
    printed: str
    verdict: str
    fields: Mapping[str, str] = field(default_factory=dict)
    who: str = ""
    why: str = ""
    places: frozenset[tuple[str, str]] = frozenset()


def lines_of(answer: Answer, when: datetime | None = None) -> list[Line]:
    """Writes an answer as lines of the file.

    Args:
        answer: What a person says.
        when: The time; now without.

    Raises:
        CorrectionError: A value can't be.

    >>> said = Answer("d1", "p2:3-5", "增长«8%»", "accepted", {}, "李", "原文如此")
    >>> [(line["column"], line["value"]) for line in lines_of(said)]
    [('metrics.status', 'accepted')]
    """
    moment = (when or datetime.now(UTC)).strftime("%Y-%m-%dT%H:%M:%SZ")
    said = {f"metrics.{name}": value for name, value in answer.fields.items()}
    if answer.verdict != "corrected":
        said["metrics.status"] = answer.verdict
    lines = []
    for column, value in said.items():
        cells = (answer.page, answer.span, column, value, answer.who, answer.why, moment, answer.printed)
        line = dict(zip(HEADER, (" ".join(cell.split()) for cell in cells), strict=True))
        line["printed"] = answer.printed
        correction_of(line, column.partition(".")[2])
        lines.append(line)
    return lines


def digest_of(lines: Iterable[Mapping[str, str]]) -> str:
    """Digests lines, so that it can be told whether somebody changed them; empty where there are none.

    Args:
        lines: Lines of one figure.
    """
    said = sorted(repr([line.get(name, "") for name in HEADER]) for line in lines)
    return hashlib.sha256("\n".join(said).encode()).hexdigest()[:16] if said else ""


@dataclass(frozen=True, slots=True)
class AnswerFile:
    """The file of corrections.

    Attributes:
        path: Where it lies; it need not be there yet.
    """

    path: Path

    def lines(self, *, repeated: bool = False) -> list[Line]:
        """Reads all lines as they stand.

        Args:
            repeated: The same place may be answered several times, and nothing else is looked at either.

        Raises:
            CorrectionError: A line is wrong, so that rewriting the file could lose something.
        """
        if not self.path.exists():
            return []
        if not repeated:
            read_corrections(self.path)
        rows = csv.DictReader(io.StringIO(read_given(self.path).decode("utf-8-sig"), newline=""))
        return [{name: (row.get(name) or "").strip() for name in HEADER} for row in rows]

    def put(
        self,
        page: str,
        span: str,
        lines: Sequence[Line],
        seen: str | None = None,
        places: frozenset[tuple[str, str]] = frozenset(),
    ) -> tuple[list[Line], list[Line]]:
        """Writes lines in the place of those that a figure has; none take its answer back.

        Args:
            page: Document id.
            span: Paragraph and characters.
            lines: The new lines.
            seen: Digest of the lines that the person saw; None to write whatever stands there.
            places: Other pages and spans of the figure.

        Returns:
            The lines before and after.

        Raises:
            AnsweredMeanwhileError: Other lines stand there.
        """
        mine = of_figure(places | {(page, span)})
        with self._locked():
            held = self.lines()
            before = [line for line in held if mine(line)]
            if seen is not None and digest_of(before) != seen:
                who = ", ".join(sorted({line["who"] for line in before})) or "somebody who took the answer back"
                raise AnsweredMeanwhileError(
                    f"{page} {span}: answered meanwhile by {who}; look at that answer and decide anew."
                )
            self._write([line for line in held if not mine(line)] + list(lines))
        return before, list(lines)

    def drop(self, which: Callable[[Line], bool], *, repeated: bool = False) -> list[Line]:
        """Takes lines out.

        Args:
            which: Says of a line whether it is to go.
            repeated: The same place may be answered several times.

        Returns:
            The lines that were taken out.
        """
        gone: list[Line] = []

        def without(held: Sequence[Line]) -> list[Line]:
            gone.extend(line for line in held if which(line))
            return [line for line in held if line not in gone]

        if self.path.exists():
            self.rewrite(without, repeated=repeated)
        return gone

    def rewrite(self, change: Callable[[Sequence[Line]], list[Line]], *, repeated: bool = False) -> None:
        """Writes other lines in the place of all that stand, where they differ.

        Args:
            change: Takes the lines that stand, and gives those that are to.
            repeated: The same place may be answered several times.
        """
        with self._locked():
            held = self.lines(repeated=repeated)
            wanted = change(held)
            if wanted != held:
                self._write(wanted)

    def merge(self, lines: Sequence[Line]) -> None:
        """Writes lines in the place of those of the same columns; other columns of the same rows stay.

        Args:
            lines: The new lines.
        """
        new = {_place(line) for line in lines}
        with self._locked():
            self._write([*(line for line in self.lines() if _place(line) not in new), *lines])

    def _write(self, lines: Iterable[Mapping[str, str]]) -> None:
        write_atomically(self.path, as_csv(lines))

    @contextmanager
    def _locked(self) -> Iterator[None]:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.path.with_name(f".{self.path.name}.lock"))
        try:
            lock.acquire(timeout=_PATIENCE)
        except Timeout:
            raise EnvironmentProblem(
                f"Another program has been writing {self.path} for {_PATIENCE} seconds: end it (process ids show "
                f"with `fuser {os.fspath(self.path)}`) and answer again."
            ) from None
        try:
            yield
        finally:
            lock.release()


def as_csv(lines: Iterable[Mapping[str, str]]) -> bytes:
    """Writes lines as the file of corrections has them.

    Args:
        lines: The lines.
    """
    text = io.StringIO()
    out = csv.DictWriter(text, HEADER, lineterminator="\n")
    out.writeheader()
    out.writerows({name: line.get(name, "") for name in HEADER} for line in lines)
    return text.getvalue().encode()


def _place(line: Mapping[str, str]) -> tuple[str, str, str]:
    return line["page"], plain_span(line["span"]), line["column"]


def plain_span(span: str) -> str:
    """Writes a place without the zeros that ids have before a paragraph's number.

    >>> plain_span("p0012:3-40")
    'p12:3-40'
    """
    return re.sub(r"^([a-z])0+", r"\1", span)


def of_figure(places: Iterable[tuple[str, str]]) -> Callable[[Mapping[str, str]], bool]:
    """Gives what says of a line whether it is about a figure.

    Args:
        places: Pages and spans that lines may give the figure by.
    """
    wanted = {(page, plain_span(span)) for page, span in places}

    def mine(line: Mapping[str, str]) -> bool:
        return line["column"].startswith("metrics.") and (line["page"], plain_span(line["span"])) in wanted

    return mine
