"""Says what a run would do; used by the run and by `run --dry-run`, which does nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from pathlib import Path

from expectations.own_rules import own_rules
from flows.settings import Settings
from tasks.lexicon.own import check_own_words
from tasks.staging.again import jobs_from_rows
from tasks.staging.considering import PlanOptions
from tasks.staging.digests import remembered_digests
from tasks.staging.identity import ReadWith, reading_parts, with_todays_reading
from tasks.staging.jobs import PageJob, Plan
from tasks.staging.plan import Surroundings, make_plans
from tasks.staging.source import Source
from warehouse.ask.documents import COME_BACK, documents_where, look_up, look_up_pending
from warehouse.ask.known import Known
from warehouse.errors import UserError
from warehouse.storage.durable import write_atomically
from warehouse.storage.folder import DataFolder


def plan_run(
    folder: DataFolder,
    settings: Settings,
    sources: Iterable[Source],
    publisher: str | None,
    issue_date: str | None,
    force: bool,
    *,
    run_id: str = "",
) -> Iterator[Plan]:
    """Decides which of the sources are to be worked on, and why, some thousand at a time.

    Args:
        folder: The data directory.
        settings: What the user chose to read pages with.
        sources: What was found.
        publisher: The newspaper, as an option.
        issue_date: Day of publication, as an option.
        force: Work on unchanged pages too.
        run_id: The run that will work on them; without, nothing is written.
    """
    given = {"publisher": publisher, "issue_date": issue_date}
    options = PlanOptions({key: value for key, value in given.items() if value}, force, read_with(settings))
    pending = look_up_pending(folder)

    def known(ids: list[str], keys: list[str]) -> Known:
        found = look_up(folder, ids, keys)
        found.documents.update({key: facts for key, facts in pending.documents.items() if key in set(ids)})
        for key, documents in pending.described_by.items():
            found.described_by.setdefault(key, set()).update(documents)
        return found

    def keep(sha256: str, data: bytes) -> str:
        place = folder.work / run_id / "records" / sha256[:2] / sha256
        if run_id:
            write_atomically(place, data)
        return str(place)

    with remembered_digests(folder, keep=bool(run_id)) as digest_of:
        yield from make_plans(sources, Surroundings(known, digest_of, keep), options)


def stale_jobs(folder: DataFolder, settings: Settings) -> list[PageJob]:
    """Lists the loaded pages that were read by other code, or with other reference data, than today's.

    Args:
        folder: The data directory.
        settings: What the user chose to read pages with.
    """
    _, _, lexicon, code = reading_parts(ReadWith())
    condition = f"d.status = 'loaded' and not ends_with(d.input_fingerprint, '.{lexicon}.{code}')"
    return _kept_pages(folder, settings, condition, "the reference data or the code that reads pages changed")


def returned_jobs(folder: DataFolder, settings: Settings) -> list[PageJob]:
    """Lists older versions that a source holds again and whose rows are to come back.

    Args:
        folder: The data directory.
        settings: What the user chose to read pages with.
    """
    return _kept_pages(folder, settings, COME_BACK, "an older version came back")


def refuse_wrong_files(settings: Settings) -> None:
    """Reads the user's own names, rules and corrections, so that a mistake shows before any page is worked on.

    Args:
        settings: Name the files.

    Raises:
        UserError: One of them is not there or wrong; names the file and the line.
    """
    read_with(settings)
    own_rules(settings.rules_folder)
    if settings.corrections:
        from tasks.check.corrections import read_corrections

        read_corrections(settings.corrections)


def read_with(settings: Settings) -> ReadWith:
    """Gives what the user chose to read pages with: own names, and the learned reader or the rules alone.

    Args:
        settings: As the user set them.

    Raises:
        UserError: The file can't be read, or a line of it is wrong.
    """
    names_file = settings.names_file
    try:
        check_own_words()
        digest = _digest_of_names(names_file) if names_file else ""
    except ValueError as error:
        raise UserError(str(error)) from None
    return ReadWith(digest, settings.reader)


def _digest_of_names(names_file: Path) -> str:
    from tasks.extraction.names.own_names import read_own_names

    return read_own_names(names_file).digest


def known_ids(folder: DataFolder, document_ids: list[str]) -> Iterable[str]:
    """Tells which documents are known, in the warehouse or in batches that wait.

    Args:
        folder: The data directory.
        document_ids: Whom to look up.
    """
    return {*look_up(folder, document_ids, []).documents, *look_up_pending(folder).documents}


def _kept_pages(folder: DataFolder, settings: Settings, condition: str, why: str) -> list[PageJob]:
    """Makes jobs of pages whose raw bytes were kept."""
    rows = []
    for row in documents_where(folder, condition):
        if path := folder.raw_of(row["document_id"]):
            rows.append(row | {"sha256": path.name, "path": str(path)})
    return jobs_from_rows(rows, partial(with_todays_reading, read_with=read_with(settings)), why)
