"""Decides which pages are to be worked on, and says why.

What belongs here: comparing what is found with what the warehouse knows. What does not: decoding or Chinese.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from tasks.staging.identity import document_id_of_bytes, document_id_of_source, input_fingerprint
from tasks.staging.sidecar import SidecarError, read_sidecar
from tasks.staging.sources import Source, sidecar_path


@dataclass(frozen=True, slots=True)
class KnownDocument:
    """What the warehouse knows of a document.

    Attributes:
        source_key: Where its description was taken from.
        fingerprint: What its rows depend on.
        status: loaded, rejected, superseded or forgotten.
    """

    source_key: str
    fingerprint: str
    status: str


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
    """A source that was seen to hold a document."""

    document_id: str
    source_key: str
    source_uri: str


@dataclass(slots=True)
class Plan:
    """What a run will do.

    Attributes:
        jobs: Pages to work on.
        unchanged: Sources whose page is as it was.
        sightings: Every source seen, with its document.
    """

    jobs: list[PageJob] = field(default_factory=list)
    unchanged: list[Source] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """What the user asked for, as far as it changes the plan or the result.

    Attributes:
        metadata: `issue_date`, `publisher`, … given as options; stronger than a sidecar.
        force: Work on every page.
        names_digest: Digest of the user's own names.
    """

    metadata: Mapping[str, str] = field(default_factory=dict)
    force: bool = False
    names_digest: str = ""


def make_plan(
    sources: Iterable[Source],
    known: Callable[[list[str]], Mapping[str, KnownDocument]],
    options: PlanOptions,
    digest_of: Callable[[Path], tuple[str, int]],
) -> Plan:
    """Compares the sources with what is known and decides what to do with each.

    Equal bytes under several names are one document, described by the name that sorts first.

    Args:
        sources: What was found.
        known: Looks up what the warehouse knows of documents, by their ids.
        options: What the user asked for.
        digest_of: Gives the SHA-256 and the size of a file.

    Returns:
        The jobs, what is unchanged, and every sighting.
    """
    plan = Plan()
    by_document: dict[str, list[tuple[Source, str, int]]] = {}
    for source in sources:
        try:
            sha256, size = digest_of(source.path)
        except OSError as error:
            plan.jobs.append(_unreadable(source, error, options))
            continue
        document_id = document_id_of_bytes(sha256)
        by_document.setdefault(document_id, []).append((source, sha256, size))
        plan.sightings.append(Sighting(document_id, source.source_key, source.source_uri))
    documents = known(list(by_document) + [job.document_id for job in plan.jobs])
    plan.jobs = [job for job in plan.jobs if options.force or not _same_as_known(job, documents)]
    for document_id, places in by_document.items():
        places.sort(key=lambda place: place[0].source_key)
        job = _consider(document_id, places, documents.get(document_id), options)
        if job:
            plan.jobs.append(job)
        else:
            plan.unchanged.extend(source for source, _, _ in places)
    return plan


def file_digest(path: Path) -> tuple[str, int]:
    """Reads a file's SHA-256 and its size in bytes.

    Args:
        path: The file.

    Raises:
        OSError: It can't be read.
    """
    with path.open("rb") as handle:
        digest = hashlib.file_digest(handle, "sha256").hexdigest()
        return digest, handle.tell()


def _consider(
    document_id: str, places: list[tuple[Source, str, int]], known: KnownDocument | None, options: PlanOptions
) -> PageJob | None:
    source, sha256, size = places[0]
    seen_before = known is not None and known.source_key < source.source_key and known.status == "loaded"
    if seen_before and not options.force and all(known.source_key != s.source_key for s, _, _ in places if known):
        return None
    problem = None
    try:
        metadata = read_sidecar(sidecar_path(source.path)) | source.metadata
    except (SidecarError, OSError) as error:
        metadata, problem = {}, str(error)
    if "issue_date" in options.metadata:
        metadata["issue_date_option"] = options.metadata["issue_date"]
    metadata |= {key: value for key, value in options.metadata.items() if key != "issue_date"}
    fingerprint = input_fingerprint(
        sha256, source.file_name, metadata | ({"problem": problem} if problem else {}), options.names_digest
    )
    reason = _reason(known, fingerprint, options.force)
    if reason is None:
        return None
    return PageJob(
        document_id,
        sha256,
        source.source_key,
        source.source_uri,
        source.file_name,
        str(source.path),
        size,
        metadata,
        fingerprint,
        reason,
        problem,
    )


def _reason(known: KnownDocument | None, fingerprint: str, force: bool) -> str | None:
    if known is None:
        return "new"
    if force:
        return "forced"
    if known.status == "forgotten":
        return None
    if known.status == "superseded":
        return "an older version came back"
    if known.fingerprint != fingerprint:
        return "sidecar, options, names, reference data or pipeline version changed"
    return None


def _unreadable(source: Source, error: OSError, options: PlanOptions) -> PageJob:
    problem = f"The file could not be read ({error.strerror or error}): check that it is there and may be read."
    return PageJob(
        document_id_of_source(source.source_key),
        "",
        source.source_key,
        source.source_uri,
        source.file_name,
        str(source.path),
        0,
        {},
        input_fingerprint("", source.file_name, {"problem": problem}, options.names_digest),
        "new",
        problem,
    )


def _same_as_known(job: PageJob, documents: Mapping[str, KnownDocument]) -> bool:
    known = documents.get(job.document_id)
    return known is not None and known.fingerprint == job.fingerprint
