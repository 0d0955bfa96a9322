"""Attacks the stages in this process: fuzzed pages that must lose nothing, and shapes whose time must grow as they do.

`python -m tests.bench.fuzz --pages 10000 --seed 7` takes made-up and damaged pages through stage, repair and extract,
and names every fault: an exception, a lost or added character, a slice that does not show its text, a row that the
tables would not take. `python -m tests.bench.fuzz --shapes` measures each stage on each shape from 1,000 to
1,000,000 characters. Both end with 1 where something is found.
"""

from __future__ import annotations

import argparse
import hashlib
import multiprocessing
import random
import sys
import time
import traceback
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

from expectations.characters import character_digest
from tasks.extraction.facts.reader.network import shipped_network
from tasks.extraction.page import extract_page
from tasks.page import IssueDate, PageContext, RepairedPage
from tasks.repair import SideBySideColumns, repair_page
from tasks.rows import article_rows, entity_rows, mention_rows, metric_rows, paragraph_rows
from tasks.staging.jobs import PageJob
from tasks.staging.stage import stage_page
from tests.bench.corpus import make_page
from tests.bench.shapes import SHAPES
from warehouse.schema import ARTICLES, DOCUMENT_ENTITIES, MENTIONS, METRICS, PARAGRAPHS
from warehouse.schema.arrow import arrow_table

SIZES = (1_000, 10_000, 100_000, 1_000_000)
PATIENCE = 900.0
"""Seconds that the stages may take for a shape, all sizes together, before it is called a fault."""
FACTOR = 2.0
"""A stage may take so many times the seconds a character that it took at a smaller size."""
TOO_SHORT = 0.1
"""Seconds below which a measured time says nothing about growth."""
_DAY = PageContext(IssueDate(date(2023, 4, 24)))


def job_of(data: bytes, number: int = 0) -> PageJob:
    """Makes the job that planning would make of these bytes."""
    digest = hashlib.sha256(data).hexdigest()
    name = f"fuzz-{number}.txt"
    return PageJob(f"d{digest[:20]}", digest, f"/{name}", name, name, f"/{name}", len(data), {}, "f", "new")


def faults_of(data: bytes, number: int = 0) -> Iterator[str]:
    """Takes bytes through the stages and says what is wrong with what they give."""
    row, text = stage_page(job_of(data, number), data)
    if text is None:
        if not row["reason"] or "\n" in row["reason"]:
            yield f"rejected without one sentence: {row['reason']!r}"
        return
    try:
        page = repair_page(text)
    except SideBySideColumns:
        return
    said = character_digest("".join(p.text for p in page.paragraphs))
    if said != character_digest(text):
        yield "repair lost or added characters"
    context = _DAY if row["issue_date"] is None else PageContext(IssueDate(row["issue_date"]))
    found = extract_page(page, context, network=shipped_network())
    texts = {p.seq: p.text for p in page.paragraphs}
    for m in found.mentions:
        if texts[m.paragraph][m.start_char : m.end_char] != m.text or not m.text:
            yield f"a name's slice is wrong: {m.text!r}"
    for f in found.metrics:
        if texts[f.paragraph][f.quantity.start_char : f.quantity.end_char] != f.quantity.text:
            yield f"a figure's slice is wrong: {f.quantity.text!r}"
    tables = (
        (ARTICLES, article_rows("d1", page)),
        (PARAGRAPHS, paragraph_rows("d1", page)),
        (MENTIONS, mention_rows("d1", page, found.mentions)),
        (DOCUMENT_ENTITIES, entity_rows("d1", found.mentions, found.metrics)),
        (METRICS, metric_rows("d1", page, found.metrics)),
    )
    for table, rows in tables:
        arrow_table(table, rows)


# --- fuzzed pages ------------------------------------------------------------------------------------------------

_WORDS = (
    "一季度 全市 完成产值45.3亿元 同比 增长16.6% 、 ， 。 ； “ ” （ ） ( ) 《 》 其中 分别增长1.2%、3.4% 百分之 "
    "三分之一 100000分之1 1/0 ０ 〇 万亿 负 -1 零下15度 3-5年 2022年2月30日 13月45日 99999999999999999999亿 1e309 "
    "今年以来 截至目前 去年同期 前年 同期 本报讯 （记者 王建国） 济南市 槐荫区 全区 副区长李明 阿卜杜拉·艾山 "
    "张伟、李娜、王芳 等 位列第二 翻一番 八成 第3位 下转第二版 ■ ● --- === *** | 责任编辑 电话：0531-12345678"
)
_PIECES = _WORDS.split()
_ODD = [*"\0\x1b\x07\x7f\x85\u2028\u2029\u200b\u202e\ufeff\ufffd\u0301\U00020000\U0010ffff\t\r\v\f\x1c\x1e\u3000"]


