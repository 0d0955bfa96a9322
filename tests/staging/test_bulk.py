"""Bulk files: records in, pages out; what is wrong with one record keeps no other back."""

import gzip
import json
from datetime import date

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tasks.staging.bulk import read_bulk
from tests.loads.driver import run
from tests.loads.pages import page, rows


def load(data, *paths, **options):
    return run(data, *paths, gate=False, **options)


def write_jsonl(path, records):
    lines = "".join(r if isinstance(r, str) else json.dumps(r, ensure_ascii=False) + "\n" for r in records)
    path.write_bytes(gzip.compress(lines.encode()) if path.suffix == ".gz" else lines.encode())
    return path


FIELDS = ("text", "publisher", "issue_date", "page_label", "page_title", "source_url", "source")
RECORDS = [
    {"text": page(1), "publisher": "济南日报", "issue_date": "2023-04-24", "page_label": "03版", "id": 7},
    {"text": page(2), "page_title": "要闻", "source_url": "https://example.org/2", "source": "https://example.org/2"},
    {"text": page(3), "issue_date": "2023-04", "source": "2023/c.txt"},
]


@pytest.mark.parametrize("ending", ["jsonl", "jsonl.gz", "parquet"])
def test_records_become_pages_with_their_description(tmp_path, ending):
    path = tmp_path / f"pages.{ending}"
    if ending == "parquet":
        records = [
            r | ({"issue_date": date(2023, 4, 24)} if "publisher" in r else {"issue_date": None}) for r in RECORDS
        ]
        pq.write_table(pa.Table.from_pylist([dict.fromkeys(FIELDS) | r for r in records]), path)
    else:
        write_jsonl(path, RECORDS)
    data = tmp_path / "data"
    assert load(data, path).new == 3
    found = rows(data, "select publisher, issue_date::varchar, page_label, file_name from documents order by file_name")
    assert ("济南日报", "2023-04-24", "03版", f"pages.{ending}#1") in found
    assert rows(data, "select source_key from documents where source_url is not null") == [("https://example.org/2",)]
    assert rows(data, "select count(*) from documents where source_key like '%/2023/c.txt'") == [(1,)]
    assert load(data, path).unchanged == 3


def test_bad_records_are_rejected_one_by_one_with_file_and_line(tmp_path):
    bad = ["{no json\n", {"publisher": "x"}, {"text": 5}, {"text": page(4), "issue_date": "gestern"}, "[]\n", "\n"]
    path = write_jsonl(tmp_path / "pages.jsonl", [RECORDS[0], *bad, '{"text": "\\ud800"}\n', RECORDS[1]])
    data = tmp_path / "data"
    summary = load(data, path)
    assert summary.new - len(summary.rejected) == 2
    assert sorted(uri.rsplit("#")[1] for uri in summary.rejected) == ["2", "3", "4", "5", "6", "8"]
    assert all(f"pages.jsonl, line {uri.rsplit('#')[1]}" in why for uri, why in summary.rejected.items())
    assert rows(data, "select count(*) from documents where status = 'rejected'") == [(6,)]


def test_a_file_cut_short_gives_its_first_records_and_says_where_it_ends(tmp_path):
    path = write_jsonl(tmp_path / "pages.jsonl.gz", [{"text": page(n)} for n in range(40)])
    path.write_bytes(path.read_bytes()[:-200])
    *good, last = read_bulk(path)
    assert good
    assert all(record.problem is None for record in good)
    assert f"from record {len(good) + 1} on" in (last.problem or "")


@pytest.mark.parametrize("content", [b"", b"PAR1 nonsense", None], ids=["empty", "damaged", "no text column"])
def test_a_parquet_file_without_pages_is_rejected_in_a_sentence(tmp_path, content):
    path = tmp_path / "pages.parquet"
    if content is None:
        pq.write_table(pa.table({"body": ["x"]}), path)
    else:
        path.write_bytes(content)
    (record,) = read_bulk(path)
    assert str(path) in (record.problem or "")


def test_of_two_records_of_one_source_the_later_is_the_newer_version(tmp_path):
    records = [
        {"text": page(1), "source": "https://example.org/a"},
        {"text": page(2), "source": "https://example.org/a"},
    ]
    data = tmp_path / "data"
    load(data, write_jsonl(tmp_path / "pages.jsonl", records))
    loaded = rows(data, "select byte_size from documents where status = 'loaded'")
    assert loaded == [(len(page(2).encode()),)]
    assert rows(data, "select count(*) from documents where status = 'superseded'") == [(1,)]


def test_a_page_in_a_bulk_file_and_as_a_file_is_one_document(tmp_path):
    (tmp_path / "a.txt").write_text(page(1), "utf-8")
    path = write_jsonl(tmp_path / "pages.jsonl", [{"text": page(1), "source": "a.txt"}])
    data = tmp_path / "data"
    load(data, tmp_path / "a.txt")
    assert load(data, path).unchanged == 1
    assert rows(data, "select count(*) from document_sources") == [(1,)]
