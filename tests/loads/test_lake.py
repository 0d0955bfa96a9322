import os
import shutil
import time

import pytest

from flows.ingest.lake_care import forget as forget_documents
from flows.ingest.lake_care import rebuild as rebuild_warehouse
from flows.settings import settings
from tasks.runs import new_run_id
from tests.loads.driver import run as run_with_gate
from tests.loads.driver import settings_of
from tests.loads.pages import digests, page, rows, rubbish, write_pages
from warehouse.errors import EnvironmentProblem, UserError
from warehouse.lake.batch import batches
from warehouse.lake.merge import merge_small_batches
from warehouse.load import publish, run_rows
from warehouse.load.published import refuse_older
from warehouse.storage.folder import DataFolder


def run(data, *paths, **options):
    return run_with_gate(data, *paths, gate=False, **options)


def rebuild(data):
    with settings_of(data):
        return rebuild_warehouse(DataFolder(data), settings(), print)


def forget(data, *names):
    with settings_of(data):
        return forget_documents(DataFolder(data), names, settings(), print)


@pytest.fixture(scope="session")
def history(tmp_path_factory):
    """A data directory with a history: pages in several batches, one superseded, one rejected, one seen twice."""
    place = tmp_path_factory.mktemp("history")
    data, inbox = place / "data", place / "in"
    paths = write_pages(inbox, range(3))
    run(data, paths[0])
    run(data, *paths)
    paths[1].write_text(page(11), "utf-8")
    (inbox / "broken.txt").write_bytes(b"\x00\x01" * 99)
    (inbox / "zz.txt").write_bytes(paths[2].read_bytes())
    run(data, inbox)
    return data, inbox


@pytest.fixture
def lived_in(history, tmp_path):
    """A copy of that data directory; its inbox, which the others read, too."""
    data, inbox = history
    return shutil.copytree(data, tmp_path / "data"), inbox


def test_a_rebuild_gives_the_same_tables_runs_and_checks(undisturbed, tmp_path):
    data = shutil.copytree(undisturbed, tmp_path / "data")
    tables = ("runs", "checks", "document_sources", "quarantine")
    before = digests(data), [rows(data, f"from {table} order by all") for table in tables]
    (data / "warehouse.duckdb").unlink()
    assert rebuild(data) == 2
    assert (digests(data), [rows(data, f"from {table} order by all") for table in tables]) == before


def test_a_rebuild_remembers_what_was_superseded_and_rejected(lived_in):
    data, _ = lived_in
    before = digests(data)
    rebuild(data)
    assert digests(data) == before
    assert rubbish(data) == set()


def test_a_rebuild_deletes_files_that_no_batch_names(lived_in):
    data, _ = lived_in
    stray = data / "lake" / "metrics" / "ab" / "stray.parquet"
    stray.parent.mkdir(exist_ok=True)
    stray.write_bytes(b"")
    rebuild(data)
    assert not stray.exists()


def test_a_damaged_lake_leaves_the_warehouse_as_it_was(lived_in):
    data, _ = lived_in
    before = (data / "warehouse.duckdb").read_bytes()
    victim = next((data / "lake" / "metrics").rglob("*.parquet"))
    victim.write_bytes(victim.read_bytes()[:-7])
    with pytest.raises(EnvironmentProblem, match=r"is damaged .*doctor --heal"):
        rebuild(data)
    assert (data / "warehouse.duckdb").read_bytes() == before


def test_without_a_lake_nothing_is_rebuilt(tmp_path):
    with pytest.raises(UserError, match="no lake"):
        rebuild(tmp_path)


def test_ids_of_runs_sort_in_the_order_in_which_they_were_made():
    ids = [new_run_id() for _ in range(50)]
    assert [number[:21] for number in ids] == sorted(number[:21] for number in ids)


def test_merged_batches_say_the_same_and_nothing_is_loaded_twice(lived_in):
    data, inbox = lived_in
    before = digests(data)
    folder = DataFolder(data)
    count = len(batches(folder))
    assert merge_small_batches(folder, 2) == count
    assert len(batches(folder)) == 1
    assert run(data, inbox).new == 0
    assert digests(data) == before
    rebuild(data)
    assert digests(data) == before
    assert rubbish(data) == set()
    assert merge_small_batches(folder, 0) == 0


