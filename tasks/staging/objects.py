"""Brings pages that lie in a bucket to where they can be read, once for each version.

What belongs here: listing and fetching `s3://…` inputs. What does not: anything about the lake's own bucket.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.lake.manifest import is_below
from warehouse.storage.bucket import bucket_problems, open_bucket
from warehouse.storage.durable import write_atomically
from warehouse.storage.folder import DataFolder
from warehouse.storage.given import MOST_FILE_BYTES, MOST_PAGE_BYTES, MOST_SIDECAR_BYTES

SCHEME = "s3://"
_OF_PAGES = (".pdf", ".zip", ".tar", ".tgz", ".gz")
"""Endings of objects that may hold many pages, and so be as large as a file may be."""
_PART = 1 << 20


@dataclass(frozen=True, slots=True)
class FetchedObject:
    """A page of a bucket.

    Attributes:
        address: `s3://bucket/key`.
        copy: Where its bytes lie here.
        problem: Why they were not fetched, in a sentence; None where they were.
    """

    address: str
    copy: Path
    problem: str | None = None


def fetched_objects(
    url: str, folder: DataFolder, sidecar_ending: str, is_page: Callable[[str], bool]
) -> Iterator[FetchedObject]:
    """Goes through the pages below an address, each fetched where it is new or changed, with its sidecar beside it.

    Nothing else that lies there is fetched, and no object that is larger than a page may be.

    Args:
        url: `s3://bucket/prefix`, or one object, which is taken for a page whatever its name.
        folder: The data directory; the copies lie in its `state/inputs`.
        sidecar_ending: Ending of a sidecar's name.
        is_page: Says of a name whether it is a page's.
    """
    place = open_bucket(url)
    whole = url.removeprefix(f"{SCHEME}{place.name}").lstrip("/")
    found: list[FetchedObject] = []
    with bucket_problems(place):
        for listed in place.client.get_paginator("list_objects_v2").paginate(Bucket=place.name, Prefix=whole):
            for item in listed.get("Contents", ()):
                key = item["Key"]
                name = key.rpartition("/")[2]
                if not _below(key, whole):
                    continue
                if name.endswith(sidecar_ending):
                    # One that is too large is kept as far as shows that it is, and refused with its page.
                    _copied(place.client, place.name, item, folder, MOST_SIDECAR_BYTES + 1, whole=False)
                elif key == whole or is_page(name):
                    most = MOST_FILE_BYTES if name.lower().endswith(_OF_PAGES) else MOST_PAGE_BYTES
                    copy, problem = _copied(place.client, place.name, item, folder, most)
                    found.append(FetchedObject(f"{SCHEME}{place.name}/{key}", copy, problem))
    yield from found


def fetched_object(address: str, folder: DataFolder) -> Path | None:
    """Gives the copy of one object, fetched where it is not here any more; None where nothing lies there.

    Args:
        address: `s3://bucket/key`.
        folder: The data directory.

    Raises:
        BucketError: The bucket can't be used.
    """
    bucket, _, key = address.removeprefix(SCHEME).partition("/")
    copy = _place_of(folder, bucket, key)
    if copy.is_file():
        return copy
    for found in fetched_objects(address, folder, "\0", lambda _: False):
        return found.copy if found.problem is None else None
    return None


def _place_of(folder: DataFolder, bucket: str, key: str) -> Path:
    """Names the copy of an object, in a folder of the object's own parent, so that a sidecar stands beside its page."""
    parent, _, name = key.rpartition("/")
    return folder.state / "inputs" / hashlib.sha256(f"{bucket}/{parent}".encode()).hexdigest()[:16] / name


class _TooLargeError(Exception):
    """An object was replaced since it was listed, by a larger one."""


def _parts(stream: Any, most: int, *, whole: bool) -> Iterator[bytes]:
    left = most
    while part := stream.read(_PART):
        if len(part) > left and whole:
            raise _TooLargeError
        yield part[:left]
        left -= len(part[:left])
        if not left and not whole:
            return


def _below(key: str, prefix: str) -> bool:
    """Whether an object is a page below the prefix; a key with `..` in it would be a file somewhere else."""
    return (
        is_below(key.lstrip("/"))
        and not key.endswith("/")
        and (not prefix or key == prefix or key.startswith(prefix.rstrip("/") + "/"))
    )


def _copied(
    client: object, bucket: str, item: Mapping[str, Any], folder: DataFolder, most: int, *, whole: bool = True
) -> tuple[Path, str | None]:
    """Keeps the copy of an object, where that is not here yet.

    Args:
        client: Asks the bucket.
        bucket: Its name.
        item: The object as it was listed.
        folder: The data directory.
        most: Bytes that are fetched.
        whole: Fetch nothing of an object that has more.

    Returns:
        Where it lies, and why it was not fetched, in a sentence.
    """
    key = str(item["Key"])
    copy = _place_of(folder, bucket, key)
    note = copy.with_name(f".{copy.name}.etag")
    if copy.is_file() and note.is_file() and note.read_text("utf-8") == item["ETag"]:
        return copy, None
    too_large = f"{SCHEME}{bucket}/{key} is larger than the {most / 1e6:g} MB that it may have: take it away."
    if item["Size"] > most and whole:
        return copy, too_large
    with closing(client.get_object(Bucket=bucket, Key=key)["Body"]) as stream:  # type: ignore[attr-defined]
        try:
            write_atomically(copy, _parts(stream, most, whole=whole))
        except _TooLargeError:
            return copy, too_large
    changed = item["LastModified"].timestamp()
    os.utime(copy, (changed, changed))
    write_atomically(note, str(item["ETag"]).encode())
    return copy, None
