"""Keeps the lake and the raw pages in an S3 bucket: the local folder is a working copy that follows the bucket.

What belongs here: objects, their order of writing, and the lease that keeps one writer. Credentials come from where
every S3 tool takes them (environment, profile, instance role) and are never written or logged.

A batch exists in the bucket once its manifest does; files go up before it and are taken away after it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from warehouse.errors import EnvironmentProblem, UserError
from warehouse.lake.manifest import is_below
from warehouse.storage.durable import sync_folder, write_atomically
from warehouse.storage.folder import DataFolder

_MANIFESTS = "lake/batches/"
_STREAMS = 8


class BucketError(EnvironmentProblem):
    """The bucket can't be used; the message says what it answered."""


@dataclass(frozen=True, slots=True)
class Bucket:
    """A place in a bucket.

    Attributes:
        name: Of the bucket.
        prefix: What its keys begin with; empty, or ending in a slash.
        client: boto3's client, made once.
    """

    name: str
    prefix: str
    client: Any = field(repr=False)

    def keys(self, below: str) -> list[str]:
        """Lists the objects below a prefix, without the bucket's own prefix.

        Args:
            below: First part of the keys, below the prefix.
        """
        pages = self.client.get_paginator("list_objects_v2").paginate(Bucket=self.name, Prefix=self.prefix + below)
        found = [item["Key"][len(self.prefix) :] for page in pages for item in page.get("Contents", ())]
        return [key for key in found if is_below(key)]  # no file of ours is called raw/../x: let such a key lie

    def fetch(self, key: str, target: Path) -> None:
        """Brings an object into a file, whole or not at all.

        Args:
            key: Name of the object, below the prefix.
            target: Where to put it.
        """
        body = self.client.get_object(Bucket=self.name, Key=self.prefix + key)["Body"].read()
        write_atomically(target, body)

    def put(self, source: Path, key: str) -> None:
        """Sends a file.

        Args:
            source: The file.
            key: Name of the object, below the prefix.
        """
        self.client.upload_file(str(source), self.name, self.prefix + key)

    def drop(self, keys: Iterable[str]) -> None:
        """Takes objects away.

        Args:
            keys: Names of the objects.
        """
        for key in keys:
            self.client.delete_object(Bucket=self.name, Key=self.prefix + key)


def open_bucket(url: str) -> Bucket:
    """Opens the place that an address names.

    Args:
        url: `s3://bucket/prefix`.

    Raises:
        UserError: It is no such address.
        BucketError: The extra `bucket` is not installed.
    """
    name, _, prefix = url.removeprefix("s3://").partition("/")
    if not url.startswith("s3://") or not name:
        raise UserError(f"{url!r} is no bucket: write it as s3://bucket/prefix.")
    try:
        import boto3
    except ImportError:
        raise BucketError("boto3 is not installed: install the project with its extra, `.[bucket]`.") from None
    return Bucket(name, f"{prefix.strip('/')}/" if prefix.strip("/") else "", boto3.client("s3"))


@contextmanager
def bucket_problems(bucket: Bucket) -> Iterator[None]:
    """Turns what the bucket answers into one sentence.

    Args:
        bucket: The bucket.
    """
    from boto3.exceptions import S3UploadFailedError
    from botocore.exceptions import BotoCoreError, ClientError

    try:
        yield
    except (BotoCoreError, ClientError, S3UploadFailedError) as error:
        raise BucketError(f"The bucket {bucket.name} refused ({error}): check address, rights and network.") from None


def pull(bucket: Bucket, folder: DataFolder) -> None:
    """Makes the local copy follow the bucket: what came there comes here, what was taken away there goes here.

    Args:
        bucket: Where the lake lives.
        folder: The data directory.
    """
    there = _objects(bucket)
    here = _local(folder)
    for key in sorted((here & _sent(folder)) - there, reverse=True):
        (folder.root / key).unlink()
    missing = there - here
    _each(lambda key: bucket.fetch(key, folder.root / key), sorted(key for key in missing if not _is_manifest(key)))
    for key in sorted(filter(_is_manifest, missing)):
        bucket.fetch(key, folder.root / key)
    _note_sent(folder, there)


def push(bucket: Bucket, folder: DataFolder) -> None:
    """Makes the bucket follow the local copy: files before the manifests that name them, what was replaced last.

    Args:
        bucket: Where the lake lives.
        folder: The data directory, in which no run is at work.
    """
    there = _objects(bucket)
    here = _local(folder)
    new = here - there
    _each(lambda key: bucket.put(folder.root / key, key), sorted(key for key in new if not _is_manifest(key)))
    for key in sorted(filter(_is_manifest, new)):
        bucket.put(folder.root / key, key)
    gone = there - here
    bucket.drop(sorted(gone, key=lambda key: (not _is_manifest(key), key)))
    _note_sent(folder, here)


def publish_warehouse(bucket: Bucket, folder: DataFolder) -> None:
    """Puts the warehouse file beside the lake, for everybody who queries.

    Args:
        bucket: The bucket.
        folder: The data directory.
    """
    if folder.warehouse.is_file():
        bucket.put(folder.warehouse, folder.warehouse.name)


def fetch_warehouse(bucket: Bucket, folder: DataFolder) -> bool:
    """Brings the published warehouse here where it changed since the last time.

    Args:
        bucket: The bucket.
        folder: The data directory.

    Returns:
        Whether there was a newer one.
    """
    from botocore.exceptions import ClientError

    key = bucket.prefix + folder.warehouse.name
    try:
        tag = bucket.client.head_object(Bucket=bucket.name, Key=key)["ETag"]
    except ClientError as error:
        if error.response["Error"]["Code"] in ("404", "NoSuchKey", "NotFound"):
            return False
        raise
    note = folder.state / "bucket" / "warehouse.etag"
    if folder.warehouse.is_file() and note.is_file() and note.read_text() == tag:
        return False
    folder.state.mkdir(parents=True, exist_ok=True)
    partial = folder.root / f".{folder.warehouse.name}.fetched"
    bucket.client.download_file(bucket.name, key, str(partial))
    with partial.open("rb") as handle:
        os.fsync(handle.fileno())
    partial.replace(folder.warehouse)
    sync_folder(folder.root)
    write_atomically(note, tag.encode())
    return True


def _objects(bucket: Bucket) -> set[str]:
    return set(bucket.keys("lake/")) | set(bucket.keys("raw/"))


def _local(folder: DataFolder) -> set[str]:
    """Lists the files of the lake and the raw pages by their keys; temporary ones begin with a dot."""
    files = [*folder.lake.rglob("*"), *folder.raw.rglob("*")]
    return {p.relative_to(folder.root).as_posix() for p in files if p.is_file() and not p.name.startswith(".")}


def _is_manifest(key: str) -> bool:
    return key.startswith(_MANIFESTS)


def _each(work: Any, keys: list[str]) -> None:
    with ThreadPoolExecutor(_STREAMS) as pool:
        list(pool.map(work, keys))


def _sent(folder: DataFolder) -> set[str]:
    """Reads what bucket and copy had in common when they last met."""
    note = folder.state / "bucket" / "sent.json"
    return set(json.loads(note.read_text("utf-8"))) if note.is_file() else set()


def _note_sent(folder: DataFolder, keys: Iterable[str]) -> None:
    write_atomically(folder.state / "bucket" / "sent.json", json.dumps(sorted(keys)).encode())
