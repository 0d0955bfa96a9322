"""`python -m tests.score [FOLDER…]`: how right the reading is on annotated pages, as one table.

A FOLDER holds `raw/*.txt` and `gold/*.layout.json, *.metrics.jsonl, *.entities.jsonl`; without one, the annotated
pages of the project are scored. What the quality checks would keep back still counts here. `--misses FILE` writes
everything that came out wrong, with its sentence and the rules that spoke there. `--reader-questions FILE` writes what
`second-read` would ask about these pages, `--reader-answers FILE` scores answers to it: facts before and after, by
field and genre, and what was invented.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.ablate.switchboard import install
from tests.score.floors import FLOORS, fallen, raised, reached, read_floors, write_floors
from tests.score.samples import Sample, folder_samples, project_samples


def main(arguments: Sequence[str] | None = None) -> int:
    """Scores and prints."""
    parser = argparse.ArgumentParser(prog="python -m tests.score", description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER", help="with raw/ and gold/")
    parser.add_argument("--with-project", action="store_true", help="the project's own pages as well")
    parser.add_argument("--misses", type=Path, metavar="FILE", help="write what came out wrong, a JSON object a line")
    parser.add_argument("--across", action="store_true", help="whole facts alone, a column a group")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write all scores by group")
    parser.add_argument("--raise-floors", action="store_true", help="raise the floors to what is reached")
    parser.add_argument("--lower-floors-too", action="store_true", help="after a change that costs and is worth it")
    parser.add_argument("--processes", type=int, help="as many as there are cores where not given")
    readers = ("learned", "rules")
    parser.add_argument("--reader", choices=readers, default="learned", help="who chooses a figure's context")
    parser.add_argument("--weights", type=Path, metavar="PATH", help="other weights of the reader, without ending")
    parser.add_argument(
        "--sisters", type=Path, metavar="PATH", help="five networks, each for what it did not learn from"
    )
    parser.add_argument("--reader-questions", type=Path, metavar="FILE", help="write what a second reader is asked")
    parser.add_argument("--reader-answers", type=Path, metavar="FILE", help="score what a second reader answered")
    options = parser.parse_args(arguments)
    moves = options.raise_floors or options.lower_floors_too
    # The learned reader has seen the project's own pages: only the rules can fall there.
    os.environ["BROADSHEET_READER"] = "rules" if moves else options.reader
    if options.misses:
        install()
    from tests.score.reading import SISTERS, WEIGHTS
    from tests.score.scoring import score_samples, tallies  # reads tasks, which install must come before
    from tests.score.table import facts_across, table, write_misses

    if options.weights:
        os.environ[WEIGHTS] = str(options.weights.absolute())
    if options.sisters:
        os.environ[SISTERS] = str(options.sisters.absolute())
    if moves:
        return _move_floors(options.lower_floors_too, options.processes)
    try:
        samples = folder_samples(options.folders)
    except FileNotFoundError as error:
        print(error, file=sys.stderr)
        return 2
    if options.with_project or not samples:
        samples = project_samples() + samples
    if options.reader_questions or options.reader_answers:
        return _second_reader(samples, options.reader_questions, options.reader_answers)
    scored = score_samples(samples, options.processes)
    sums = tallies(scored)
    print(facts_across(sums) if options.across else table(sums))
    if options.json:
        made = {group: tally.scores() for group, tally in sums.items()}
        options.json.write_text(json.dumps(made, ensure_ascii=False, indent=1) + "\n", "utf-8")
    if options.misses:
        print(f"{write_misses(options.misses, scored)} misses are in {options.misses}.")
    return 0


def _second_reader(samples: Sequence[Sample], questions: Path | None, answers: Path | None) -> int:
    from tests.score.second import score_answers, second_table, write_questions
    from warehouse.errors import UserError

    if questions:
        print(f"{write_questions(questions, samples)} questions are in {questions}.")
    if answers:
        try:
            print(second_table(score_answers(answers, samples)))
        except UserError as error:
            print(error, file=sys.stderr)
            return 2
    return 0


def _move_floors(lower_too: bool, processes: int | None) -> int:
    from tests.score.scoring import score_samples, tallies

    now = reached(tallies(score_samples(project_samples(), processes)))
    floors = read_floors() if FLOORS.exists() else {}
    write_floors(raised(floors, now, lower_too))
    lost = fallen({group: scores for group, scores in floors.items() if group in now}, now)
    print("\n".join([*lost, f"Floors {'set' if lower_too else 'raised'} in {FLOORS}."]))
    return 1 if lost and not lower_too else 0


if __name__ == "__main__":
    raise SystemExit(main())
