"""Keys of a bucket that would lie outside the data directory are let lie."""

from __future__ import annotations

import pytest

from tasks.staging.objects import fetched_objects
from tests.cluster.test_bucket import s3  # noqa: F401 - a fixture
from warehouse.bucket import open_bucket, pull
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
