"""Decides which pages are to be worked on, and says why.

What belongs here: comparing what is found with what the warehouse knows. What does not: decoding or Chinese.

Sources are taken some thousand at a time, so that memory does not grow with the number of pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

from tasks.staging.identity import document_id_of_bytes, document_id_of_source, input_fingerprint, what_changed
from tasks.staging.sidecar import SidecarError, read_sidecar
from tasks.staging.sources import Source, sidecar_path
from warehouse.known import DocumentFacts, Known

PART_SOURCES = 4_000
PART_BYTES = 64_000_000
"""Sources, and bytes of records that came in bulk files, that are compared at a time."""


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
        sightings: Names that the pages to work on came under.
        moved: The same for pages that are known but not under this name; they need no work.
    """

    jobs: list[PageJob] = field(default_factory=list)
    unchanged: list[Source] = field(default_factory=list)
    sightings: list[Sighting] = field(default_factory=list)
    moved: list[Sighting] = field(default_factory=list)


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


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What planning asks of the world around it.

    Attributes:
        known: Looks up what is known of documents and of source keys.
        digest_of: Gives the SHA-256 and the size of a file.
        keep: Puts the bytes of a bulk record where staging finds them, and gives the place.
    """

    known: Callable[[list[str], list[str]], Known]
    digest_of: Callable[[Path], tuple[str, int]]
    keep: Callable[[str, bytes], str]


@dataclass(slots=True)
class _Memory:
    """What this run has decided so far, of which the warehouse does not know yet."""

    worked: dict[str, DocumentFacts] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class _Place:
    source: Source
    sha256: str
    size: int


def make_plans(sources: Iterable[Source], around: Surroundings, options: PlanOptions) -> Iterator[Plan]:
    """Compares the sources with what is known and decides what to do with each, part by part.

    Equal bytes under several names are one document, described by the name that sorts first.

    Args:
        sources: What was found.
        around: The world around.
        options: What the user asked for.

    Yields:
        The jobs, what is unchanged, and the names that are new for some thousand sources.
    """
    memory = _Memory()
    for part in _parts(sources):
        yield _plan_part(part, around, options, memory)


def _parts(sources: Iterable[Source]) -> Iterator[list[Source]]:
    part: list[Source] = []
    size = 0
    for source in sources:
        part.append(source)
        size += len(source.data or b"")
        if len(part) >= PART_SOURCES or size >= PART_BYTES:
            yield part
            part, size = [], 0
    if part:
        yield part


def _plan_part(part: list[Source], around: Surroundings, options: PlanOptions, memory: _Memory) -> Plan:
    plan = Plan()
    by_document: dict[str, list[_Place]] = {}
    for source in part:
        try:
            place = _placed(source, around.digest_of)
        except OSError as error:
            plan.jobs.append(_unusable(source, _unreadable(error), options))
            continue
        if place is None:
            plan.jobs.append(_unusable(source, source.problem or "", options))
        else:
            by_document.setdefault(document_id_of_bytes(place.sha256), []).append(place)
    wanted = list(by_document) + [job.document_id for job in plan.jobs]
    known = around.known(wanted, [place.source.source_key for places in by_document.values() for place in places])
    _note_leavers(by_document, known, memory)
    failed = {job.source_key for job in plan.jobs if _same_as_known(job, known) and not options.force}
    plan.unchanged.extend(source for source in part if source.source_key in failed)
    plan.jobs = [job for job in plan.jobs if job.source_key not in failed]
    for document_id, places in by_document.items():
        facts = memory.worked.get(document_id) or known.documents.get(document_id)
        job = _consider(document_id, places, facts, options, memory)
        if job:
            data = next((p.source.data for p in places if p.source.source_key == job.source_key), None)
            plan.jobs.append(job if data is None else replace(job, path=around.keep(job.sha256, data)))
            sources_now = frozenset(p.source.source_key for p in places)
            memory.worked[document_id] = DocumentFacts(
                job.source_key, job.fingerprint, "loaded", sources_now, sources_now
            )
            plan.sightings.extend(_sighting(document_id, place) for place in places)
        else:
            plan.unchanged.extend(place.source for place in places)
            plan.moved.extend(
                replace(_sighting(document_id, place), good=facts is not None and facts.status == "loaded")
                for place in places
                if _is_news(document_id, place, facts, known)
            )
    return plan


def _placed(source: Source, digest_of: Callable[[Path], tuple[str, int]]) -> _Place | None:
    if source.problem is not None:
        return None
    if source.data is not None:
        return _Place(source, hashlib.sha256(source.data).hexdigest(), len(source.data))
    return _Place(source, *digest_of(source.path))


def _note_leavers(by_document: Mapping[str, list[_Place]], known: Known, memory: _Memory) -> None:
    """Remembers documents that were described by a name which holds other bytes now."""
    for document_id, places in by_document.items():
        for place in places:
            described = known.described_by.get(place.source.source_key, set())
            memory.left.update(described - {document_id})


def _is_news(document_id: str, place: _Place, facts: DocumentFacts | None, known: Known) -> bool:
    if facts is None or facts.status == "forgotten":
        return False
    key = place.source.source_key
    if facts.status != "loaded":
        return key not in facts.names
    other_versions = known.described_by.get(key, set()) - {document_id}
    return key not in facts.sources or bool(other_versions)


def _consider(
    document_id: str, places: list[_Place], facts: DocumentFacts | None, options: PlanOptions, memory: _Memory
) -> PageJob | None:
    place = min(places, key=lambda p: p.source.source_key)
    source = place.source
    if facts and _described_elsewhere(document_id, places, facts, options, memory):
        return None
    metadata, problem = _metadata(source, options)
    fingerprint = input_fingerprint(
        place.sha256, source.file_name, metadata | ({"problem": problem} if problem else {}), options.names_digest
    )
    reason = _reason(facts, fingerprint, options.force and document_id not in memory.worked)
    if reason is None:
        return None
    return PageJob(
        document_id=document_id,
        sha256=place.sha256,
        source_key=source.source_key,
        source_uri=source.source_uri,
        file_name=source.file_name,
        path=str(source.path),
        byte_size=place.size,
        metadata=metadata,
        fingerprint=fingerprint,
        reason=reason,
        problem=problem,
    )


def _described_elsewhere(
    document_id: str, places: list[_Place], facts: DocumentFacts, options: PlanOptions, memory: _Memory
) -> bool:
    """Whether a name that is not among these describes the page, and goes on doing so since it sorts first."""
    keys = {place.source.source_key for place in places}
    return (
        facts.status == "loaded"
        and facts.source_key not in keys
        and facts.source_key < min(keys)
        and document_id not in memory.left
        and (not options.force or document_id in memory.worked)
    )


def _metadata(source: Source, options: PlanOptions) -> tuple[dict[str, str], str | None]:
    problem = None
    try:
        metadata = (
            source.metadata or read_sidecar(sidecar_path(source.path)) if source.data is None else source.metadata
        )
    except (SidecarError, OSError) as error:
        metadata, problem = {}, str(error)
    metadata = dict(metadata)
    for key, value in options.metadata.items():
        metadata["issue_date_option" if key == "issue_date" else key] = value
    if "issue_date_option" in metadata:
        metadata.pop("issue_date", None)
    return metadata, problem


def _reason(facts: DocumentFacts | None, fingerprint: str, force: bool) -> str | None:
    if facts is None:
        return "new"
    if force:
        return "forced"
    if facts.status == "forgotten":
        return None
    if facts.status == "superseded":
        return "an older version came back"
    if facts.fingerprint != fingerprint:
        return what_changed(facts.fingerprint, fingerprint)
    return None


def _unreadable(error: OSError) -> str:
    return f"The file could not be read ({error.strerror or error}): check that it is there and may be read."


def _unusable(source: Source, problem: str, options: PlanOptions) -> PageJob:
    return PageJob(
        document_id=document_id_of_source(source.source_key),
        sha256="",
        source_key=source.source_key,
        source_uri=source.source_uri,
        file_name=source.file_name,
        path=str(source.path),
        byte_size=0,
        metadata={},
        fingerprint=input_fingerprint("", source.file_name, {"problem": problem}, options.names_digest),
        reason="new",
        problem=problem,
    )


def _same_as_known(job: PageJob, known: Known) -> bool:
    facts = known.documents.get(job.document_id)
    return facts is not None and facts.fingerprint == job.fingerprint and facts.status == "rejected"


def _sighting(document_id: str, place: _Place) -> Sighting:
    return Sighting(document_id, place.source.source_key, place.source.source_uri)
