"""Says what a page is (its ids) and what its result depends on (its fingerprint)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.metadata import version
from pathlib import Path

from tasks.lexicon import lexicon_digest

_CODE = Path(__file__).parent.parent


def document_id_of_bytes(sha256: str) -> str:
    """Makes a document's id from the SHA-256 of its raw bytes.

    Args:
        sha256: 64 hexadecimal digits.
    """
    return f"d{sha256[:20]}"


def document_id_of_source(source_key: str) -> str:
    """Makes an id for a file that could not be read, from where it was.

    Args:
        source_key: Absolute, normalised path or URL.
    """
    return f"u{hashlib.sha256(source_key.encode()).hexdigest()[:20]}"


@cache
def pipeline_version() -> str:
    """Names the code that reads pages: the release and a digest of the stages' source.

    The digest covers `tasks/`, so that a changed rule makes pages stale without anybody having to think of it.
    """
    digest = hashlib.sha256()
    for path in sorted(_CODE.rglob("*.py")):
        digest.update(path.relative_to(_CODE).as_posix().encode() + b"\0" + path.read_bytes())
    return f"{version('broadsheet')}+{digest.hexdigest()[:10]}"


def input_fingerprint(sha256: str, file_name: str, metadata: Mapping[str, str], names_digest: str) -> str:
    """Digests everything that the result of a page depends on.

    Args:
        sha256: Of the raw bytes.
        file_name: Its name, which may hold the issue date.
        metadata: What the options and the sidecar say about it.
        names_digest: Digest of the user's own names; empty without.
    """
    parts = [sha256, file_name, dict(sorted(metadata.items())), names_digest, lexicon_digest(), pipeline_version()]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:32]
