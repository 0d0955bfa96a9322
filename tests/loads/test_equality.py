import shutil

import pytest

from tests.loads.driver import run
from tests.loads.pages import digests, page, rows, rubbish, statuses, write_pages


def test_a_second_run_changes_nothing_and_says_so(inbox, undisturbed, tmp_path):
    data = shutil.copytree(undisturbed, tmp_path / "data")
    summary = run(data, inbox)
    assert (summary.new, summary.unchanged) == (0, 5)
    assert digests(data) == digests(undisturbed)
    assert rubbish(data) == set()


def test_a_forced_second_run_gives_the_same_tables(inbox, undisturbed, tmp_path):
    data = shutil.copytree(undisturbed, tmp_path / "data")
    summary = run(data, inbox, force=True)
    assert summary.reasons == {"forced": 4}
    assert digests(data) == digests(undisturbed)


@pytest.mark.parametrize("reverse", [False, True], ids=["in order", "in reverse order"])
def test_page_after_page_in_runs_of_their_own_gives_the_same_tables(inbox, undisturbed, tmp_path, reverse):
    """Reversed, the second name of the first page comes before the first: its description must change hands."""
    data = tmp_path / "data"
    for path in sorted(inbox.glob("*.txt"), reverse=reverse):
        run(data, path)
    assert digests(data) == digests(undisturbed)
    assert rubbish(data) == set()


def test_as_many_batches_as_pages_give_the_same_tables(inbox, undisturbed, tmp_path):
    data = tmp_path / "data"
    summary = run(data, inbox, BATCH_MB="0.0001")
    assert summary.batches == 4
    assert digests(data) == digests(undisturbed)


def test_two_worker_processes_give_the_same_tables(inbox, undisturbed, tmp_path):
    """Worker processes have the real version of the code, this one a pinned one; all else in `documents` is equal."""
    data = tmp_path / "data"
    run(data, inbox, INLINE_MB="0.000001", WORKERS="2", SHARD_MB="0.002")
    found, expected = digests(data), digests(undisturbed)
    assert found | {"documents": ""} == expected | {"documents": ""}
    described = "select * exclude (pipeline_version, run_id, loaded_at) from documents order by document_id"
    assert rows(data, described) == rows(undisturbed, described)


def test_equal_bytes_under_two_names_are_one_document_with_both_names(undisturbed):
    found = rows(
        undisturbed,
        "select file_name, list(parse_filename(s.source_key) order by s.source_key), bool_and(is_current) "
        "from documents d join document_sources s using (document_id) group by all having count(*) > 1",
    )
    assert found == [("2023-04-24_000.txt", ["2023-04-24_000.txt", "zz_again.txt"], True)]


def test_a_page_found_later_under_another_name_is_noted_and_not_read_again(inbox, undisturbed, tmp_path):
    data = shutil.copytree(undisturbed, tmp_path / "data")
    other = tmp_path / "zzz" / "copy.txt"
    other.parent.mkdir()
    other.write_text(page(3), "utf-8")
    summary = run(data, inbox, other, gate=False)
    assert summary.new == 0
    assert rows(data, "select count(*) from document_sources") == [(6,)]


def test_the_name_that_sorts_first_describes_whatever_came_first(tmp_path):
    late, early = write_pages(tmp_path / "b", range(1))[0], tmp_path / "a" / "2021-05-06.txt"
    early.parent.mkdir()
    early.write_bytes(late.read_bytes())
    seen = []
    for order in ((late, early), (early, late)):
        data = tmp_path / f"data{len(seen)}"
        for path in order:
            run(data, path, gate=False)
        seen.append(digests(data))
        assert rows(data, "select file_name, issue_date::varchar from documents") == [("2021-05-06.txt", "2021-05-06")]
    assert seen[0] == seen[1]


def test_when_the_describing_name_gets_other_bytes_the_other_name_describes(tmp_path):
    first, second = write_pages(tmp_path / "in", range(2))
    second.write_bytes(first.read_bytes())
    data = tmp_path / "data"
    run(data, tmp_path / "in", gate=False)
    first.write_text(page(7), "utf-8")
    run(data, tmp_path / "in", gate=False)
    fresh = tmp_path / "fresh"
    run(fresh, tmp_path / "in", gate=False)
    current = "select {} from {} where {} order by all"
    for columns, table, condition in (
        ("document_id, file_name, status, input_fingerprint", "documents", "status = 'loaded'"),
        ("document_id, source_key", "document_sources", "is_current"),
        ("metric_id, value, subject, period", "metrics", "true"),
    ):
        sql = current.format(columns, table, condition)
        assert rows(data, sql) == rows(fresh, sql)
    assert set(statuses(data).values()) == {"loaded"}


def test_a_rejected_page_of_two_names_is_described_by_the_first_in_whatever_order(tmp_path):
    """Found by nine commands at once: the name under which it was met last described it."""
    first, second = tmp_path / "a.txt", tmp_path / "b.txt"
    for path in (first, second):
        path.write_bytes(b"\x00\x01" * 99)
    seen = []
    for n, order in enumerate([(first, second), (second, first), (second, first, second)]):
        data = tmp_path / f"data{n}"
        for path in order:
            run(data, path, gate=False)
        assert rows(data, "select file_name, status from documents") == [("a.txt", "rejected")]
        assert rows(data, "select count(*) from document_sources") == [(2,)]
        seen.append(digests(data))
        assert run(data, first, second, gate=False).new == 0
    assert seen[0] == seen[1] == seen[2]
