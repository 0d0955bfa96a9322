"""The one way to write: under the lock of this machine and, where the lake lives in a bucket, under its lease."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.settings import Settings
from flows.telling.progress import Teller
from tasks.check.shared import follow_answers, send_answers
from warehouse.storage.bucket import bucket_problems, fetch_warehouse, open_bucket, publish_warehouse, pull, push
from warehouse.storage.folder import DataFolder, set_aside
from warehouse.storage.lease import writer_lease
from warehouse.storage.lock import writer_lock


@contextmanager
def writing(folder: DataFolder, settings: Settings, tell: Teller) -> Iterator[None]:
    """Lets the block write into lake and warehouse; what it committed goes into the bucket at its end.

    Args:
        folder: The data directory.
        settings: Say how long to wait, and where the lake lives.
        tell: Takes sentences about who is waited for, and answers that others gave otherwise.

    Raises:
        WriterBusyError: Another run on this machine did not end in time.
        LeaseError: A writer on another machine did not.
        BucketError: The bucket refused.
    """
    with writer_lock(folder, settings.lock_timeout, tell):
        if not settings.lake:
            yield
            return
        bucket = open_bucket(settings.lake)
        with bucket_problems(bucket), writer_lease(bucket, settings.lock_timeout, tell) as still_held:
            pull(bucket, folder)
            follow_answers(bucket, folder, tell)
            yield
            still_held()
            push(bucket, folder)
            send_answers(bucket, folder)
            publish_warehouse(bucket, folder)


def fetch_again(folder: DataFolder, lake: str, damaged: Iterable[Path]) -> list[str]:
    """Sets damaged copies of a bucket's files aside and fetches them anew; without a bucket nothing is done.

    Args:
        folder: The data directory; the caller is writing.
        lake: The bucket the lake lives in; empty without.
        damaged: Files of the lake, or raw pages.

    Returns:
        What was done, in sentences.
    """
    if not lake or not (copies := [path for path in damaged if path.is_file()]):
        return []
    for path in copies:
        set_aside(folder, path)
    bucket = open_bucket(lake)
    with bucket_problems(bucket):
        pull(bucket, folder)
    return [f"{len(copies)} damaged files were set aside in {folder.set_aside} and fetched from the bucket again."]


def follow_published(folder: DataFolder, lake: str, tell: Teller, *, people: bool = False) -> None:
    """Fetches the warehouse that was published in the bucket, where there is one and it changed.

    Args:
        folder: The data directory.
        lake: The bucket the lake lives in; empty without.
        tell: Takes sentences about answers that others gave otherwise.
        people: What other machines were told of figures too.
    """
    if lake:
        bucket = open_bucket(lake)
        with bucket_problems(bucket):
            fetch_warehouse(bucket, folder)
            if people:
                follow_answers(bucket, folder, tell)


def fetch_raw(folder: DataFolder, lake: str, document_id: str) -> None:
    """Fetches the raw bytes of a page that only the bucket holds; readers bring the warehouse alone.

    Args:
        folder: The data directory.
        lake: The bucket the lake lives in; empty without.
        document_id: The page.
    """
    if not lake or folder.raw_of(document_id):
        return
    bucket, start = open_bucket(lake), document_id.removeprefix("d")
    with bucket_problems(bucket):
        for key in bucket.keys(f"raw/{start[:2]}/{start}"):
            bucket.fetch(key, folder.root / key)
