"""Writes rows of figures as HTML: there are hundreds of thousands, so no template is asked for each."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

from markupsafe import Markup

from flows.report.marking import anchor_of
from flows.report.wording import both, days_text, escaped, figure_text, place_with_degree
from flows.telling.excerpts import excerpt

Row = dict[str, Any]

CSV_COLUMNS = ("bare_value", "unit", "metric_id")
"""What a download adds to the columns that are seen."""


_AROUND = 40
"""Characters of a sentence on either side of its figure."""


def figure_rows(
    figures: Iterable[Row], columns: Sequence[str], root: str = "", lines: Mapping[str, Sequence[int]] | None = None
) -> Markup:
    """Writes a row for each figure; the value leads to the sentence.

    Args:
        figures: Rows of figures.
        columns: Which columns, by their label keys.
        root: The way from the page to the report's folder.
        lines: On the page of their article: the raw lines of each figure by its id.
    """
    writers = [_CELLS[column] for column in columns]
    return Markup("".join(_row(figure, writers, root, lines) for figure in figures))


def _row(figure: Row, writers: list[Callable[..., str]], root: str, lines: Mapping[str, Sequence[int]] | None) -> str:
    own, bare = figure["metric_id"], _bare(figure["value"])
    anchor = anchor_of(own)
    if lines is None:
        ident, place = "", f"{root}articles/{figure['article_id']}.html#{anchor}"
    else:
        ident, place = f' id="r{anchor[1:]}"', f"#{anchor}"
    on = lines.get(own, ()) if lines else ()
    cells = "".join([write(figure, place, on) for write in writers])
    return f'<tr{ident} data-csv="{bare}|{escaped(figure["unit"])}|{escaped(own)}">{cells}</tr>\n'


@lru_cache(10_000)
def _bare(value: float | None) -> str:
    return "" if value is None else f"{value:.15g}"


def _plain(key: str) -> Callable[..., str]:
    return lambda figure, *_: _plain_cell(figure[key])


@lru_cache(50_000)
def _plain_cell(text: str | None) -> str:
    return f"<td>{escaped(text or '')}</td>"


def _topic(figure: Row, *_: object) -> str:
    return f'<td class="kind">{both(figure["topic"])}</td>'


def _value(figure: Row, place: str, *_: object) -> str:
    text, value = escaped(figure_text(figure)), figure["value"]
    return f'<td class="number" data-value="{value}"><a href="{escaped(place)}">{text}</a></td>'


def _measure(figure: Row, *_: object) -> str:
    return _measure_cell(figure["measure"], figure["comparison"])


@cache
def _measure_cell(measure: str, comparison: str | None) -> str:
    against = f"\u00a0· {both(comparison)}" if comparison else ""
    return f'<td class="kind">{both(measure)}{against}</td>'


def _modality(figure: Row, *_: object) -> str:
    return _modality_cell(figure["modality"])


@cache
def _modality_cell(modality: str) -> str:
    return f'<td class="short {escaped(modality)}">{both(modality)}</td>'


def _period(figure: Row, *_: object) -> str:
    return _period_cell(figure["period"], figure["period_start"], figure["period_end"])


@lru_cache(10_000)
def _period_cell(period: str | None, start: object, end: object) -> str:
    days = f' <span class="small days">{days_text(start, end)}</span>' if start or end else ""
    return f"<td>{escaped(period or '')}{days}</td>"


def _confidence(figure: Row, *_: object) -> str:
    return _confidence_cell(figure["confidence"])


@lru_cache(5_000)
def _confidence_cell(confidence: float) -> str:
    return f'<td class="number" data-value="{confidence:.3f}">{confidence:.0%}</td>'


def _read_by(figure: Row, *_: object) -> str:
    """Says who answers for a figure, and which language models read it a second time."""
    told = [str(both(figure["status"] or "machine"))]
    if figure["checked_by"]:
        told.append(escaped(figure["checked_by"]))
    if figure["second_reader"]:
        models = escaped(figure["second_reader"])
        told.append(f"{both('second_reader')} {models}: {both(figure['second_reading'])}")
    return f"<td>{'; '.join(told)}</td>"


def _sentence(figure: Row, *_: object) -> str:
    """Shows the clauses around the figure, at most some hundred characters of them; the whole stands in its article."""
    sentence = figure["sentence"] or ""
    start, end = place_with_degree(sentence, figure["text"], bool(figure["qualifier"]))
    if start < 0:
        return f"<td>{escaped(sentence)}</td>"
    first, last = excerpt(sentence, start, end, _AROUND)
    before = ("…" if first else "") + sentence[first:start]
    after = sentence[end:last] + ("…" if last < len(sentence) else "")
    return f'<td class="quoted">{escaped(before)}<b>{escaped(sentence[start:end])}</b>{escaped(after)}</td>'


def _raw(figure: Row, place: str, lines: Sequence[int]) -> str:
    if not lines:
        return "<td></td>"
    shown = str(lines[0]) if len(lines) == 1 else f"{lines[0]}–{lines[-1]}"
    numbers = " ".join(map(str, lines))
    return f'<td class="short"><a class="lines" href="#L{lines[0]}" data-lines="{numbers}">{shown}</a></td>'


_CELLS: dict[str, Callable[..., str]] = {
    "topic": _topic,
    "indicator": _plain("indicator"),
    "subject": _plain("subject"),
    "period": _period,
    "value": _value,
    "measure": _measure,
    "modality": _modality,
    "confidence": _confidence,
    "raw_lines": _raw,
    "read_by": _read_by,
    "citation": lambda figure, *_: f'<td class="cited">{escaped(figure["citation"] or "")}</td>',
    "sentence": _sentence,
}
