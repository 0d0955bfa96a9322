"""What a run may do that somebody asked a Prefect server for, instead of typing the command.

Whoever reaches the server may name any path as a parameter. So runs of deployments read only below the inboxes, which
the process that takes the runs knows from its own command line or environment, and never from the server.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from functools import partial
from itertools import takewhile
from pathlib import PurePath

from flows.ingest.planning import known_ids
from flows.ingest.writing import writing
from flows.settings import Settings
from flows.telling.progress import say
from tasks.load.standing import load_what_is_new
from tasks.runs import close_run, new_run_id, record_run
from warehouse.connection import connect
from warehouse.errors import UserError
from warehouse.storage.folder import DataFolder

_SCHEME = "s3://"


class NotAllowedError(UserError):
    """A deployment's run was asked for something outside its inboxes."""


def refuse_outside(paths: Sequence[str], roots: Sequence[str]) -> None:
    """Refuses paths that do not lie below one of the inboxes, links followed.

    Args:
        paths: What a run of a deployment is to read.
        roots: What it may read.

    Raises:
        NotAllowedError: Names the first path that it may not.
    """
    for path in paths:
        if not any(_is_below(path, root) for root in roots):
            allowed = ", ".join(roots) or "none is set"
            raise NotAllowedError(
                f"A run of a deployment may not read {path}: only what lies in its inboxes ({allowed}); "
                "BROADSHEET_INBOX of the process that takes the runs names them."
            )


@contextmanager
def failure_recorded(folder: DataFolder, settings: Settings, run_id: str | None, started: datetime) -> Iterator[None]:
    """Makes a row of `runs` of a run that fails for what it was asked, with the reason; whoever asked sees no terminal.

    A schedule that fails for the same reason each time makes one row.

    Args:
        folder: The data directory.
        settings: Name the bucket and the user's files.
        run_id: The run; made anew without.
        started: When it began, UTC.
    """
    try:
        yield
    except UserError as error:
        if _last_note(folder) != str(error):
            own = run_id or new_run_id()
            with writing(folder, settings, say):
                record_run(folder, own, started, "failed", {"note": str(error)})
                load_what_is_new(folder, settings.corrections, settings.rules_folder)
                close_run(folder, own, partial(known_ids, folder))
        raise


def _last_note(folder: DataFolder) -> str | None:
    if not folder.warehouse.is_file():
        return None
    with connect(folder.warehouse) as con:
        row = con.execute("select note from runs order by started_at desc limit 1").fetchone()
    return row[0] if row else None


def _is_below(path: str, root: str) -> bool:
    """Says whether a path, or what is fixed of a glob, lies below a root.

    >>> _is_below("s3://b/in/2024", "s3://b/in"), _is_below("s3://b/inner", "s3://b/in"), _is_below("/a/../b", "/a")
    (True, False, False)
    """
    if ".." in path.replace("\\", "/").split("/"):
        return False
    if path.startswith(_SCHEME) or root.startswith(_SCHEME):
        return path == root or path.startswith(f"{root.rstrip('/')}/")
    fixed = PurePath(*takewhile(lambda part: not glob.has_magic(part), PurePath(path).parts))
    real, allowed = (os.path.realpath(each) for each in (fixed, root))
    return os.path.commonpath([real, allowed]) == allowed
