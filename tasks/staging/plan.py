"""Decides which pages are to be worked on, and says why.

What belongs here: comparing what is found with what the warehouse knows. What does not: what is decided about a single
page (`considering`), decoding, Chinese.

Sources are taken some thousand at a time, so that memory does not grow with the number of pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from tasks.staging.considering import Memory, Place, PlanOptions, consider, unreadable, unusable
from tasks.staging.identity import document_id_of_bytes
from tasks.staging.jobs import PageJob, Plan, Sighting
from tasks.staging.source import Source
from warehouse.ask.known import DocumentFacts, Known
from warehouse.storage.given import UnusableFileError

PART_SOURCES = 4_000
PART_BYTES = 64_000_000
"""Sources, and bytes of records that came in bulk files, that are compared at a time."""


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
    memory = Memory()
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


def _plan_part(part: list[Source], around: Surroundings, options: PlanOptions, memory: Memory) -> Plan:
    plan = Plan()
    by_document = _places_by_document(part, around, options, plan)
    wanted = list(by_document) + [job.document_id for job in plan.jobs]
    known = around.known(wanted, [place.source.source_key for places in by_document.values() for place in places])
    _note_leavers(by_document, known, memory)
    _leave_unusable(part, plan, known, options)
    for document_id, places in by_document.items():
        facts = memory.worked.get(document_id) or known.documents.get(document_id)
        if job := consider(document_id, places, facts, options, memory):
            _add_job(plan, job, places, around, memory)
        else:
            _leave(plan, document_id, places, facts, known)
    return plan


def _places_by_document(
    part: list[Source], around: Surroundings, options: PlanOptions, plan: Plan
) -> dict[str, list[Place]]:
    """Digests the sources; what can't be read becomes a job that says so."""
    by_document: dict[str, list[Place]] = {}
    for source in part:
        try:
            place = _placed(source, around.digest_of)
        except (OSError, UnusableFileError) as error:
            plan.jobs.append(unusable(source, unreadable(error), options))
            continue
        if place is None:
            plan.jobs.append(unusable(source, source.problem or "", options))
        else:
            by_document.setdefault(document_id_of_bytes(place.sha256), []).append(place)
    return by_document


def _leave_unusable(part: list[Source], plan: Plan, known: Known, options: PlanOptions) -> None:
    """Leaves alone what could not be read before, for the same reason."""
    failed = {job.source_key for job in plan.jobs if _same_as_known(job, known) and not options.force}
    plan.unchanged.extend(source for source in part if source.source_key in failed)
    plan.kept_out |= dict.fromkeys(failed, "rejected")
    plan.jobs = [job for job in plan.jobs if job.source_key not in failed]


def _add_job(plan: Plan, job: PageJob, places: list[Place], around: Surroundings, memory: Memory) -> None:
    data = next((p.source.data for p in places if p.source.source_key == job.source_key), None)
    plan.jobs.append(job if data is None else replace(job, path=around.keep(job.sha256, data)))
    sources_now = frozenset(p.source.source_key for p in places)
    memory.worked[job.document_id] = DocumentFacts(job.source_key, job.fingerprint, "loaded", sources_now, sources_now)
    plan.sightings.extend(_sighting(job.document_id, place) for place in places)


def _leave(plan: Plan, document_id: str, places: list[Place], facts: DocumentFacts | None, known: Known) -> None:
    plan.unchanged.extend(place.source for place in places)
    if facts and facts.status in ("rejected", "forgotten"):
        plan.kept_out |= dict.fromkeys((place.source.source_key for place in places), facts.status)
    plan.moved.extend(
        replace(_sighting(document_id, place), good=facts is not None and facts.status == "loaded")
        for place in places
        if _is_news(document_id, place, facts, known)
    )


def _placed(source: Source, digest_of: Callable[[Path], tuple[str, int]]) -> Place | None:
    if source.problem is not None:
        return None
    if source.data is not None:
        return Place(source, hashlib.sha256(source.data).hexdigest(), len(source.data))
    return Place(source, *digest_of(source.path))


def _note_leavers(by_document: Mapping[str, list[Place]], known: Known, memory: Memory) -> None:
    """Remembers documents that were described by a name which holds other bytes now."""
    for document_id, places in by_document.items():
        for place in places:
            described = known.described_by.get(place.source.source_key, set())
            memory.left.update(described - {document_id})


def _is_news(document_id: str, place: Place, facts: DocumentFacts | None, known: Known) -> bool:
    if facts is None or facts.status == "forgotten":
        return False
    key = place.source.source_key
    if facts.status != "loaded":
        return key not in facts.names
    other_versions = known.described_by.get(key, set()) - {document_id}
    return key not in facts.sources or bool(other_versions)


def _same_as_known(job: PageJob, known: Known) -> bool:
    facts = known.documents.get(job.document_id)
    return facts is not None and facts.fingerprint == job.fingerprint and facts.status == "rejected"


def _sighting(document_id: str, place: Place) -> Sighting:
    return Sighting(document_id, place.source.source_key, place.source.source_uri)
