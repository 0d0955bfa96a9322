import json

import pytest

from flows.settings import settings
from tests.loads.driver import run as run_with_gate
from tests.loads.pages import page, rows, statuses, write_pages


def run(data, *paths, **options):
    return run_with_gate(data, *paths, gate=False, **options)


def read_by_newer_code(monkeypatch):
    for module in ("identity", "stage"):
        monkeypatch.setattr(f"tasks.staging.{module}.pipeline_version", lambda: "next")


@pytest.fixture
def newspaper(tmp_path):
    """A page that was loaded, its file and the data directory."""
    (path,) = write_pages(tmp_path / "in", range(1))
    run(tmp_path / "data", path)
    return path, tmp_path / "data"


def loaded(data):
    return rows(data, "select distinct text from paragraphs where text like '%就业意向%'")


def test_a_newer_good_version_supersedes_the_older_one(newspaper):
    path, data = newspaper
    path.write_text(page(5), "utf-8")
    run(data, path)
    assert sorted(rows(data, "select status, count(*) from documents group by all")) == [
        ("loaded", 1),
        ("superseded", 1),
    ]
    assert len(loaded(data)) == 1
    assert "305人" in str(loaded(data))
    assert rows(data, "select reason from documents where status = 'superseded'")[0][0]


def test_a_rejected_newer_version_supersedes_nothing(newspaper):
    path, data = newspaper
    before = loaded(data)
    path.write_bytes(b"\x00\x01\x02" * 200)
    summary = run(data, path)
    assert len(summary.rejected) == 1
    assert sorted(rows(data, "select status, count(*) from documents group by all")) == [("loaded", 1), ("rejected", 1)]
    assert loaded(data) == before


def test_a_good_version_after_a_rejected_one_settles_that_too(newspaper):
    path, data = newspaper
    path.write_bytes(b"\x00\x01\x02" * 200)
    run(data, path)
    path.write_text(page(5), "utf-8")
    run(data, path)
    assert sorted(rows(data, "select status, count(*) from documents group by all")) == [
        ("loaded", 1),
        ("superseded", 2),
    ]


def test_going_back_to_old_content_brings_the_old_rows_back(newspaper):
    path, data = newspaper
    before = loaded(data)
    path.write_text(page(5), "utf-8")
    run(data, path)
    path.write_text(page(0), "utf-8")
    summary = run(data, path)
    assert summary.reasons == {"an older version came back": 1}
    assert loaded(data) == before


def test_a_page_that_moved_while_another_took_its_name_stays(newspaper):
    path, data = newspaper
    before = set(loaded(data))
    path.rename(path.with_name("moved.txt"))
    path.write_text(page(5), "utf-8")
    run(data, path.parent)
    assert before < set(loaded(data))
    assert set(statuses(data).values()) == {"loaded"}


def test_a_page_that_returns_under_a_new_name_in_a_later_part_is_read_again(newspaper, monkeypatch):
    """The newer version is loaded in a batch before the old content is met again under another name."""
    monkeypatch.setattr("tasks.staging.plan.PART_SOURCES", 1)
    path, data = newspaper
    before = set(loaded(data))
    path.rename(path.with_name("zz_moved.txt"))
    path.write_text(page(5), "utf-8")
    run(data, path.parent, BATCH_MB="0.0001")
    assert before < set(loaded(data))


def test_standard_input_is_never_a_newer_version(tmp_path):
    from tasks.staging.sources import keep_stdin
    from warehouse.storage.folder import DataFolder

    data = tmp_path / "data"
    for n in range(2):
        run(data, keep_stdin(page(n).encode(), DataFolder(data)))
    assert rows(data, "select source_uri, status from documents") == [("-", "loaded"), ("-", "loaded")]
    assert not list((data / "state" / "stdin").glob("*"))


def test_a_sidecar_that_arrives_late_makes_the_page_be_read_again_and_says_why(newspaper):
    path, data = newspaper
    path.with_name(path.name + ".meta.json").write_text(json.dumps({"publisher": "济南日报"}), "utf-8")
    summary = run(data, path)
    assert summary.reasons == {"its sidecar, name or options changed": 1}
    assert rows(data, "select publisher from documents") == [("济南日报",)]
    assert run(data, path).unchanged == 1


def test_stale_pages_are_read_again_from_the_kept_bytes_with_their_description(newspaper, monkeypatch):
    path, data = newspaper
    run(data, path, publisher="济南日报", issue_date="2023-05")
    before = rows(data, "select publisher, issue_date, issue_date_precision, issue_date_source from documents")
    path.unlink()
    assert run(data, stale=True).new == 0
    read_by_newer_code(monkeypatch)
    assert run(data, stale=True).reasons == {"the reference data or the code that reads pages changed": 1}
    assert rows(data, "select publisher, issue_date, issue_date_precision, issue_date_source from documents") == before
    assert rows(data, "select pipeline_version from documents") == [("next",)]
    assert run(data, stale=True).new == 0


def test_a_newer_version_of_the_code_reads_pages_again_and_says_why(newspaper, monkeypatch):
    path, data = newspaper
    read_by_newer_code(monkeypatch)
    assert run(data, path).reasons == {"the code that reads pages changed": 1}


def test_a_dry_run_gives_the_reasons_and_writes_nothing(newspaper):
    from flows.ingest.planning import plan_run
    from tasks.staging.sources import find_sources
    from warehouse.storage.folder import DataFolder

    path, data = newspaper
    before = sorted(data.rglob("*"))
    path.write_text(page(5), "utf-8")
    folder = DataFolder(data)
    (plan,) = plan_run(folder, settings(), find_sources([str(path)], folder), None, None, False)
    assert [job.reason for job in plan.jobs] == ["new"]
    assert sorted(data.rglob("*")) == before
