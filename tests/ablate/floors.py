"""`python -m tests.ablate.floors NAME…`: whether the floors fall where a rule is switched off.

A NAME is a switch's, as `python -m tests.ablate` prints it. A row's is its table and its cells, as in
`grammar/words: joiner,和`. Prints a line each; fails where a rule is not missed.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from tests.ablate.listing import all_switches
from tests.ablate.switchboard import install


def main(names: Sequence[str]) -> int:
    """Switches off one after the other."""
    board = install()
    from tests.ablate.bench import Bench
    from tests.score.floors import fallen, reached, read_floors
    from tests.score.samples import project_samples

    tables = sorted({name.split(": ")[0] for name in names if ": " in name})
    known = {switch.name for switch in all_switches(board, tables)}
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        print(f"No such switch: {', '.join(unknown)}; `python -m tests.ablate` lists them.", file=sys.stderr)
        return 2
    bench = Bench(project_samples(), board)
    switches = {switch.name: switch for switch in all_switches(board, tables)}
    floors = read_floors()
    if lost := fallen(floors, reached(bench.sums_without(None))):
        print("\n".join([*lost, "The floors fell before anything was switched off."]), file=sys.stderr)
        return 2
    unseen = 0
    for name in names:
        lost = fallen(floors, reached(bench.sums_without(switches[name])))
        unseen += not lost
        print(f"{name}: {len(lost)} scores fall" + (f", first {lost[0]}" if lost else ""))
    return 1 if unseen else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
