"""How the verbs that need no warehouse read their page."""

from __future__ import annotations

import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tasks.page import RepairedPage


def page_bytes(file: str) -> bytes:
    """Reads a file, or standard input.

    Args:
        file: A path, or `-`.

    Raises:
        UserError: The file can't be read.
    """
    from warehouse.errors import UserError
    from warehouse.given import MOST_PAGE_BYTES

    try:
        with nullcontext(sys.stdin.buffer) if file == "-" else Path(file).open("rb") as handle:
            data = handle.read(MOST_PAGE_BYTES + 1)
    except OSError as error:
        raise UserError(f"{file} could not be read ({error.strerror}): check the path.") from None
    if len(data) > MOST_PAGE_BYTES:
        raise UserError(f"{file} is larger than the {MOST_PAGE_BYTES / 1e6:g} MB that a page may have: give one page.")
    return data


def page_text(file: str) -> str:
    """Reads a page as text.

    Args:
        file: A path, or `-`.

    Raises:
        UserError: The file can't be read, or is no text.
    """
    from tasks.staging.decode import UndecodableError, decode_page
    from warehouse.errors import UserError

    try:
        return decode_page(page_bytes(file)).text
    except UndecodableError as error:
        raise UserError(f"{file}: {error}") from None


def repaired_page(file: str, text: str) -> RepairedPage:
    """Repairs a page that a user named.

    Args:
        file: What the user named.
        text: Its text.

    Raises:
        UserError: The page can't be repaired.
    """
    from tasks.repair import SideBySideColumns, repair_page
    from warehouse.errors import UserError

    try:
        return repair_page(text)
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
