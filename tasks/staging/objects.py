"""Brings pages that lie in a bucket to where they can be read, once for each version.

What belongs here: listing and fetching `s3://…` inputs. What does not: anything about the lake's own bucket.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from pathlib import Path

from warehouse.bucket import bucket_problems, open_bucket
from warehouse.lake import DataFolder, write_atomically
from warehouse.manifest import is_below

SCHEME = "s3://"


def fetched_objects(url: str, folder: DataFolder, sidecar_ending: str) -> Iterator[tuple[str, Path]]:
    """Goes through the objects below an address, each fetched where it is new or changed, sidecars beside them.

    Args:
        url: `s3://bucket/prefix`, or one object.
        folder: The data directory; the copies lie in its `state/inputs`.
        sidecar_ending: Objects with this ending are fetched and not given.

    Yields:
        Address and local copy.
    """
    place = open_bucket(url)
    whole = url.removeprefix(f"{SCHEME}{place.name}").lstrip("/")
    with bucket_problems(place):
        pages = place.client.get_paginator("list_objects_v2").paginate(Bucket=place.name, Prefix=whole)
        listed = [item for page in pages for item in page.get("Contents", ()) if _below(item["Key"], whole)]
        copies = [(item["Key"], _copied(place.client, place.name, item, folder)) for item in listed]
    yield from ((f"{SCHEME}{place.name}/{key}", copy) for key, copy in copies if not key.endswith(sidecar_ending))


def _below(key: str, prefix: str) -> bool:
    """Whether an object is a page below the prefix; a key with `..` in it would be a file somewhere else."""
    return (
        is_below(key.lstrip("/"))
        and not key.endswith("/")
        and (not prefix or key == prefix or key.startswith(prefix.rstrip("/") + "/"))
    )


def _copied(client: object, bucket: str, item: dict[str, object], folder: DataFolder) -> Path:
    """Keeps the copy in a folder of the object's own parent, so that a sidecar stands beside its page."""
    key = str(item["Key"])
    parent, _, name = key.rpartition("/")
    place = folder.state / "inputs" / hashlib.sha256(f"{bucket}/{parent}".encode()).hexdigest()[:16]
    copy, note = place / name, place / f".{name}.etag"
    if not (copy.is_file() and note.is_file() and note.read_text("utf-8") == item["ETag"]):
        body = client.get_object(Bucket=bucket, Key=key)["Body"].read()  # type: ignore[attr-defined]
        write_atomically(copy, body)
        changed = item["LastModified"].timestamp()  # type: ignore[attr-defined]
        os.utime(copy, (changed, changed))
        write_atomically(note, str(item["ETag"]).encode())
    return copy
