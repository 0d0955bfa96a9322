"""`python -m tests.ablate [FOLDER…]`: what every rule, pattern, word list and lexicon row of `tasks/` is worth.

Each is switched off in turn over the project's annotated pages (which it may have been written from) and over the
folders given (raw/ and gold/). Prints those that pay nothing and those that cost; `--out FILE` writes all of them.
A worth counts facts right as a whole, their parts, and errors avoided in figures, names and layout.
"""

from __future__ import annotations

import argparse
import csv
import re
import signal
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.ablate.switchboard import Board, Rows, Switch, install

_BY_KIND = ("kind", "group", "question", "topic", "dimension", "role", "level")

_PATIENCE = 4
"""A switch may take so many times as long as reading everything once."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Switches everything off in turn."""
    parser = argparse.ArgumentParser(prog="python -m tests.ablate", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="with raw/ and gold/")
    parser.add_argument("--only", default="", metavar="PATTERN", help="switches whose name this is found in")
    parser.add_argument("--kinds", default="pattern,rule,words,rows", help="of: pattern, rule, words, rows")
    parser.add_argument("--rows", action="append", default=[], metavar="TABLE", help="this table row by row")
    parser.add_argument("--enough", type=int, metavar="FACTS", help="leave a switch when it was worth so many")
    parser.add_argument("--every", type=int, default=1, help="only every so manieth page of the folders")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write all of them, tab-separated")
    options = parser.parse_args(arguments)
    board = install()
    from tests.ablate.bench import GAINS, Bench
    from tests.score.samples import folder_samples, project_samples

    samples = folder_samples(options.folders)[:: options.every] + project_samples()
    bench = Bench(samples, board)
    switches = [s for s in _switches(board, options.rows) if s.kind in options.kinds.split(",")]
    switches = [s for s in switches if re.search(options.only, f"{s.kind} {s.name}")]
    print(f"{len(switches)} switches over {len(samples)} pages", flush=True)
    report = []
    began = time.monotonic()
    for n, switch in enumerate(switches, 1):
        report.append(_measured(bench, switch, _PATIENCE * bench.seconds, options.enough))
        if n % 50 == 0:
            print(f"{n} done in {time.monotonic() - began:.0f} s", flush=True)
    titles = list(dict.fromkeys(s.group.split(" ")[0] for s in samples))
    own = [title for title in titles if title in ("seeds", "press", "pages")]
    rows = [_row(switch, lost, pages, own, GAINS) for switch, lost, pages in report]
    if options.out:
        with options.out.open("w", encoding="utf-8", newline="") as file:
            titles_row = dict.fromkeys(key for row in rows for key in row)
            writer = csv.DictWriter(file, titles_row, delimiter="\t", restval=0)
            writer.writeheader()
            writer.writerows(rows)
    _print(rows, GAINS)
    return 0


def _measured(
    bench: Any, switch: Switch, patience: float, enough: int | None
) -> tuple[Switch, dict[str, Counter[str]] | None, int]:
    def too_long(*_: Any) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, too_long)
    signal.setitimer(signal.ITIMER_REAL, patience)
    try:
        lost, pages = bench.worth(switch, enough)
    except Exception:  # whatever goes wrong, an endless loop included: the reading can't do without it
        return switch, None, len(bench.pages)
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return switch, lost, pages


def _switches(board: Board, by_row: Sequence[str]) -> Iterator[Switch]:
    """Gives all switches; a table is one switch a kind of row, or one a row where asked for."""
    from tasks.lexicon import lexicon_path, read_table, read_words

    yield from sorted(board.switches, key=lambda s: (s.kind, s.name))
    for table in sorted(board.readers):
        if table in board.read_at_import:
            print(f"{table}: read while modules are imported, so it has no switch", flush=True)
            continue
        if lexicon_path(f"{table}.txt").exists():
            words = read_words(table)
            yield Rows(table, "", lambda _: True, words)
            if table in by_row:
                for word in words:
                    yield Rows(table, word, lambda row, word=word: row == word, [word])
            continue
        rows = read_table(table)
        columns = list(rows[0])
        kind = next((column for column in _BY_KIND if column in columns), None)
        for value in sorted({row[kind] for row in rows}) if kind else [""]:
            yield Rows(table, value, lambda row, k=kind, v=value: k is None or row[k] == v, ())
        if table in by_row:
            for row in rows:
                name = ",".join(cell for cell in row.values() if cell)[:40]
                yield Rows(table, name, lambda other, row=row: other == row, _plain(row))


def _plain(row: dict[str, str]) -> list[str]:
    """Gives the word of a row, where a page without it can't be read differently."""
    word = next(iter(row.values()))
    return [word] if re.fullmatch(r"[\u4e00-\u9fffA-Za-z%％]+", word) else []


def _row(
    switch: Switch, lost: dict[str, Counter[str]] | None, pages: int, own: list[str], gains: Sequence[str]
) -> dict[str, Any]:
    row: dict[str, Any] = {"kind": switch.kind, "name": switch.name, "pages": pages, "needed": lost is None}
    for gain in gains:
        by_group = Counter({group: counts[gain] for group, counts in (lost or {}).items()})
        row[f"{gain} own"] = sum(n for group, n in by_group.items() if group in own)
        for title in sorted({g.split(" ")[0] for g in by_group if g not in own}):
            row[f"{gain} {title}"] = sum(n for g, n in by_group.items() if g.split(" ")[0] == title)
    return row


def _print(rows: list[dict[str, Any]], gains: Sequence[str]) -> None:
    print("\nPays nothing anywhere:")
    idle = [r for r in rows if not r["needed"] and not any(v for k, v in r.items() if k.partition(" ")[0] in gains)]
    for row in idle:
        print(f"  {row['kind']:8s} {row['name']} ({row['pages']} pages)")
    print("\nLoses nothing on text it was not written from, and gains there when it is off, or costs everywhere:")
    for row in rows:
        if row in idle or row["needed"]:
            continue
        away = [sum(v for k, v in row.items() if k.startswith(g + " ") and not k.endswith(" own")) for g in gains]
        if max(away, default=0) <= 0:
            parts = {k: v for k, v in row.items() if k.partition(" ")[0] in gains and v}
            print(f"  {row['kind']:8s} {row['name']} {parts}")
    print(f"\n{len(rows)} switches: {len(idle)} pay nothing, {sum(r['needed'] for r in rows)} can't be done without.")


if __name__ == "__main__":
    raise SystemExit(main())
