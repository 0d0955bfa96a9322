"""What planning hands on: pages to work on, names that pages came under, and what is left alone."""

from __future__ import annotations

from dataclasses import dataclass, field

from tasks.staging.source import Source


@dataclass(frozen=True, slots=True)
class PageJob:
    """A page to work on.

    Attributes:
        document_id: Its id.
        sha256: Of its raw bytes; empty where they could not be read.
        source_key: Of the source that describes it.
        source_uri: As the user gave it.
        file_name: Last part of the source.
        path: File that holds the bytes.
        byte_size: Of the raw bytes.
        metadata: From options and sidecar; `issue_date` of an option stands under `issue_date_option`.
        fingerprint: What its rows will depend on.
        reason: Why it is worked on.
        problem: Why it can't be used, in a sentence; None where it can.
    """

    document_id: str
    sha256: str
    source_key: str
    source_uri: str
    file_name: str
    path: str
    byte_size: int
    metadata: dict[str, str]
    fingerprint: str
    reason: str
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class Sighting:
    """A source that was seen to hold a document.

    Attributes:
        document_id: The document.
        source_key: Where it was seen.
        source_uri: The same as the user gave it.
        good: Whether the document is known as a good page; one that is worked on now is judged later.
    """

    document_id: str
    source_key: str
    source_uri: str
    good: bool = True


@dataclass(slots=True)
class Plan:
    """What a run will do with some of its sources.

    Attributes:
        jobs: Pages to work on.
        unchanged: Sources whose page is as it was.
        kept_out: Of these, keys of sources whose page is not in the warehouse: rejected or forgotten.
        sightings: Names that the pages to work on came under.
        moved: The same for pages that are known but not under this name; they need no work.
    """

    jobs: list[PageJob] = field(default_factory=list)
    unchanged: list[Source] = field(default_factory=list)
    kept_out: dict[str, str] = field(default_factory=dict)
    sightings: list[Sighting] = field(default_factory=list)
    moved: list[Sighting] = field(default_factory=list)
