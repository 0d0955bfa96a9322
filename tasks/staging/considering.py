"""Decides about one page: whether it is worked on, why, and what is known of it beside its text.

What belongs here: what makes a page new, changed or left alone. What does not: finding pages and going through what the
warehouse knows of them (`plan`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from tasks.staging.identity import ReadWith, document_id_of_source, input_fingerprint, what_changed
from tasks.staging.jobs import PageJob
from tasks.staging.sidecar import SidecarError, read_sidecar, sidecar_path
from tasks.staging.source import Source
from warehouse.ask.known import DocumentFacts
from warehouse.storage.given import UnusableFileError


@dataclass(frozen=True, slots=True)
class PlanOptions:
    """What the user asked for, as far as it changes the plan or the result.

    Attributes:
        metadata: `issue_date`, `publisher`, … given as options; stronger than a sidecar.
        force: Work on every page.
        read_with: What the user chose to read pages with.
    """

    metadata: Mapping[str, str] = field(default_factory=dict)
    force: bool = False
    read_with: ReadWith = field(default_factory=ReadWith)


@dataclass(slots=True)
class Memory:
    """What this run has decided so far, of which the warehouse does not know yet.

    Attributes:
        worked: Pages that it works on, as they will be known.
        left: Documents that were described by a name which holds other bytes now.
    """

    worked: dict[str, DocumentFacts] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)


@dataclass(frozen=True, slots=True)
class Place:
    """Where bytes were found.

    Attributes:
        source: The source.
        sha256: Digest of its bytes.
        size: How many they are.
    """

    source: Source
    sha256: str
    size: int


def consider(
    document_id: str, places: list[Place], facts: DocumentFacts | None, options: PlanOptions, memory: Memory
) -> PageJob | None:
    """Decides whether a page is to be worked on; None where it is left as it is.

    Args:
        document_id: Its id.
        places: Where its bytes were found; the name that sorts first describes it.
        facts: What is known of it.
        options: What the user asked for.
        memory: What the run has decided so far.
    """
    place = min(places, key=lambda p: p.source.source_key)
    source = place.source
    if facts and _described_elsewhere(document_id, places, facts, options, memory):
        return None
    metadata, problem = _metadata(source, options)
    fingerprint = input_fingerprint(
        place.sha256, source.file_name, metadata | _told_apart(problem, source), options.read_with
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


def _told_apart(problem: str | None, source: Source) -> dict[str, str]:
    """Gives a problem as a part of the fingerprint, the same whether the path was given from the root or not."""
    return {"problem": problem.removeprefix(str(source.path))} if problem else {}


def _described_elsewhere(
    document_id: str, places: list[Place], facts: DocumentFacts, options: PlanOptions, memory: Memory
) -> bool:
    """Whether a name that is not among these describes the page, and goes on doing so since it sorts first.

    A rejected page too: else the name under which it was met last would describe it, and so the order of runs.
    """
    keys = {place.source.source_key for place in places}
    return (
        facts.status in ("loaded", "rejected")
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
    except SidecarError as error:
        metadata, problem = {}, str(error)
    except Exception as error:  # whatever a sidecar holds, it costs its own page
        said = getattr(error, "strerror", None) or f"{type(error).__name__}: {error}"
        problem = f"{sidecar_path(source.path)} could not be read ({said[:200]}): correct it or take it away."
        metadata = {}
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


def unreadable(error: OSError | UnusableFileError) -> str:
    """Says why a file can't be read, and what to do.

    Args:
        error: What reading it raised.
    """
    if isinstance(error, UnusableFileError):
        return str(error)
    return f"The file could not be read ({error.strerror or error}): check that it is there and may be read."


def unusable(source: Source, problem: str, options: PlanOptions) -> PageJob:
    """Makes a job of a source that holds no page, so that it is rejected with the reason.

    Args:
        source: The source.
        problem: The reason.
        options: What the user asked for.
    """
    return PageJob(
        document_id=document_id_of_source(source.source_key),
        sha256="",
        source_key=source.source_key,
        source_uri=source.source_uri,
        file_name=source.file_name,
        path=str(source.path),
        byte_size=0,
        metadata=source.metadata if "file_kind" in source.metadata else {},
        fingerprint=input_fingerprint("", source.file_name, {"problem": problem}, options.read_with),
        reason="new",
        problem=problem,
    )
