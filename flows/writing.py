"""The one way to write: under the lock of this machine and, where the lake lives in a bucket, under its lease."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flows.progress import say
from flows.settings import settings
from warehouse.bucket import bucket_problems, fetch_warehouse, open_bucket, publish_warehouse, pull, push
from warehouse.lake import DataFolder
from warehouse.lease import writer_lease
from warehouse.lock import writer_lock


@contextmanager
def writing(folder: DataFolder) -> Iterator[None]:
    """Lets the block write into lake and warehouse; what it committed goes into the bucket at its end.

    Args:
        folder: The data directory.

    Raises:
        WriterBusyError: Another run on this machine did not end in time.
        LeaseError: A writer on another machine did not.
        BucketError: The bucket refused.
    """
    config = settings()
    with writer_lock(folder, config.lock_timeout, say):
        if not config.lake:
            yield
            return
        bucket = open_bucket(config.lake)
        with bucket_problems(bucket), writer_lease(bucket, config.lock_timeout, say) as still_held:
            pull(bucket, folder)
            yield
            still_held()
            push(bucket, folder)
            publish_warehouse(bucket, folder)


def follow_published(folder: DataFolder) -> None:
    """Fetches the warehouse that was published in the bucket, where there is one and it changed.

    Args:
        folder: The data directory.
    """
    if settings().lake:
        bucket = open_bucket(settings().lake)
        with bucket_problems(bucket):
            fetch_warehouse(bucket, folder)
