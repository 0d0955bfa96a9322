"""Keys of a bucket that would lie outside the data directory are let lie."""

from __future__ import annotations

import hashlib

import pytest

from flows.ingest.writing import fetch_again
from flows.settings import settings
from tasks.opening.kinds import aside_by_name
from tasks.staging import objects
from tasks.staging.objects import fetched_objects
from tasks.staging.sidecar import SidecarError, read_sidecar, sidecar_path
from tasks.staging.sources import find_sources
from tests.loads.driver import settings_of
from warehouse.storage.bucket import open_bucket, pull, push
from warehouse.storage.folder import DataFolder

ODD = ["raw/../../x", "lake/batches/../../../x.json", "raw//x", "raw/./x"]


def is_page(name):
    return aside_by_name(name) is None


def files(place):
    return sorted(path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file())


def test_nothing_of_a_bucket_is_written_outside_the_data_directory(s3, tmp_path):
    folder = DataFolder(tmp_path / "deep" / "data")
    for key in [*ODD, "raw/ab/good"]:
        s3.put_object(Bucket="pages", Key=f"p/{key}", Body=b"x")
    pull(open_bucket("s3://pages/p"), folder)
    assert files(tmp_path) == ["deep/data/raw/ab/good", "deep/data/state/bucket/sent.json"]


@pytest.mark.parametrize("key", ["in/../../x.txt", "in/..", "in//../x.txt"])
def test_no_page_of_a_bucket_is_written_outside_either(s3, tmp_path, key):
    folder = DataFolder(tmp_path / "data")
    s3.put_object(Bucket="pages", Key=key, Body=b"x")
    s3.put_object(Bucket="pages", Key="in/good.txt", Body=b"x")
    found = fetched_objects("s3://pages/in", folder, ".meta.json", is_page)
    assert [each.address for each in found] == ["s3://pages/in/good.txt"]
    assert all(name.startswith("data/state/inputs/") for name in files(tmp_path))


def test_what_is_too_large_for_a_page_or_is_none_is_not_fetched(s3, tmp_path, monkeypatch):
    monkeypatch.setattr(objects, "MOST_PAGE_BYTES", 1_000)
    monkeypatch.setattr(objects, "MOST_SIDECAR_BYTES", 50)
    folder = DataFolder(tmp_path)
    sizes = {"a.txt": 1_000, "b.txt": 1_001, "c.mp4": 9_999, "d.pdf": 1_002, "a.txt.meta.json": 9_999}
    for key, size in sizes.items():
        s3.put_object(Bucket="pages", Key=f"in/{key}", Body=b"x" * size)
    good, large, pages = find_sources(["s3://pages/in"], folder)
    assert (good.problem, good.path.stat().st_size) == (None, 1_000)
    assert "s3://pages/in/b.txt is larger than" in (large.problem or "")
    assert pages.path.stat().st_size == 1_002
    copies = [path for path in (folder.state / "inputs").rglob("[!.]*") if path.is_file()]
    assert {path.name: path.stat().st_size for path in copies} == {
        "a.txt": 1_000,
        "d.pdf": 1_002,
        "a.txt.meta.json": 51,
    }
    monkeypatch.setattr("tasks.staging.sidecar.MOST_SIDECAR_BYTES", 50)
    with pytest.raises(SidecarError, match="larger"):
        read_sidecar(sidecar_path(good.path))


def test_a_damaged_copy_of_a_bucket_is_fetched_again(s3, tmp_path):
    folder, data = DataFolder(tmp_path), b"page"
    sha256 = hashlib.sha256(data).hexdigest()
    folder.keep_raw(sha256, data)
    push(open_bucket("s3://pages/p"), folder)
    folder.raw_path(sha256).write_bytes(b"pale")
    with settings_of(tmp_path, LAKE="s3://pages/p"):
        assert any(
            "from the bucket again" in sentence
            for sentence in fetch_again(folder, settings().lake, [folder.raw_path(sha256)])
        )
    assert folder.raw_path(sha256).read_bytes() == data
    assert [path.read_bytes() for path in folder.set_aside.rglob("*") if path.is_file()] == [b"pale"]
    assert open_bucket("s3://pages/p").keys("raw/") == [f"raw/{sha256[:2]}/{sha256}"]
