"""How the verbs that need no warehouse read their page."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tasks.page import LineSetting, RepairedPage


def page_bytes(file: str) -> bytes:
    """Reads a file, or standard input.

    Args:
        file: A path, or `-`.

    Raises:
        UserError: The file can't be read.
    """
    from warehouse.errors import UserError
    from warehouse.storage.given import MOST_PAGE_BYTES

    try:
        with nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb") as handle:
            data = handle.read(MOST_PAGE_BYTES + 1)
    except OSError as error:
        raise UserError(f"{file} could not be read ({error.strerror}): check the path.") from None
    if len(data) > MOST_PAGE_BYTES:
        raise UserError(f"{file} is larger than the {MOST_PAGE_BYTES / 1e6:g} MB that a page may have: give one page.")
    return data


def read_file(file: str) -> tuple[str, dict[int, LineSetting]]:
    """Reads a file as the text of its pages, a form feed between two, with how their lines are set.

    Args:
        file: A path, or `-`.

    Raises:
        UserError: The file can't be read, or holds no page.
    """
    from tasks.opening.kinds import HEAD, Kind, kind_of
    from tasks.staging.decode import UndecodableError, decode_page
    from warehouse.errors import UserError

    data = page_bytes(file)
    kind = kind_of(data[:HEAD])
    if isinstance(kind, Kind):
        raise UserError(f"{file}: {kind.reason}")
    try:
        return (decode_page(data).text, {}) if kind == "text" else _opened_text(file, kind, data)
    except UndecodableError as error:
        raise UserError(f"{file}: {error}") from None


def _opened_text(file: str, kind: str, data: bytes) -> tuple[str, dict[int, LineSetting]]:
    """Has a file of several pages read, and puts their texts one after another."""
    from hashlib import sha256
    from tempfile import TemporaryDirectory

    from tasks.opening.opener import Opener
    from tasks.opening.record import read_record
    from tasks.repair.lines import LINE_BREAK
    from warehouse.errors import UserError

    texts: list[str] = []
    settings: dict[int, LineSetting] = {}
    problems: list[str] = []
    lines = 0
    with TemporaryDirectory() as place, Opener() as opener:
        path = Path(place) / "file"
        path.write_bytes(data)
        for part in opener.open(path, kind, sha256(data).hexdigest(), Path(place)):
            if part.name is not None:
                raise UserError(f"{file} is an archive of several files: `broadsheet run` reads them, or unpack it.")
            if part.data is None:
                problems.append(str(part.problem))
                continue
            record = read_record(part.data)
            settings |= {number + lines: setting for number, setting in record.settings.items()}
            lines += len(LINE_BREAK.findall(record.text))
            texts.append(record.text)
    if not texts:
        raise UserError(f"{file}: {problems[0] if problems else 'it holds no page.'}")
    return "\f".join(texts), settings


def repaired_page(file: str, text: str, settings: dict[int, LineSetting] | None = None) -> RepairedPage:
    """Repairs a page that a user named.

    Args:
        file: What the user named.
        text: Its text.
        settings: How its lines are set, where the file says so.

    Raises:
        UserError: The page can't be repaired.
    """
    from tasks.repair import SideBySideColumns, repair_page
    from warehouse.errors import UserError

    try:
        return repair_page(text, settings)
    except SideBySideColumns as error:
        raise UserError(f"{file}: {error}") from None


def any_text(file: str) -> str:
    """Reads lines that need not be a page: nothing is refused, bytes that are no text become U+FFFD.

    Args:
        file: A path, or `-`.
    """
    from tasks.staging.decode import UndecodableError, decode_page

    data = page_bytes(file)
    try:
        return decode_page(data).text
    except UndecodableError:
        return data.decode("utf-8", "replace")
