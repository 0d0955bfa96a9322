"""The verbs about the lake: `rebuild`, `forget` and `doctor`."""

from __future__ import annotations

from typing import Annotated

import typer

from flows.cli.options import DataDir
from flows.telling.terminal import echo


def register(app: typer.Typer) -> None:
    """Adds the verbs to the command line."""
    app.command()(rebuild)
    app.command()(forget)
    app.command()(doctor)


def rebuild(data_dir: DataDir = None) -> None:
    """Makes the warehouse anew from the Parquet lake.

    Example: broadsheet rebuild
    """
    from flows.ingest.lake_care import rebuild as rebuild_from_lake
    from flows.settings import choose, settings
    from flows.telling.progress import say
    from tasks.check.corrections import misplaced_corrections

    choose(data_dir=data_dir)
    folder = settings().folder
    loaded = rebuild_from_lake(folder, settings(), say)
    echo(f"{folder.warehouse} was made anew from {loaded} {'batch' if loaded == 1 else 'batches'} of the lake.")
    for sentence in misplaced_corrections(folder):
        echo(sentence)


def forget(
    documents: Annotated[list[str], typer.Argument(help="Document ids, or paths or URLs as `documents` has them.")],
    data_dir: DataDir = None,
) -> None:
    """Removes a document for good: its raw bytes and all its rows, in the warehouse and in the lake.

    Example: broadsheet forget d4f53cda18c2baa0c0354
    """
    from flows.ingest.lake_care import forget as forget_documents
    from flows.settings import choose, settings
    from flows.telling.progress import say
    from warehouse.connection import require_warehouse

    choose(data_dir=data_dir)
    if not settings().lake:
        require_warehouse(settings().folder)
    gone = forget_documents(settings().folder, documents, settings(), say)
    for document_id in gone:
        echo(f"{document_id} is forgotten; `broadsheet run --force` would take it again.")
    if not gone:
        echo("Nothing to do: it was forgotten before.")


def doctor(
    heal: Annotated[
        bool, typer.Option("--heal", help="Mend it; what is damaged is set aside, nothing is deleted.")
    ] = False,
    data_dir: DataDir = None,
) -> None:
    """Says what of the data directory is damaged and what heals it; ends with 4 if anything is.

    Example: broadsheet doctor
    """
    from flows.ingest.lake_care import heal as heal_damage
    from flows.settings import choose, settings
    from flows.telling.progress import say
    from warehouse.lake.batch import DamagedLakeError, batches
    from warehouse.lake.inspection import look_over

    choose(data_dir=data_dir)
    folder = settings().folder
    if heal:
        for sentence in heal_damage(folder, settings(), say):
            echo(sentence)
    damage = look_over(folder)
    for each in damage:
        echo(f"damaged   {each}")
    if damage:
        files = f"1 file of {folder.root} is" if len(damage) == 1 else f"{len(damage)} files of {folder.root} are"
        raise DamagedLakeError(f"{files} not as written.")
    count = len(batches(folder))
    echo(f"{folder.root} is whole: {count} {'batch' if count == 1 else 'batches'}, pages and warehouse.")
