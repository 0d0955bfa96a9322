"""One writer for a lake in a bucket: an object that says who writes, renewed while they do.

The bucket itself decides who was first (a conditional write), so two hosts can't both hold it. Hosts' clocks differ:
a lease has run out when it was not renewed for as long as it lasts on the clock of whoever waits for it.
"""

from __future__ import annotations

import json
import os
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import uuid4

from warehouse.errors import EnvironmentProblem
from warehouse.storage.bucket import Bucket

_KEY = "writer-lease.json"
_SECONDS = 60.0
_PAUSE = 2.0


class LeaseError(EnvironmentProblem):
    """Another host writes into the bucket, or took the lease from us."""


@contextmanager
def writer_lease(
    bucket: Bucket, timeout: float, say: Callable[[str], None], seconds: float = _SECONDS
) -> Iterator[Callable[[], None]]:
    """Holds the lease for as long as the block runs.

    Args:
        bucket: Where the lake lives.
        timeout: Seconds to wait for another writer.
        say: Takes the sentence that we are waiting.
        seconds: How long a lease lasts that its owner no longer renews.

    Yields:
        A function to call before anything is committed: it raises where the lease was lost.

    Raises:
        LeaseError: The other writer did not end in time.
    """
    tag = [_take(bucket, timeout, say, seconds)]
    lost = threading.Event()
    done = threading.Event()

    def renew() -> None:
        while not done.wait(seconds / 3):
            try:
                tag[0] = _write(bucket, seconds, IfMatch=tag[0])
            except Exception:
                lost.set()
                return

    def still_held() -> None:
        if lost.is_set():
            raise LeaseError(f"Another host took over the lease of {bucket.name}: run again, nothing was written.")

    keeper = threading.Thread(target=renew, daemon=True)
    keeper.start()
    try:
        yield still_held
    finally:
        done.set()
        keeper.join()
        if not lost.is_set():
            bucket.drop([_KEY])


def _take(bucket: Bucket, timeout: float, say: Callable[[str], None], seconds: float) -> str:
    """Takes the lease: a new one, or one that ran out."""
    deadline = time.monotonic() + timeout
    said = False
    seen, since = "", 0.0
    while True:
        held, tag = _read(bucket)
        if tag != seen:
            seen, since = tag, time.monotonic()
        try:
            if held is None:
                return _write(bucket, seconds, IfNoneMatch="*")
            if time.monotonic() - since >= held.get("seconds", max(0.0, held["until"] - time.time())):
                return _write(bucket, seconds, IfMatch=tag)
        except Exception as error:
            if not _was_first(error):
                raise
            continue
        if not said:
            say(f"{held['owner']} is writing into {bucket.name}; waiting up to {timeout:g} seconds for it.")
            said = True
        if time.monotonic() > deadline:
            raise LeaseError(f"{held['owner']} has been writing into {bucket.name} for more than {timeout:g} seconds.")
        time.sleep(_PAUSE)


def _read(bucket: Bucket) -> tuple[dict[str, Any] | None, str]:
    from botocore.exceptions import ClientError

    try:
        answer = bucket.client.get_object(Bucket=bucket.name, Key=bucket.prefix + _KEY)
    except ClientError as error:
        if error.response["Error"]["Code"] in ("NoSuchKey", "404"):
            return None, ""
        raise
    return json.loads(answer["Body"].read()), answer["ETag"]


def _write(bucket: Bucket, seconds: float, **condition: str) -> str:
    owner = f"process {os.getpid()} on {socket.gethostname()}"
    lease = {"owner": owner, "until": time.time() + seconds, "seconds": seconds, "turn": uuid4().hex}
    body = json.dumps(lease).encode()
    tag: str = bucket.client.put_object(Bucket=bucket.name, Key=bucket.prefix + _KEY, Body=body, **condition)["ETag"]
    return tag


def _was_first(error: Exception) -> bool:
    """Whether a conditional write failed because somebody else was first."""
    answer = getattr(error, "response", {})
    return answer.get("Error", {}).get("Code") in ("PreconditionFailed", "ConditionalRequestConflict", "412", "409")
