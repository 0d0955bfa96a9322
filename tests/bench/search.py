"""Measures the full-text search: seconds a question over a million paragraphs, and characters indexed a second.

python -m tests.bench.search --paragraphs 1000000
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb

from tests.bench.corpus import paragraphs_of
from tests.warehouse.small import Row, article, document, insert, mention, open_empty, paragraph
from warehouse import connect
from warehouse.search.asking import Question, search
from warehouse.search.index import index_documents

QUESTIONS = (
    Question("冷链物流"),
    Question("一般公共预算收入 增长"),
    Question("企业 发展"),
    Question("王健"),
    Question("工业总产值", region="槐荫区"),
    Question("项目 投资", publisher="报3", since=date(2023, 6, 1)),
)
_PAGE = 100
"""Paragraphs a page; ten pages are written at a time."""


def make_warehouse(path: Path, paragraphs: int, *, loads: int = 10) -> float:
    """Writes a warehouse of varied press paragraphs and indexes it in several loads.

    Args:
        path: The file to write.
        paragraphs: How many.
        loads: In how many loads they come.

    Returns:
        Characters indexed a second.
    """
    texts = (text.replace("\n", "").strip() for text in paragraphs_of(paragraphs))
    chars, seconds, page = 0, 0.0, 0
    with open_empty(path) as con:
        for _ in range(loads):
            goal = page + -(-paragraphs // loads // _PAGE)
            while page < goal and (some := list(islice(texts, _PAGE * 10))):
                insert(con, _rows(page, some))
                page += -(-len(some) // _PAGE)
                chars += sum(map(len, some))
            began = time.perf_counter()
            index_documents(con)
            seconds += time.perf_counter() - began
        con.execute("checkpoint w")
    return chars / seconds


def measure_search(warehouse: Path, *, repeats: int = 5) -> dict[str, float]:
    """Asks some questions, each on a connection of its own, and times them.

    Args:
        warehouse: The file.
        repeats: How often each is asked.

    Returns:
        Question to its median seconds, opening the file not counted.
    """
    medians = {}
    for question in QUESTIONS:
        taken = []
        for _ in range(repeats):
            with connect(warehouse) as con:
                con.execute("select 1").fetchall()
                began = time.perf_counter()
                search(con, question)
                taken.append(time.perf_counter() - began)
        limits = (question.region, question.publisher, question.since)
        name = " ".join([question.text, *(f"[{limit}]" for limit in limits if limit)])
        medians[name] = statistics.median(taken)
    return medians


def _rows(first_page: int, texts: list[str]) -> dict[str, list[Row]]:
    rows: dict[str, list[Row]] = {"documents": [], "articles": [], "paragraphs": [], "mentions": []}
    for offset in range(0, len(texts), _PAGE):
        number = first_page + offset // _PAGE
        page = f"d{number:020d}"
        issued = date(2020, 1, 1) + timedelta(days=number % 1500)
        rows["documents"].append(document(page, publisher=f"报{number % 20}", issue_date=issued))
        for seq, text in enumerate(texts[offset : offset + _PAGE], start=1):
            its_article = f"{page}.a{seq // 10:03d}"
            if seq % 10 == 1:
                rows["articles"].append(article(its_article, text[:12], seq=seq))
                place = ("370104", "370102")[number % 2]
                rows["mentions"].append(mention(f"{page}.p{seq:04d}", text[:3], "LOC", place, its_article))
            rows["paragraphs"].append(paragraph(f"{page}.p{seq:04d}", text, its_article, seq=seq))
    return rows


def main() -> None:
    """Measures and prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--paragraphs", type=int, default=1_000_000)
    parser.add_argument("--warehouse", type=Path, help="Keep the warehouse here, or use the one that is there.")
    asked = parser.parse_args()
    with TemporaryDirectory() as scratch:
        path = asked.warehouse or Path(scratch) / "warehouse.duckdb"
        if not path.exists():
            speed = make_warehouse(path, asked.paragraphs)
            sys.stdout.write(f"indexed {speed:,.0f} characters a second; {path.stat().st_size / 1e6:,.0f} MB in all\n")
        with duckdb.connect(str(path), read_only=True) as con:
            for table in ("paragraphs", "terms", "term_postings"):
                [(count,)] = con.execute(f"select count(*) from {table}").fetchall()
                sys.stdout.write(f"{count:,} {table}\n")
        for question, seconds in measure_search(path).items():
            sys.stdout.write(f"{seconds:.3f} s  {question}\n")


if __name__ == "__main__":
    main()
