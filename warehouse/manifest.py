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
    """

    table: str
    path: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class BatchManifest:
    """What makes a batch part of the lake; written last, after its checks.

    Attributes:
        batch_id: Sorts in the order of loading.
        run_id: The run that made it.
        created_at: UTC, ISO format.
        files: Its Parquet files.
        replaces: Ids of the batches that it stands for.
    """

    batch_id: str
    run_id: str
    created_at: str
    files: tuple[LakeFile, ...] = field(default=())
    replaces: tuple[str, ...] = field(default=())

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
        """Writes the manifest as JSON, the same text for the same content."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True)

    @staticmethod
    def from_json(text: str) -> BatchManifest:
        """Reads a manifest back.

        Args:
            text: What `to_json` wrote.

        Raises:
            ValueError: The text is no manifest.
        """
        raw = json.loads(text)
        raw["files"] = tuple(LakeFile(**f) for f in raw["files"])
        raw["replaces"] = tuple(raw.get("replaces", ()))
        return BatchManifest(**raw)