def test_a_merge_that_was_killed_before_the_old_batches_went_counts_once(lived_in, monkeypatch):
    data, inbox = lived_in
    before = digests(data)
    monkeypatch.setattr("warehouse.lake.merge.drop_replaced", lambda folder: 0)
    merge_small_batches(DataFolder(data), 2)
    monkeypatch.undo()
    assert len(list((data / "lake" / "batches").glob("*.json"))) > 1
    assert len(batches(DataFolder(data))) == 1
    run(data, inbox)
    assert digests(data) == before
    assert rubbish(data) == set()


def test_runs_merge_batches_as_they_pile_up(tmp_path):
    data = tmp_path / "data"
    for path in write_pages(tmp_path / "in", range(2)):
        run(data, path, MERGE_BATCHES=3)
    assert len(batches(DataFolder(data))) == 1
    assert rows(data, "select count(*) from documents where status = 'loaded'") == [(2,)]


def test_equal_rows_give_equal_files_so_the_lake_holds_them_once(lived_in):
    data, inbox = lived_in
    before = set((data / "lake" / "metrics").rglob("*.parquet"))
    run(data, inbox, force=True)
    loaded = set((data / "lake" / "metrics").rglob("*.parquet"))
    assert len(loaded - before) <= 1


def test_a_forgotten_document_is_gone_everywhere(lived_in):
    data, inbox = lived_in
    secret = "302人达成就业意向"
    ((document_id,),) = rows(data, f"select distinct document_id from paragraphs where text like '%{secret}%'")
    others = "select metric_id, value from metrics where document_id <> '{}' order by all"
    before = rows(data, others.format(document_id))
    assert forget(data, str(document_id)) == [document_id]
    assert rows(data, f"select status, char_count, page_title from documents where document_id = '{document_id}'") == [
        ("forgotten", None, None)
    ]
    assert rows(data, others.format(document_id)) == before
    assert DataFolder(data).raw_of(str(document_id)) is None
    import duckdb

    for path in data.rglob("*.parquet"):
        text = str(duckdb.sql(f"from '{path}'").fetchall())
        assert secret not in text, path
        assert str(document_id) not in text or path.parent.parent.name == "documents"
    assert run(data, inbox).new == 0
    assert rubbish(data) == set()
    run(data, inbox, force=True)
    assert rows(data, f"select status from documents where document_id = '{document_id}'") == [("loaded",)]


def test_forgetting_that_was_killed_is_finished_by_the_next_run(lived_in, monkeypatch):
    data, inbox = lived_in
    ((document_id,),) = rows(data, "select min(document_id) from documents where status = 'loaded'")

    def killed(*_):
        raise SystemExit

    monkeypatch.setattr("flows.ingest.lake_care.redact", killed)
    with pytest.raises(SystemExit):
        forget(data, str(document_id))
    monkeypatch.undo()
    assert DataFolder(data).raw_of(str(document_id)) is not None
    run(data, inbox)
    assert DataFolder(data).raw_of(str(document_id)) is None
    assert rubbish(data) == set()


def test_a_document_can_be_forgotten_by_its_path(lived_in):
    data, inbox = lived_in
    page = inbox / "2023-04-24_001.txt"
    assert len(forget(data, os.path.relpath(page))) == 2
    assert forget(data, str(page)) == []
    assert run(data, page).kept_out == {"forgotten": 1}
    with pytest.raises(UserError, match="no document nobody"):
        forget(data, "nobody")


@pytest.mark.parametrize("setting", ["NAMES_FILE", "RULES_FOLDER", "CORRECTIONS_FILE"])
def test_a_file_of_the_users_that_is_wrong_is_told_before_any_page_is_worked_on(tmp_path, setting):
    write_pages(tmp_path / "in", range(1))
    with pytest.raises(UserError, match="nowhere"):
        run(tmp_path / "data", tmp_path / "in", **{setting: tmp_path / "nowhere"})
    assert batches(DataFolder(tmp_path / "data")) == []


def test_with_an_interval_batches_wait_and_are_known_all_the_same(tmp_path):
    data, (first, second) = tmp_path / "data", write_pages(tmp_path / "in", range(2))
    run(data, first)
    published = (data / "warehouse.duckdb").stat().st_mtime_ns
    assert run(data, second, PUBLISH_MINUTES=60).waiting
    assert (data / "warehouse.duckdb").stat().st_mtime_ns == published
    assert run(data, tmp_path / "in", PUBLISH_MINUTES=60).unchanged == 2
    run(data, first)
    assert rows(data, "select count(*) from documents where status = 'loaded'") == [(2,)]


