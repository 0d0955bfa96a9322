"""What is asked of a run, and what a run that goes on carries with it from stage to stage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.ingest.steps import Submit
from flows.ingest.summary import RunSummary
from flows.settings import Settings
from flows.telling.progress import Teller
from warehouse.errors import UserError
from warehouse.storage.folder import DataFolder

_RUN_ID = re.compile(r"[0-9A-Za-z-]{1,64}")


@dataclass(frozen=True, slots=True)
class RunRequest:
    """What is asked of a run.

    Attributes:
        paths: Files, folders and globs.
        publisher: The newspaper; stronger than a sidecar.
        issue_date: Day of publication; stronger than any other source.
        force: Work on unchanged pages too.
        stale: Instead of the paths, take all loaded pages that other code or reference data read.
        run_id: Id to use; made anew without.
        inbox: The paths are inboxes: leave pages that are being written, and leave no trace where nothing is new.
        settings: How it is worked; without, as the environment says.

    Raises:
        UserError: The id holds something else than letters, digits and hyphens: it becomes a folder's name.
    """

    paths: Sequence[str] = ()
    publisher: str | None = None
    issue_date: str | None = None
    force: bool = False
    stale: bool = False
    run_id: str | None = None
    inbox: bool = False
    settings: Settings = field(default_factory=Settings)

    def __post_init__(self) -> None:
        """Refuses an id that could not be a folder's name."""
        if self.run_id and not _RUN_ID.fullmatch(self.run_id):
            raise UserError(f"{self.run_id!r} is no id of a run: letters, digits and hyphens, or leave it out.")


@dataclass(frozen=True, slots=True)
class CurrentRun:
    """A run that goes on.

    Attributes:
        request: What was asked.
        folder: The data directory.
        settings: How it is worked, for this data directory.
        tell: Takes sentences about what goes on.
        submit: Takes a step of the work and gives what stands for its result.
        summary: What was done so far.
    """

    request: RunRequest
    folder: DataFolder
    settings: Settings
    tell: Teller
    submit: Submit
    summary: RunSummary
