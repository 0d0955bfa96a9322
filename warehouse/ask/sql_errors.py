"""Puts DuckDB's errors into one sentence with the place in the query and the name that was probably meant."""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from difflib import get_close_matches
from typing import Any

import duckdb

from warehouse.ask.sql_marks import foreign_mark, meant_as_text

_SHOWN = 100
"""Characters of a query's line that are shown around the place."""

_COLUMN_OF_ALIAS = re.compile(r'(?:Values list|Table) "(?P<table>.+)" does not have a column named "(?P<name>.+)"')
_COLUMN_OF_JOIN = re.compile(r'Column "(?P<name>.+)" does not exist on (?P<side>left|right) side of join')
_ALIAS = re.compile(r'Referenced table "(?P<name>.+)" not found!(?:\nCandidate tables: (?P<candidates>.+))?')
"""Messages of DuckDB that name what is missing in words only."""

_CONVERSION = re.compile(r"Could not convert string ['\"](?P<text>.*)['\"] to ['\"]?(?P<type>\w+)", re.DOTALL)


def is_placed(error: duckdb.Error) -> bool:
    """Tells whether an error knows its place in the query, or needs none.

    Args:
        error: What DuckDB raised.
    """
    return "{" in str(error)


def in_words(error: duckdb.Error, sql: str, *, skip: int = 0, columns: Sequence[str] = ()) -> str:
    """Says what is wrong with a query and where; the line follows with a mark under the place.

    Args:
        error: What DuckDB raised, with the setting `errors_as_json`.
        sql: The query.
        skip: Bytes that stood before the query when it was run.
        columns: Names of columns that may have been meant.
    """
    told = _told(error)
    if _is_of_the_text(error) and (found := foreign_mark(sql)):
        return place(sql, *found)
    sentence = _sentence(error, told, columns)
    if told.get("error_subtype") == "COLUMN_NOT_FOUND" and meant_as_text(sql, str(told.get("name"))):
        sentence = (
            f"Double quotes are for names, and no column is named {told['name']}: text is written '{told['name']}'."
        )
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


def _is_of_the_text(error: duckdb.Error) -> bool:
    """Says whether the query as it is written is to blame, not what it met on its way."""
    return isinstance(error, duckdb.ParserException | duckdb.BinderException | duckdb.CatalogException)


def _told(error: duckdb.Error) -> dict[str, Any]:
    text = str(error)
    try:
        told = json.loads(text[text.index("{") :])
    except ValueError:
        return {"exception_message": text}
    return told if isinstance(told, dict) else {"exception_message": text}


def _hint(name: str, candidates: Sequence[str]) -> str:
    """Ends the sentence with the name that was probably meant, or says where the names stand."""
    close = get_close_matches(name.lower(), candidates, 1, 0.5)
    return f"did you mean {close[0]}?" if close else "`broadsheet schema` names what there is."


def _sentence(error: duckdb.Error, told: dict[str, Any], columns: Sequence[str]) -> str:
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
            return f"There is no {kind} named {told.get('name')}; {hint}"
        case "COLUMN_NOT_FOUND":
            return f"There is no column named {told.get('name')}; {hint}"
        case "NO_MATCHING_FUNCTION":
            return (
                f"{told.get('call', told.get('name'))} does not exist for these types; cast the arguments (x::double)."
            )
        case "SYNTAX_ERROR":
            return f"SQL {told['exception_message']}."
    whole = str(told.get("exception_message", error)).strip()
    if said := _said_of_names(whole, columns):
        return said
    if found := _CONVERSION.match(whole):
        return f"'{found['text']}' is no {found['type']}: give such a value, or write try_cast(x as {found['type']})."
    message = whole.split("\n")[0]
    return message if message.endswith((".", "!", "?")) else f"{message}."


def _said_of_names(message: str, columns: Sequence[str]) -> str | None:
    """Says which name is missing where DuckDB's message has it in words only; None for other messages."""
    if found := _COLUMN_OF_ALIAS.match(message):
        return f"{found['table']} has no column named {found['name']}; {_hint(found['name'], columns)}"
    if found := _COLUMN_OF_JOIN.match(message):
        return (
            f"The {found['side']} side of the join has no column named {found['name']}; {_hint(found['name'], columns)}"
        )
    if found := _ALIAS.match(message):
        there = re.findall(r'"([^"]+)"', found["candidates"] or "")
        hint = f"here are {', '.join(there)}." if there else "name it after `from`."
        return f"There is no table named {found['name']} in this query; {hint}"
    return None
