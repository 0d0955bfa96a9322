"""A bucket on loopback: moto's S3 server, started once for all tests and emptied before each."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import redirect_stderr
from typing import Any
from urllib.request import Request, urlopen

import pytest

SECRET = "not-a-real-secret-only-for-this-test"


@pytest.fixture(scope="session")
def s3_address() -> Iterator[str]:
    """The address of a local S3."""
    from moto.server import ThreadedMotoServer

    with redirect_stderr(io.StringIO()):
        server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
        server.start()
        host, port = server.get_host_and_port()
        yield f"http://{host}:{port}"
        server.stop()


@pytest.fixture
def s3(s3_address: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """A local S3 with an empty bucket `pages`; its address and keys stand where every S3 tool looks for them."""
    for name, value in {
        "AWS_ENDPOINT_URL": s3_address,
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "AWS_DEFAULT_REGION": "us-east-1",
    }.items():
        monkeypatch.setenv(name, value)
    import boto3

    urlopen(Request(f"{s3_address}/moto-api/reset", method="POST")).close()
    client = boto3.client("s3")
    client.create_bucket(Bucket="pages")
    return client
