"""Draws rows as a table for people: aligned under Chinese, as wide as the terminal, page by page."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import StringIO
from pydoc import pager
from typing import Any, Literal, TextIO

from flows.cli.render import Rows, cell
from flows.telling.language import in_language
from flows.telling.terminal import shown

_TABLE_ROWS = 1000
_PLAN = ["explain_key", "explain_value"]
"""Columns of what EXPLAIN answers: a drawing of its own."""


def show_table(rows: Rows) -> None:
    """Shows rows on standard output; on a terminal in its width, and page by page where they are more than fit.

    Args:
        rows: What to show.
    """
    from rich.console import Console

    console = Console()
    if not console.is_terminal:
        write_table(rows, sys.stdout, None)
        return
    drawn = StringIO()
    write_table(rows, drawn, console.width)
    text = drawn.getvalue()
    if text.count("\n") < console.height:
        sys.stdout.write(text)
        return
    os.environ.setdefault("LESS", "-RFX")
    pager(text)


def write_table(rows: Rows, out: TextIO, width: int | None) -> None:
    """Draws an aligned table; rows that are wider than the terminal become a list of fields each.

    Args:
        rows: What to draw.
        out: Where to.
        width: Columns of the terminal; None where there is none.
    """
    from rich.console import Console

    if rows.names == _PLAN:
        out.writelines(f"{shown(plan)}\n" for _, plan in rows)
        return
    drawn_rows: list[list[str]] = []
    more = False
    for row in rows:
        if len(drawn_rows) == _TABLE_ROWS:
            more = True
            break
        drawn_rows.append([shown(cell(value)) for value in row])
    drawn = StringIO()
    console = Console(file=drawn, width=width or 100_000, force_terminal=width is not None)
    if width is not None and 12 * len(rows.names) > width and len(drawn_rows) > 0:
        _draw_fields(console, rows.names, drawn_rows)
    else:
        _draw_table(console, rows, drawn_rows)
    out.writelines(f"{line.rstrip()}\n" for line in drawn.getvalue().splitlines())
    note = f"{len(drawn_rows):,} row{'' if len(drawn_rows) == 1 else 's'}"
    if more:
        note = f"the first {note} of more; --format csv or --output gives all"
    out.write(f"({in_language(note)})\n")


def _draw_table(console: Any, rows: Rows, drawn: Sequence[Sequence[str]]) -> None:
    import pyarrow.types as kinds
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, show_edge=False)
    for field in rows.schema:
        is_number = kinds.is_integer(field.type) or kinds.is_floating(field.type) or kinds.is_decimal(field.type)
        side: Literal["left", "right"] = "right" if is_number else "left"
        table.add_column(Text(shown(field.name)), justify=side, overflow="fold", no_wrap=False)
    for row in drawn:
        table.add_row(*(Text(value.replace("\n", " ")) for value in row))
    console.print(table)


def _draw_fields(console: Any, names: Sequence[str], drawn: Sequence[Sequence[str]]) -> None:
    from rich.table import Table
    from rich.text import Text

    for number, row in enumerate(drawn, start=1):
        console.rule(f"{number}", align="left")
        fields = Table.grid(padding=(0, 2))
        fields.add_column()
        fields.add_column(overflow="fold")
        for name, value in zip(names, row, strict=True):
            if value:
                fields.add_row(Text(shown(name), style="cyan"), Text(value))
        console.print(fields)
