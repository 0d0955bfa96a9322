"""What is known of documents, as plain values that planning compares with what it finds; no DuckDB here."""

from __future__ import annotations

from dataclasses import dataclass, field

SUPERSEDED = "A newer version of this source was loaded."
"""Reason of a superseded document."""


@dataclass(frozen=True, slots=True)
class DocumentFacts:
    """What is known of one document.

    Attributes:
        source_key: The source that its description was taken from.
        fingerprint: What its rows depend on.
        status: loaded, rejected, superseded or forgotten.
        sources: Keys of the sources that hold its bytes now, as a good page.
        names: Keys of all sources that ever held them.
    """

    source_key: str
    fingerprint: str
    status: str
    sources: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the documents and sources that were asked for.

    Attributes:
        documents: By document id.
        described_by: Source key → ids of documents, loaded or rejected, that are described by it.
    """

    documents: dict[str, DocumentFacts] = field(default_factory=dict)
    described_by: dict[str, set[str]] = field(default_factory=dict)
