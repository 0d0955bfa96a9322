"""Writes the quality page: what was checked, what did not hold, and the way from there to the rows and their lines.

What belongs here: pages made from the warehouse's own tables, for a browser without a network. What does not:
running checks.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from expectations.quality_page import contents
from expectations.results import carry_over, kept_results
from expectations.rules import Rule
from expectations.suite import WAREHOUSE_TABLES, suites
from warehouse.gate.candidate import Connection
from warehouse.storage.durable import write_atomically

RawLines = Callable[[str], Sequence[str]]
"""Gives the raw lines of a document by its id; none where they are gone."""

Row = dict[str, Any]

_STANDING = "made-of.json"
"""Of each file that tells of a newspaper page the digests of what it was made of and of what it holds."""


def write_quality_page(
    con: Connection, output: Path, raw_lines: RawLines, own_rules: Iterable[Rule] = (), lines_version: str = ""
) -> Path:
    """Writes the quality page of a warehouse anew; what it says of a newspaper page stays where nothing has changed.

    Args:
        con: A connection to the warehouse, read-only will do.
        output: Folder for it; what was there is replaced, but for Great Expectations' own results.
        raw_lines: Gives the raw lines of a document.
        own_rules: The user's rules, so that their meaning is told too.
        lines_version: Version of what gives the raw lines; without, nothing stays as it was.

    Returns:
        The page to open.
    """
    engine = _engine()
    beside = output.with_name(f".{output.name}-{os.getpid()}")
    shutil.rmtree(beside, ignore_errors=True)
    for name in ("checks", "pages"):
        (beside / name).mkdir(parents=True)
    shutil.copyfile(Path(__file__).parent / "quality.css", beside / "quality.css")
    checks = _with_meaning(contents.checks(con), own_rules)
    failures = contents.failures(con)
    documents = contents.documents(con, {row["document_id"] for row in failures if row["document_id"]})
    _write(engine, beside / "index.html", "index.html.j2", root="", **_overview(con, checks, output))
    _write_checks(engine, beside, checks, failures, documents, con)
    _write_pages(engine, _Standing(output, beside, lines_version), failures, documents, raw_lines)
    carry_over(output, beside)
    shutil.rmtree(output, ignore_errors=True)
    beside.replace(output)
    return output / "index.html"


def failing_checks(con: Connection) -> list[Row]:
    """Lists the expectations that rows of the warehouse fail as things stand, with what they mean.

    Args:
        con: A connection to the warehouse, read-only will do.

    Returns:
        Rows with table_name, expectation, column_name, severity, failing (how many rows), zh and en (its meaning).
    """
    return [row for row in _with_meaning(contents.checks(con), ()) if row["failing"]]


def check_file(row: Mapping[str, Any]) -> str:
    """Names the page of an expectation.

    >>> check_file({"table_name": "metrics", "expectation": "column_is_filled", "column_name": "unit"})
    'metrics.column_is_filled.unit.html'
    """
    return ".".join(str(row[key]) for key in ("table_name", "expectation", "column_name") if row[key]) + ".html"


def _engine() -> Environment:
    engine = Environment(
        loader=PackageLoader("expectations.quality_page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    engine.globals["check_file"] = check_file
    return engine


def _overview(con: Connection, checks: list[Row], output: Path) -> Row:
    runs = contents.runs(con)
    return {
        "runs": runs,
        "bars": contents.bars(runs),
        "failing": [row for row in checks if row["failing"]],
        "checks": checks,
        "worst": contents.worst_pages(con),
        "rejected": contents.rejected_pages(con),
        "quarantine": contents.quarantine(con),
        "corrections": contents.corrections(con),
        "totals": contents.totals(con),
        "results": [path.relative_to(output).as_posix() for path in kept_results(output)],
    }


def _with_meaning(checks: list[Row], own_rules: Iterable[Rule]) -> list[Row]:
    known = {
        (check.table, check.name, check.column): check
        for suite in suites(WAREHOUSE_TABLES, own_rules).values()
        for check in suite
    }
    for row in checks:
        check = known.get((row["table_name"], row["expectation"], row["column_name"]))
        row["zh"], row["en"] = (check.zh, check.en) if check else ("", "")
    return checks


def _write_checks(
    engine: Environment,
    root: Path,
    checks: list[Row],
    failures: list[Row],
    documents: Mapping[str, Row],
    con: Connection,
) -> None:
    by_check: dict[str, list[Row]] = {}
    for failure in failures:
        by_check.setdefault(check_file(failure), []).append(failure)
    history = contents.history(con)
    for row in checks:
        name = check_file(row)
        if row["failing"] or row["ever_failed"]:
            rows = by_check.get(name, [])
            path = root / "checks" / name
            _write(
                engine, path, "check.html.j2", root="../", check=row, rows=rows, documents=documents,
                history=history.get(name.removesuffix(".html"), []),
            )  # fmt: skip


class _Standing:
    """Files of the page as it was, and what each was made of: most pages with failures are as they were last time."""

    def __init__(self, before: Path, after: Path, version: str) -> None:
        self._before, self._after = before, after
        self._version = f"{version} {_templates_digest()}" if version else ""
        self._old = _read_standing(before / _STANDING)
        self.made: dict[str, str] = {}

    def take(self, name: str, given: object) -> Path | None:
        """Takes a file over where it is made of the same; else tells where it is to be written."""
        digest = self.made[name] = sha256(f"{self._version} {given!r}".encode()).hexdigest()
        of_what, _, held = self._old.get(name, "").partition(" ")
        if self._version and of_what == digest:
            with suppress(OSError):  # somebody took it away
                page = (self._before / name).read_bytes()
                if sha256(page).hexdigest() == held:  # a power cut may have left another
                    (self._after / name).write_bytes(page)
                    self.made[name] = f"{digest} {held}"
                    return None
        return self._after / name

    def note(self) -> None:
        """Notes what was made and what it holds, for the next time."""
        if not self._version:
            return
        noted = {
            name: said if " " in said else f"{said} {sha256((self._after / name).read_bytes()).hexdigest()}"
            for name, said in self.made.items()
        }
        write_atomically(self._after / _STANDING, json.dumps(noted).encode())


def _read_standing(path: Path) -> dict[str, str]:
    try:
        noted = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: str(said) for name, said in noted.items()} if isinstance(noted, dict) else {}


@cache
def _templates_digest() -> str:
    digest = sha256()
    for path in sorted((Path(__file__).parent / "templates").iterdir()):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _write_pages(
    engine: Environment, standing: _Standing, failures: list[Row], documents: Mapping[str, Row], raw_lines: RawLines
) -> None:
    by_document: dict[str, list[Row]] = {}
    for failure in failures:
        if failure["document_id"] in documents:
            by_document.setdefault(failure["document_id"], []).append(failure)
    for document_id, rows in by_document.items():
        path = standing.take(f"pages/{document_id}.html", (documents[document_id], rows))
        if path is None:
            continue
        marks: dict[int, list[Row]] = {}
        for row in rows:
            for line in row["lines"] or ():
                marks.setdefault(line, []).append(row)
        _write(
            engine, path, "page.html.j2", root="../",
            document=documents[document_id], rows=rows, marks=marks, lines=raw_lines(document_id),
        )  # fmt: skip
    standing.note()


def _write(engine: Environment, path: Path, template: str, **values: Any) -> None:
    path.write_text(engine.get_template(template).render(**values), "utf-8")
