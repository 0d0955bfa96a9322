"""Times what a person waits for: a few new pages, a page more, nothing new, a question, the help."""

from __future__ import annotations

import statistics
from collections.abc import Mapping
from pathlib import Path

from tests.bench.called import CallError, call
from tests.bench.corpus import make_page, page_name

_FIRST = 50_000
"""Number of the first page that no measured corpus holds."""
QUESTIONS = {
    "query, a count": ("query", "select count(*) from metrics", "--format", "csv"),
    "query growth_leaders": ("query", "growth_leaders", "--format", "csv"),
    "search 冷链物流": ("search", "冷链物流"),
    "--help": ("--help",),
}


def small_run_seconds(data: Path, place: Path, *, reader: str, times: int = 3) -> dict[str, float]:
    """Takes the median of a few runs, each with pages that are new and from the memory of the disk.

    Args:
        data: A data directory that was used before.
        place: Folder for the pages.
        reader: `learned` or `rules`.
        times: How often each is run.
    """
    taken: dict[str, list[float]] = {}
    for turn in range(times):
        for pages in (5, 1):
            folder = new_pages(place, f"{turn}-{pages}", pages)
            what = "five new pages" if pages == 5 else "one page more"
            taken.setdefault(what, []).append(call(data, "run", str(folder), reader=reader).seconds)
        taken.setdefault("nothing new", []).append(call(data, "run", str(folder), reader=reader).seconds)
    return {what: statistics.median(seconds) for what, seconds in taken.items()}


def question_seconds(
    data: Path, times: int = 5, questions: Mapping[str, tuple[str, ...]] = QUESTIONS
) -> dict[str, float | str]:
    """Takes the median of some questions; of one that fails what it said, so that the others are still asked.

    Args:
        data: A data directory with a warehouse.
        times: How often each is asked.
        questions: What is asked, by what the table calls it.
    """
    taken: dict[str, float | str] = {}
    for what, arguments in questions.items():
        try:
            taken[what] = statistics.median(call(data, *arguments).seconds for _ in range(times))
        except CallError as error:
            taken[what] = f"failed: {error.said}"
    return taken


def new_pages(place: Path, name: str, count: int) -> Path:
    """Writes pages that no corpus holds and no call before has written beside them.

    Args:
        place: Where the folders of such pages are.
        name: Of this folder.
        count: How many.

    Returns:
        The folder.
    """
    folder = place / name
    folder.mkdir(parents=True)
    for _ in range(count):
        number = _FIRST + len(list(place.parent.glob("*/*/*.txt")))
        (folder / page_name(number)).write_text(make_page(number), "utf-8")
    return folder
