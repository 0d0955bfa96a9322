"""What a batch of the lake is: Parquet files, and a manifest that names them by their content."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field


@dataclass(frozen=True, slots=True)
class LakeFile:
    """One Parquet file of a batch.

    Attributes:
        table: Name of the table.
        path: Path below the lake's root, with forward slashes.
        rows: Rows in it.
        sha256: Digest of its bytes.
        size: Number of its bytes; None in lakes from before it was noted.
    """

    table: str
    path: str
    rows: int
    sha256: str
    size: int | None = None


@dataclass(frozen=True, slots=True)
class BatchManifest:
    """What makes a batch part of the lake; written last, after its checks.

    Attributes:
        batch_id: Its id; says nothing about the order.
        run_id: The run that made it.
        created_at: UTC, ISO format, as the clock of that machine went.
        files: Its Parquet files.
        replaces: Ids of the batches that it stands for.
        sequence: Its number in the order of loading, counted under the writer's lock; 0 in lakes from before numbers.
        since: Number of the first batch that it stands for; its own where it stands for none.
    """

    batch_id: str
    run_id: str
    created_at: str
    files: tuple[LakeFile, ...] = field(default=())
    replaces: tuple[str, ...] = field(default=())
    sequence: int = 0
    since: int = 0

    @property
    def order(self) -> tuple[int, str]:
        """Sorts batches in the order of loading, whatever the clocks said; ids order those from before numbers."""
        return self.sequence, self.batch_id

    @property
    def rows(self) -> int:
        """Rows in all its files."""
        return sum(f.rows for f in self.files)

    @property
    def sha256(self) -> str:
        """Digest of the manifest, which names every file by its content."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()

    def files_of(self, table: str) -> list[LakeFile]:
        """Lists the files of one table.

        Args:
            table: Its name.
        """
        return [f for f in self.files if f.table == table]

    def to_json(self) -> str:
        """Writes the manifest as JSON, the same text for the same content, with a checksum of it."""
        content = asdict(self)
        return _json(content | {"checksum": _checksum(content)})

    @staticmethod
    def from_json(text: str) -> BatchManifest:
        """Reads a manifest back.

        Args:
            text: What `to_json` wrote.

        Raises:
            ValueError: The text is no manifest, or not the one that was written.
        """
        if not text.strip("\0 \n"):
            raise ValueError("it is empty")
        raw = json.loads(text)
        checksum = raw.pop("checksum", None) if isinstance(raw, dict) else None
        if checksum is not None and checksum != _checksum(raw):
            raise ValueError("its checksum does not fit")
        try:
            raw["files"] = tuple(LakeFile(**f) for f in raw["files"])
            raw["replaces"] = tuple(raw.get("replaces", ()))
            manifest = BatchManifest(**raw)
        except (KeyError, TypeError) as error:
            raise ValueError(f"it is no manifest ({error})") from None
        if outside := [file.path for file in manifest.files if not is_below(file.path)]:
            raise ValueError(f"it names a file outside the lake ({outside[0]})")
        return manifest


def is_below(path: str) -> bool:
    """Says whether a relative path with forward slashes stays below the folder that it starts from.

    Args:
        path: The path.

    >>> is_below("metrics/ab/cd.parquet"), is_below("raw/../../x"), is_below("/etc/passwd"), is_below("a//b")
    (True, False, False, False)
    """
    parts = path.split("/")
    return "\\" not in path and "\0" not in path and not {"", ".", ".."}.intersection(parts)


def _checksum(content: object) -> str:
    return hashlib.sha256(_json(content).encode()).hexdigest()


def _json(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1, sort_keys=True)
