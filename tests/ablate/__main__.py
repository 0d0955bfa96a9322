"""`python -m tests.ablate [FOLDER…]`: what every rule, pattern, word list and lexicon row of `tasks/` is worth.

Each is switched off in turn over the project's annotated pages (which it may have been written from) and over the
folders given (raw/ and gold/). Prints those that pay nothing and those that cost; `--out FILE` writes all of them.
A worth counts facts right as a whole, their parts, and errors avoided in figures, names and layout.
"""

from __future__ import annotations

import argparse
import csv
import os
import re
import signal
from collections import Counter
from collections.abc import Sequence
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from tests.ablate.listing import all_switches
from tests.ablate.switchboard import install
from tests.ablate.switches import Switch
from tests.ablate.woven import Woven

_PATIENCE = 1
"""A switch may take so many times the processor time of reading everything once, more than it ever needs."""

_OWN = ("seeds", "press", "pages")
_NO_WORTH = ("kind", "name", "pages", "needed")


def _asked_for(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.ablate", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="with raw/ and gold/")
    parser.add_argument("--only", default="", metavar="PATTERN", help="switches whose name this is found in")
    parser.add_argument("--kinds", default="pattern,rule,words,rows", help="of: pattern, rule, words, rows")
    parser.add_argument("--rows", action="append", default=[], metavar="TABLE", help="this table row by row")
    parser.add_argument("--enough", type=int, metavar="N", help="leave a switch when it was worth so much")
    parser.add_argument("--rare", type=int, metavar="PAGES", help="only what spoke on so few pages, or on none")
    parser.add_argument("--every", type=int, default=1, help="only every so manieth page of the folders")
    parser.add_argument("--part", default="1/1", metavar="K/N", help="only the Kth of N parts of the switches")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write all of them, tab-separated")
    parser.add_argument(
        "--reader", choices=("rules", "learned"), default="rules", help="who chooses a figure's context"
    )
    parser.add_argument("--sisters", type=Path, metavar="PATH", help="five networks, each for what it did not see")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """Switches everything off in turn."""
    options = _asked_for(arguments)
    os.environ["BROADSHEET_READER"] = options.reader
    board = install()
    from tests.ablate.bench import GAINS, Bench
    from tests.score.reading import SISTERS
    from tests.score.samples import folder_samples, project_samples

    if options.sisters:
        os.environ[SISTERS] = str(options.sisters.absolute())
    samples = folder_samples(options.folders)[:: options.every] + project_samples()
    bench = Bench(samples, board)
    switches = [s for s in all_switches(board, options.rows) if s.kind in options.kinds.split(",")]
    switches = [s for s in switches if re.search(options.only, f"{s.kind} {s.name}")]
    if options.rare is not None:
        switches = [s for s in switches if len(bench.touched(s)) <= options.rare]
    switches = [s for s in switches if not isinstance(s, Woven) or s.works]
    part, parts = (int(n) for n in options.part.split("/"))
    switches = switches[part - 1 :: parts]
    print(f"{len(switches)} switches over {len(samples)} pages", flush=True)
    titles = list(dict.fromkeys(s.group.split(" ")[0] for s in samples))
    columns = ["kind", "name", "pages", "needed", *(f"{gain} {title}" for gain in GAINS for title in titles)]
    rows: list[dict[str, Any]] = []
    with options.out.open("w", encoding="utf-8", newline="") if options.out else nullcontext() as file:
        writer = csv.DictWriter(file, columns, delimiter="\t", restval=0) if file else None
        if writer:
            writer.writeheader()
        for switch in switches:
            rows.append(_measured(bench, switch, options.enough))
            if writer and file:
                writer.writerow(rows[-1])
                file.flush()
    _print(rows)
    return 0


def _measured(bench: Any, switch: Switch, enough: int | None) -> dict[str, Any]:
    def too_long(*_: Any) -> None:
        raise TimeoutError

    row: dict[str, Any] = {"kind": switch.kind, "name": switch.name, "pages": len(bench.pages), "needed": True}
    signal.signal(signal.SIGVTALRM, too_long)
    signal.setitimer(signal.ITIMER_VIRTUAL, _PATIENCE * bench.seconds)
    try:
        lost, pages = bench.worth(switch, enough)
    except Exception:  # whatever goes wrong, an endless loop included: the reading can't do without it
        return row
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    sums: Counter[str] = Counter()
    for group, counts in lost.items():
        sums.update({f"{gain} {group.split(' ')[0]}": count for gain, count in counts.items()})
    return row | {"pages": pages, "needed": False} | sums


def _print(rows: Sequence[dict[str, Any]]) -> None:
    worths = [{key: n for key, n in row.items() if key not in _NO_WORTH and n} for row in rows]
    idle = [row for row, worth in zip(rows, worths, strict=True) if not worth and not row["needed"]]
    print("\nPay nothing anywhere:")
    for row in idle:
        print(f"  {row['kind']:8s}{row['name']} ({row['pages']} pages)")
    print("\nPay nothing but on the project's own pages, or cost elsewhere:")
    for row, worth in zip(rows, worths, strict=True):
        away = [n for key, n in worth.items() if key.split(" ")[1] not in _OWN]
        if worth and max(away, default=0) <= 0:
            print(f"  {row['kind']:8s}{row['name']}: {', '.join(f'{key} {n:+d}' for key, n in worth.items())}")
    print(f"\n{len(rows)} switches: {len(idle)} pay nothing, {sum(r['needed'] for r in rows)} can't be done without.")


if __name__ == "__main__":
    raise SystemExit(main())
