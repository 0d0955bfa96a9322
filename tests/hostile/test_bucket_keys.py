"""Keys of a bucket that would lie outside the data directory are let lie."""

from __future__ import annotations

import hashlib

import pytest

from flows.writing import fetch_again
from tasks.staging.objects import fetched_objects
from tests.cluster.test_bucket import s3  # noqa: F401 - a fixture
from tests.loads.driver import settings_of
from warehouse.bucket import open_bucket, pull, push
from warehouse.lake import DataFolder

ODD = ["raw/../../x", "lake/batches/../../../x.json", "raw//x", "raw/./x"]


def files(place):
    return sorted(path.relative_to(place).as_posix() for path in place.rglob("*") if path.is_file())


def test_nothing_of_a_bucket_is_written_outside_the_data_directory(s3, tmp_path):  # noqa: F811
    folder = DataFolder(tmp_path / "deep" / "data")
    for key in [*ODD, "raw/ab/good"]:
        s3.put_object(Bucket="pages", Key=f"p/{key}", Body=b"x")
    pull(open_bucket("s3://pages/p"), folder)
    assert files(tmp_path) == ["deep/data/raw/ab/good", "deep/data/state/bucket/sent.json"]


@pytest.mark.parametrize("key", ["in/../../x.txt", "in/..", "in//../x.txt"])
def test_no_page_of_a_bucket_is_written_outside_either(s3, tmp_path, key):  # noqa: F811
    folder = DataFolder(tmp_path / "data")
    s3.put_object(Bucket="pages", Key=key, Body=b"x")
    s3.put_object(Bucket="pages", Key="in/good.txt", Body=b"x")
    assert [address for address, _ in fetched_objects("s3://pages/in", folder, ".meta.json")] == [
        "s3://pages/in/good.txt"
    ]
    assert all(name.startswith("data/state/inputs/") for name in files(tmp_path))


def test_a_damaged_copy_of_a_bucket_is_fetched_again(s3, tmp_path):  # noqa: F811
    folder, data = DataFolder(tmp_path), b"page"
    sha256 = hashlib.sha256(data).hexdigest()
    folder.keep_raw(sha256, data)
    push(open_bucket("s3://pages/p"), folder)
    folder.raw_path(sha256).write_bytes(b"pale")
    with settings_of(tmp_path, LAKE="s3://pages/p"):
        assert any("from the bucket again" in sentence for sentence in fetch_again(folder, [folder.raw_path(sha256)]))
    assert folder.raw_path(sha256).read_bytes() == data
    assert [path.read_bytes() for path in folder.set_aside.rglob("*") if path.is_file()] == [b"pale"]
    assert open_bucket("s3://pages/p").keys("raw/") == [f"raw/{sha256[:2]}/{sha256}"]
