"""A lake that lives in a bucket, on moto's S3 server on loopback: written, read, shared and left by one writer."""

from __future__ import annotations

import shutil
import threading
from pathlib import Path

import pytest

from tests.cluster.s3 import SECRET
from tests.conftest import PROJECT
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
    done = broadsheet("run", str(seeds[1]), data=second, **lake)
    assert done.returncode == 0, done.stderr
    keys = set(open_bucket("s3://pages/papers").keys(""))
    assert "warehouse.duckdb" in keys
    assert sum(key.startswith("raw/") for key in keys) == 2
    assert "writer-lease.json" not in keys
    done = broadsheet("query", "select count(*) as pages from documents", "--format", "csv", data=reader, **lake)
    assert done.stdout.split() == ["pages", "2"], done.stderr
    alone = tmp_path / "alone" / "data"
    assert broadsheet("run", str(seeds[0]), str(seeds[1]), data=alone).returncode == 0
    assert digests(second) == digests(alone)


def test_pages_are_read_from_a_bucket_once_for_each_version(broadsheet, s3, tmp_path):
    page = next((PROJECT / "seeds").glob("000*"))
    s3.upload_file(str(page), "pages", "in/2023-04-24_000.txt")
    s3.put_object(Bucket="pages", Key="in/2023-04-24_000.txt.meta.json", Body='{"publisher": "山东商报"}'.encode())
    done = broadsheet("run", "s3://pages/in", data=tmp_path / "data")
    assert done.returncode == 0, done.stderr
    with connect(tmp_path / "data" / "warehouse.duckdb") as con:
        assert con.execute("select source_key, publisher, status from documents").fetchall() == [
            ("s3://pages/in/2023-04-24_000.txt", "山东商报", "loaded")
        ]
    assert "0 new, 1 unchanged" in broadsheet("run", "s3://pages/in", data=tmp_path / "data").stdout


def test_an_inbox_in_a_bucket_is_watched(broadsheet, s3, tmp_path):
    data = tmp_path / "data"
    look = ("watch", "s3://pages/inbox", "--once")
    soon = {"BROADSHEET_SETTLE_SECONDS": "0.1"}
    done = broadsheet(*look, data=data, **soon)
    assert done.returncode == 0, done.stderr
    s3.upload_file(str(next((PROJECT / "seeds").glob("004*"))), "pages", "inbox/2024/004.txt")
    done = broadsheet(*look, data=data, **soon)
    assert done.returncode == 0, done.stderr
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
    assert broadsheet("run", str(next((PROJECT / "seeds").glob("004*"))), data=data, **lake).returncode == 0
    with connect(data / "warehouse.duckdb") as con:
        document_id = con.execute("select document_id from documents").fetchone()[0]
    done = broadsheet("forget", document_id, data=data, **lake)
    assert done.returncode == 0, done.stderr
    assert not [key for key in open_bucket("s3://pages").keys("raw/") if not key.endswith("/")]


def test_a_lost_local_copy_comes_back_from_the_bucket(broadsheet, s3, tmp_path):
    data = tmp_path / "data"
    lake = {"BROADSHEET_LAKE": "s3://pages"}
    page = str(next((PROJECT / "seeds").glob("004*")))
    assert broadsheet("run", page, data=data, **lake).returncode == 0
    before = digests(data)
    shutil.rmtree(data)
    done = broadsheet("run", page, data=data, **lake)
    assert "0 new, 1 unchanged" in done.stdout, done.stdout + done.stderr
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