def fuzzed(seed: int) -> bytes:
    """Makes one page of a seed: made up of pieces, of any characters, or a page that was damaged."""
    rest = random.Random(seed)
    kind = rest.random()
    if kind < 0.4:
        text = "".join(rest.choice(_PIECES) + rest.choice(("", "", "", "\n", " ", "，")) for _ in range(_length(rest)))
    elif kind < 0.6:
        pools = (
            (0x20, 0x7F),
            (0x4E00, 0x9FFF),
            (0x3000, 0x303F),
            (0xFF00, 0xFFEF),
            (0x80, 0x2FFF),
            (0x10000, 0x10FFFF),
        )
        text = "".join(
            chr(rest.randint(*rest.choice(pools[:4] if kind < 0.55 else pools))) for _ in range(_length(rest))
        )
    else:
        text = _damaged(make_page(rest.randrange(1_000_000)), rest)
    for _ in range(rest.choice((0, 0, 1, 5))):
        at = rest.randint(0, len(text))
        text = text[:at] + rest.choice(_ODD) * rest.choice((1, 1, 3, 50)) + text[at:]
    data = text.encode(rest.choice(("utf-8", "utf-8", "utf-8", "gb18030", "utf-16")), "replace")
    if rest.random() < 0.1 and data:
        broken = bytearray(data)
        for _ in range(rest.randint(1, 8)):
            broken[rest.randrange(len(broken))] = rest.randrange(256)
        data = bytes(broken)
    return data


def _length(rest: random.Random) -> int:
    return int(10 ** rest.uniform(0, 3.2))


def _damaged(text: str, rest: random.Random) -> str:
    lines = text.splitlines(keepends=True)
    for _ in range(rest.randint(1, 12)):
        at, other = rest.randrange(len(lines)), rest.randrange(len(lines))
        match rest.randrange(7):
            case 0:
                lines[at], lines[other] = lines[other], lines[at]
            case 1:
                lines[at] = lines[at] * rest.randint(2, 20)
            case 2:
                lines[at] = lines[at].replace(rest.choice("，。、（）"), rest.choice(_PIECES))
            case 3:
                lines[at] = lines[at].rstrip("\n") + lines[other]
            case 4:
                cut = rest.randint(0, len(lines[at]))
                lines[at] = lines[at][:cut] + rest.choice(("\n", "\f", "\n\n", "    ")) + lines[at][cut:]
            case 5:
                lines[at] = "".join(rest.sample(lines[at], len(lines[at])))
            case 6:
                lines[at] = rest.choice(_PIECES) + lines[at]
    return "".join(lines)


def _try_page(number: int, seed: int) -> tuple[int, list[str]]:
    data = fuzzed(seed * 1_000_003 + number)
    try:
        found = list(faults_of(data, number))
    except Exception:
        last = traceback.extract_tb(sys.exc_info()[2])[-1]
        said = traceback.format_exception_only(*sys.exc_info()[:2])[-1].strip()
        found = [f"{Path(last.filename).name}:{last.lineno} {last.name}: {said}"]
    return len(data), found


def attack(pages: int, seed: int, first: int = 0, processes: int | None = None) -> int:
    """Takes fuzzed pages through the stages and prints each fault once, with the number of its first page.

    Args:
        pages: How many pages.
        seed: Of all of them.
        first: Number of the first one, so that a long run may be taken in pieces.
        processes: As many as there are cores where None.
    """
    began, size = time.perf_counter(), 0
    seen: dict[str, list[int]] = {}
    numbers = range(first, first + pages)
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        tried = pool.map(partial(_try_page, seed=seed), numbers, chunksize=50)
        for number, (length, found) in zip(numbers, tried, strict=True):
            size += length
            for fault in found:
                seen.setdefault(fault, []).append(number)
    for fault, where in sorted(seen.items(), key=lambda item: -len(item[1])):
        print(f"{len(where):5} x {fault} (first: page {where[0]})")
    count = sum(map(len, seen.values()))
    told = f"{pages:,} pages from {first:,} on, {size / 1e6:.1f} MB, seed {seed}"
    print(f"{told}: {count} faults in {time.perf_counter() - began:.0f} s")
    return 1 if count else 0


# --- shapes ------------------------------------------------------------------------------------------------------

_STAGES = ("stage", "repair", "extract", "reader")
"""The last two both read the repaired page: by rules, and with the learned reader beside them."""


