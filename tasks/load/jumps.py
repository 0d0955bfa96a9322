"""Tells a load which articles go on on other pages: rows of the warehouse in, pairs of ids out.

What belongs here: reading parts off rows. What does not: the marks and the pairing (`tasks.repair.jumps`,
`tasks.repair.continuations`), and which pages are looked at (`warehouse.load.continuations`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from tasks.page import TEXT_ROLES
from tasks.repair.continuations import Origin, label_of, pair_parts, read_part
from tasks.repair.jumps import MAY_JUMP
from warehouse.load.continuations import JumpReader

_HEAD = 12
"""Lines at a page's head among which its label is looked for."""


def jump_reader() -> JumpReader:
    """Gives what a load needs to tie articles that go on on other pages."""
    return JumpReader(MAY_JUMP, TEXT_ROLES, _HEAD, pair_rows)


def pair_rows(rows: Sequence[dict[str, Any]]) -> dict[str, str]:
    """Finds which articles go on with which.

    Args:
        rows: Articles of one day or file, each with its texts and what is known of its page.

    Returns:
        The second part's id by the first part's.
    """
    parts = [
        read_part(
            row["article_id"],
            Origin(
                row["document_id"],
                label_of(row["page_label"], row["head"] or ()),
                row["file"],
                row["paper"],
                row["folder"],
            ),
            row["headline"],
            row["texts"],
        )
        for row in rows
    ]
    return pair_parts([part for part in parts if part is not None])
