"""Reads generated numbers in every printed form, and any signs of numbers in any order; says what came out wrong.

    python -m tests.bench.numerals --count 2000000 --texts 200000 --seed 7

The tests do the same with fewer. Exits with 1 where a number was read to another value or a text was not answered.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
import traceback

from tasks.extraction.quantities import find_quantities
from tests.extraction.quantities.test_any_text import SIGNS
from tests.extraction.quantities.test_every_form import misread

_LONGEST = 60


def unanswered(count: int, seed: int) -> list[str]:
    """Reads texts of signs put together at random; gives those that raised or whose spans are wrong."""
    rng = random.Random(seed)
    faults = []
    for _ in range(count):
        text = "".join(rng.choices(SIGNS, k=rng.randint(1, _LONGEST)))
        try:
            end = 0
            for found in find_quantities(text):
                if (
                    not end <= found.start_char < found.end_char
                    or text[found.start_char : found.end_char] != found.text
                ):
                    faults.append(f"{text!r}: {found}")
                end = found.end_char
        except Exception:
            faults.append(f"{text!r}: {traceback.format_exc(limit=-1).splitlines()[-1]}")
    return faults


def main() -> None:
    """Runs both and prints what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--count", type=int, default=1_000_000, help="generated numbers")
    parser.add_argument("--texts", type=int, default=100_000, help="texts of random signs")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    began = time.perf_counter()
    wrong = misread(args.count, args.seed)
    faults = unanswered(args.texts, args.seed)
    for line in [*wrong[:50], *faults[:50]]:
        print(line)
    print(
        f"{args.count} numbers, {len(wrong)} misread; {args.texts} texts, {len(faults)} not answered; "
        f"{time.perf_counter() - began:.0f} s"
    )
    sys.exit(1 if wrong or faults else 0)


if __name__ == "__main__":
    main()