def _seconds(shape: str, sizes: tuple[int, ...], results: Any) -> None:
    """Measures the stages on texts of a shape, in seconds of this process; what went before comes out first."""
    loading = repair_page("全区完成工业总产值45.3亿元，同比增长16.6%。（王建国）")  # models and words
    extract_page(loading, _DAY, network=shipped_network())
    for size in sizes:
        data = SHAPES[shape](size).encode()
        page: list[RepairedPage] = []
        for stage in _STAGES:
            began = time.process_time()
            try:
                _step(stage, data, page)
            except Exception as error:
                results.put((stage, size, f"{type(error).__name__}: {error}"))
                return
            results.put((stage, size, time.process_time() - began))


def _step(stage: str, data: bytes, page: list[RepairedPage]) -> None:
    if stage == "stage":
        stage_page(job_of(data), data)
    elif stage == "repair":
        try:
            page.append(repair_page(data.decode()))
        except SideBySideColumns:
            page.append(RepairedPage((), ()))
    else:
        extract_page(page[0], _DAY, network=shipped_network() if stage == "reader" else None)


def measure(shape: str, sizes: tuple[int, ...], patience: float) -> tuple[dict[str, dict[int, float]], list[str]]:
    """Measures a shape in a process that is ended when it takes too long: seconds by stage and size, and faults."""
    spawn = multiprocessing.get_context("spawn")
    results: Any = spawn.SimpleQueue()
    process = spawn.Process(target=_seconds, args=(shape, sizes, results))
    process.start()
    process.join(patience)
    slow = process.is_alive()
    process.kill()
    process.join()
    times: dict[str, dict[int, float]] = {stage: {} for stage in _STAGES}
    faults: list[str] = []
    while not results.empty():
        stage, size, took = results.get()
        if isinstance(took, str):
            faults.append(f"{stage} at {size:,}: {took}")
        else:
            times[stage][size] = took
    missing = next(((size, stage) for size in sizes for stage in _STAGES if size not in times[stage]), None)
    if missing and not faults:
        why = f"more than {patience:g} s" if slow else f"its process died ({process.exitcode})"
        faults.append(f"{missing[1]} at {missing[0]:,}: {why}")
    return times, faults


def growth(times: dict[int, float]) -> float:
    """Says how many times the seconds a character went up from a smaller size to the largest.

    >>> growth({1000: 0.25, 10000: 2.5, 100000: 75.0})
    3.0
    """
    told = {size: seconds for size, seconds in times.items() if seconds >= TOO_SHORT}
    if len(told) < 2:
        return 1.0
    largest = max(told)
    return told[largest] / largest / max(told[size] / size for size in told if size < largest)


def measure_shapes(wanted: list[str], sizes: tuple[int, ...], patience: float) -> int:
    """Prints for each shape what each stage took at each size, and which grew faster than the text."""
    wrong = 0
    for shape in wanted:
        times, trouble = measure(shape, sizes, patience)
        trouble += [f"{stage} x{by:.1f}" for stage, each in times.items() if (by := growth(each)) > FACTOR]
        told = "  ".join(f"{stage} {' '.join(f'{t:.2f}' for t in each.values())}" for stage, each in times.items())
        print(
            f"{'FAULT' if trouble else 'ok':6}{shape:26}{told}{'  <- ' if trouble else ''}{'; '.join(trouble)}",
            flush=True,
        )
        wrong += bool(trouble)
    print(f"{len(wanted)} shapes, {', '.join(f'{size:,}' for size in sizes)} characters: {wrong} faults")
    return 1 if wrong else 0


def main() -> int:
    """Reads the command line and attacks."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=0, help="fuzzed pages")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0, help="number of the first page, to take a long run in pieces")
    parser.add_argument("--processes", type=int, help="as many as there are cores where not given")
    parser.add_argument("--show", type=int, help="print the fuzzed page of this number instead")
    parser.add_argument("--shapes", nargs="*", help="shapes to measure; all without a name")
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="characters of the largest size")
    parser.add_argument("--patience", type=float, default=PATIENCE, help="seconds that a shape may take")
    given = parser.parse_args()
    if given.show is not None:
        sys.stdout.buffer.write(fuzzed(given.seed * 1_000_003 + given.show))
        return 0
    failed = 0
    if given.shapes is not None:
        sizes = tuple(size for size in SIZES if size <= given.largest)
        failed |= measure_shapes(given.shapes or list(SHAPES), sizes, given.patience)
    if given.pages:
        failed |= attack(given.pages, given.seed, given.first, given.processes)
    return failed


if __name__ == "__main__":
    sys.exit(main())
