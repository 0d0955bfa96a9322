"""Puts DuckDB's errors into one sentence with the place in the query and the name that was probably meant."""

from __future__ import annotations

import json
import unicodedata
from difflib import get_close_matches
from typing import Any

import duckdb

_SHOWN = 100
"""Characters of a query's line that are shown around the place."""


def is_placed(error: duckdb.Error) -> bool:
    """Tells whether an error knows its place in the query, or needs none."""
    return "{" in str(error)


def in_words(error: duckdb.Error, sql: str, *, skip: int = 0) -> str:
    """Says what is wrong with a query and where; the line follows with a mark under the place.

    Args:
        error: What DuckDB raised, with the setting `errors_as_json`.
        sql: The query.
        skip: Bytes that stood before the query when it was run.
    """
    told = _told(error)
    sentence = _sentence(error, told)
    if int(told.get("position", -1)) < skip:
        return sentence
    return place(sql, int(told["position"]) - skip, sentence)


def place(sql: str, position: int, sentence: str) -> str:
    """Adds line, column and a mark under the place to a sentence.

    Args:
        sql: The query.
        position: Bytes of its UTF-8 form before the place.
        sentence: What is wrong.

    >>> print(place("select '区', nn", 14, "There is no column nn."))
    Line 1, column 13: there is no column nn.
      select '区', nn
                   ^
    """
    before = sql.encode()[:position].decode(errors="ignore")
    line_no, column = before.count("\n") + 1, len(before) - (before.rfind("\n") + 1)
    line = sql.split("\n")[line_no - 1]
    start = max(0, column - _SHOWN // 2)
    shown = line[start : start + _SHOWN].replace("\t", " ")
    mark = " " * sum(1 + (unicodedata.east_asian_width(char) in "WF") for char in line[start:column]) + "^"
    head = sentence if sentence[:2].isupper() else sentence[:1].lower() + sentence[1:]
    return f"Line {line_no}, column {column + 1}: {head}\n  {shown}\n  {mark}"


def _told(error: duckdb.Error) -> dict[str, Any]:
    text = str(error)
    try:
        told = json.loads(text[text.index("{") :])
    except ValueError:
        return {"exception_message": text}
    return told if isinstance(told, dict) else {"exception_message": text}


def _hint(name: str, candidates: list[str]) -> str:
    """Ends the sentence with the name that was probably meant, or says where the names stand."""
    close = get_close_matches(name.lower(), candidates, 1, 0.5)
    return f"; did you mean {close[0]}?" if close else "; `broadsheet schema` names what there is."


def _sentence(error: duckdb.Error, told: dict[str, Any]) -> str:
    if isinstance(error, duckdb.PermissionException):
        return "A query may read the tables of the warehouse, but no files and no extensions."
    if isinstance(error, duckdb.OutOfMemoryException):
        return "The query needs more memory than it may have: narrow it, or raise --memory."
    if isinstance(error, duckdb.InterruptException):
        return "The query was stopped."
    nearest = [name.strip() for name in told.get("candidates", "").split(",") if name.strip()]
    hint = _hint(str(told.get("name", "")), nearest)
    match told.get("error_subtype"):
        case "MISSING_ENTRY":
            kind = "table or view" if told.get("type") == "Table" else str(told.get("type", "name")).lower()
            return f"There is no {kind} named {told.get('name')}{hint}"
        case "COLUMN_NOT_FOUND":
            return f"There is no column named {told.get('name')}{hint}"
        case "NO_MATCHING_FUNCTION":
            return (
                f"{told.get('call', told.get('name'))} does not exist for these types; cast the arguments (x::double)."
            )
        case "SYNTAX_ERROR":
            return f"SQL {told['exception_message']}."
    message = str(told.get("exception_message", error)).strip().split("\n")[0]
    return message if message.endswith((".", "!", "?")) else f"{message}."
