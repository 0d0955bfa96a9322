"""One place where a page's bytes are, or a file that holds pages: the value that finding hands on to planning."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Source:
    """One place where a page's bytes are.

    Attributes:
        source_key: What makes two versions the same page: absolute, normalised path or URL.
        source_uri: As the user gave it.
        path: File that holds the bytes, or the bulk file with its record.
        metadata: What a bulk record says besides its text (publisher, issue_date, …).
        data: The page's bytes, where they came in a bulk record.
        problem: Why there is no page here, in a sentence; None where there is one.
        in_folder: Whether it was found in a folder rather than named.
    """

    source_key: str
    source_uri: str
    path: Path
    metadata: dict[str, str] = field(default_factory=dict)
    data: bytes | None = None
    problem: str | None = None
    in_folder: bool = False

    @property
    def file_name(self) -> str:
        """Last part of the source."""
        return self.source_uri.rstrip("/").rsplit("/", 1)[-1]
