"""A lake that lives in a bucket, on moto's S3 server on loopback: written, read, shared and left by one writer.

Runs are plain ones, but for the one that shows what the command itself says.
"""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from tests.cluster.s3 import SECRET
from tests.conftest import PROJECT
from tests.loads.driver import run
from warehouse import connect
from warehouse.ask.content import content_digests
from warehouse.storage.bucket import open_bucket
from warehouse.storage.lease import LeaseError, writer_lease


def digests(data: Path) -> dict[str, str]:
    with connect(data / "warehouse.duckdb") as con:
        return content_digests(con)


def test_the_lake_lives_in_the_bucket_and_another_machine_goes_on_with_it(broadsheet, s3, tmp_path):
    first, second, reader = (tmp_path / name / "data" for name in ("first", "second", "reader"))
    seeds = sorted((PROJECT / "seeds").glob("*.txt"))
    lake = {"BROADSHEET_LAKE": "s3://pages/papers"}
    done = broadsheet("run", str(seeds[0]), data=first, **lake)
    assert done.returncode == 0, done.stderr
    assert SECRET not in done.stdout + done.stderr
    assert run(second, seeds[1], gate=False, LAKE="s3://pages/papers").new == 1
    keys = set(open_bucket("s3://pages/papers").keys(""))
    assert "warehouse.duckdb" in keys
    assert sum(key.startswith("raw/") for key in keys) == 2
    assert "writer-lease.json" not in keys
    done = broadsheet("query", "select count(*) as pages from documents", "--format", "csv", data=reader, **lake)
    assert done.stdout.split() == ["pages", "2"], done.stderr
    alone = tmp_path / "alone" / "data"
    assert run(alone, *seeds[:2], gate=False).new == 2
    assert digests(second) == digests(alone)


def test_pages_are_read_from_a_bucket_once_for_each_version(s3, tmp_path):
    page = next((PROJECT / "seeds").glob("000*"))
    s3.upload_file(str(page), "pages", "in/2023-04-24_000.txt")
    s3.put_object(Bucket="pages", Key="in/2023-04-24_000.txt.meta.json", Body='{"publisher": "山东商报"}'.encode())
    assert run(tmp_path / "data", "s3://pages/in", gate=False).new == 1
    with connect(tmp_path / "data" / "warehouse.duckdb") as con:
        assert con.execute("select source_key, publisher, status from documents").fetchall() == [
            ("s3://pages/in/2023-04-24_000.txt", "山东商报", "loaded")
        ]
    again = run(tmp_path / "data", "s3://pages/in", gate=False)
    assert (again.new, again.unchanged) == (0, 1)


def test_an_inbox_in_a_bucket_is_looked_through_again_and_again(s3, tmp_path):
    data = tmp_path / "data"
    look = {"inbox": True, "gate": False, "SETTLE_SECONDS": "0.1"}
    assert run(data, "s3://pages/inbox", **look).batches == 0
    s3.upload_file(str(next((PROJECT / "seeds").glob("004*"))), "pages", "inbox/2024/004.txt")
    assert run(data, "s3://pages/inbox", **look).new == 1
    with connect(data / "warehouse.duckdb") as con:
        assert con.execute("select source_key, status from documents").fetchall() == [
            ("s3://pages/inbox/2024/004.txt", "loaded")
        ]


def test_a_bucket_that_is_not_there_is_one_sentence(broadsheet, s3, tmp_path):
    done = broadsheet("run", "s3://no-such-bucket/in", data=tmp_path / "data")
    assert done.returncode in (2, 4)
    assert "no-such-bucket" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_forgotten_page_leaves_the_bucket_too(broadsheet, s3, tmp_path):
    data = tmp_path / "data"
    lake = {"BROADSHEET_LAKE": "s3://pages"}
    run(data, next((PROJECT / "seeds").glob("004*")), gate=False, LAKE="s3://pages")
    with connect(data / "warehouse.duckdb") as con:
        document_id = con.execute("select document_id from documents").fetchone()[0]
    done = broadsheet("forget", document_id, data=data, **lake)
    assert done.returncode == 0, done.stderr
    assert not [key for key in open_bucket("s3://pages").keys("raw/") if not key.endswith("/")]


def test_a_lost_local_copy_comes_back_from_the_bucket(s3, tmp_path):
    data = tmp_path / "data"
    page = next((PROJECT / "seeds").glob("004*"))
    assert run(data, page, gate=False, LAKE="s3://pages").new == 1
    before = digests(data)
    shutil.rmtree(data)
    again = run(data, page, gate=False, LAKE="s3://pages")
    assert (again.new, again.unchanged) == (0, 1)
    assert digests(data) == before


def test_only_one_writer_holds_the_lease(s3):
    bucket = open_bucket("s3://pages/lake")
    said: list[str] = []
    with writer_lease(bucket, 0, said.append), pytest.raises(LeaseError), writer_lease(bucket, 0.1, said.append):
        pass
    assert len(said) == 1
    with writer_lease(bucket, 0, said.append) as still_held:
        still_held()


def test_a_lease_that_nobody_renews_runs_out(s3):
    bucket = open_bucket("s3://pages/lake")
    abandoned = writer_lease(bucket, 0, print, seconds=1)
    abandoned.__enter__()
    keepers = [t for t in threading.enumerate() if t.name.startswith("Thread-") and "renew" in t.name]
    assert keepers
    bucket.client.put_object(
        Bucket="pages", Key="lake/writer-lease.json", Body=b'{"owner": "a host that is gone", "until": 0}'
    )
    with writer_lease(bucket, 5, lambda _: None) as still_held:
        still_held()


@pytest.mark.parametrize("address", ["s3://", "http://pages", "pages/lake"])
def test_an_address_that_is_none_is_one_sentence(broadsheet, tmp_path, address):
    done = broadsheet("run", "--lake", address, data=tmp_path / "data")
    assert done.returncode == 2
    assert "s3://bucket/prefix" in done.stderr
    assert "Traceback" not in done.stderr