def test_an_old_schema_is_rebuilt_from_the_lake_and_a_newer_one_refused(lived_in):
    import duckdb

    data, inbox = lived_in
    before = digests(data)

    def set_version(value):
        with duckdb.connect(str(data / "warehouse.duckdb")) as con:
            con.execute("update warehouse_info set value = ? where name = 'schema_version'", [value])
            con.execute("delete from metrics")

    set_version("0")
    with pytest.raises(EnvironmentProblem, match="broadsheet rebuild"):
        refuse_older(DataFolder(data))
    run(data, inbox)
    assert digests(data) == before
    set_version("999")
    with pytest.raises(EnvironmentProblem, match="upgrade Broadsheet"):
        run(data, inbox)


def test_a_damaged_warehouse_is_made_anew_and_a_foreign_database_left_alone(lived_in):
    import duckdb

    data, inbox = lived_in
    before = digests(data)
    (data / "warehouse.duckdb").write_bytes(b"no database" * 999)
    run(data, inbox)
    assert digests(data) == before
    (data / "warehouse.duckdb").unlink()
    with duckdb.connect(str(data / "warehouse.duckdb")) as con:
        con.execute("create table mine (a integer)")
    with pytest.raises(EnvironmentProblem, match="no warehouse of Broadsheet"):
        run(data, inbox)


def test_a_notebook_that_opened_the_warehouse_to_write_does_not_block_a_run(lived_in, tmp_path):
    import subprocess
    import sys

    data, _ = lived_in
    code = (
        "import duckdb, sys; con = duckdb.connect(sys.argv[1]); con.execute('create table scratch (a int)'); "
        "print('open', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(data / "warehouse.duckdb")], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as notebook:
        assert notebook.stdout is not None
        assert notebook.stdout.readline() == b"open\n"
        assert run(data, *write_pages(tmp_path, range(9, 10))).new == 1
        notebook.communicate(b"")
    assert rows(data, "select count(*) from documents where status = 'loaded'") == [(4,)]
    assert not (data / "warehouse.duckdb.wal").exists()


def test_a_second_run_waits_says_so_and_gives_up_in_the_end(tmp_path):
    from warehouse.storage.lock import WriterBusyError, writer_lock

    folder, said = DataFolder(tmp_path), []
    started = time.monotonic()
    with (
        writer_lock(folder, 5, said.append),
        pytest.raises(WriterBusyError, match="BROADSHEET_LOCK_TIMEOUT") as problem,
        writer_lock(DataFolder(tmp_path), 0.2, said.append),
    ):
        pass
    assert problem.value.exit_code == 4
    assert "waiting" in said[0]
    assert time.monotonic() - started < 4


def test_a_rebuild_by_many_transactions_gives_the_same_tables(lived_in, monkeypatch):
    data, _ = lived_in
    before = digests(data)
    checkpoints = _noted(monkeypatch, publish, "_go_on")
    monkeypatch.setattr(publish, "_ROWS_AT_ONCE", 1)

    rebuild(data)

    assert digests(data) == before
    assert len(checkpoints) >= len(batches(DataFolder(data)))


def test_what_a_load_brought_in_before_it_failed_is_never_seen(lived_in, monkeypatch):
    data, _ = lived_in
    before = digests(data)
    monkeypatch.setattr(publish, "_ROWS_AT_ONCE", 1)
    apply, applied = publish.apply_batch, []

    def failing(con, folder, manifest, **options):
        if len(applied) == 2:
            raise RuntimeError("broken off")
        applied.append(manifest)
        apply(con, folder, manifest, **options)

    monkeypatch.setattr(publish, "apply_batch", failing)

    with pytest.raises(RuntimeError, match="broken off"):
        rebuild(data)

    assert digests(data) == before
    assert not rubbish(data)


def test_the_last_batch_is_published_together_with_the_row_of_its_run(tmp_path, monkeypatch):
    data = tmp_path / "data"
    whole, alone = (_noted(monkeypatch, module, "publish_copy") for module in (publish, run_rows))
    [path] = write_pages(tmp_path / "in", range(1))

    run(data, path)

    assert (len(whole), len(alone)) == (1, 0)
    assert rows(data, "select count(*) from runs") == [(1,)]
    assert rows(data, "select status from documents") == [("loaded",)]


def _noted(monkeypatch, module, name):
    """Lets a function of a module do its work, and notes its calls."""
    noted, work = [], getattr(module, name)

    def noting(*given, **options):
        noted.append(given)
        return work(*given, **options)

    monkeypatch.setattr(module, name, noting)
    return noted
