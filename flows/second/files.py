"""Questions and answers as files: so that a second reader can be tried, scored and used without any server.

What belongs here: the forms of a line. What does not: what of an answer may be used (`tasks.second.answers`).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tasks.second.loading import Reply
from warehouse.errors import UserError
from warehouse.storage.given import UnusableFileError, read_given

_MOST_NAME = 100


def read_answer_file(path: Path, model: str = "") -> dict[str, list[Reply]]:
    """Reads recorded answers: what batch services give back, or lines written by hand or by another program.

    A line is `{"custom_id": …, "answer": {"figures": […]}, "model": …}`, the answer as an object or as text, or what a
    batch service gives: `{"custom_id": …, "response": {"body": {…}}}`.

    Args:
        path: JSON lines.
        model: Name of who answered, where a line does not say.

    Returns:
        The answers by the id of their question.

    Raises:
        UserError: The file, or a line of it, is none; the message names the line.
    """
    try:
        text = read_given(path).decode("utf-8-sig")
    except FileNotFoundError:
        raise UserError(f"There is no file of answers at {path}.") from None
    except UnusableFileError as error:
        raise UserError(str(error)) from None
    except UnicodeDecodeError:
        raise UserError(f"{path}: the file is not UTF-8; save it as UTF-8.") from None
    found: dict[str, list[Reply]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            question, reply = _line(line, f"{path}, line {number}", model)
            found.setdefault(question, []).append(reply)
    return found


def _line(line: str, where: str, model: str) -> tuple[str, Reply]:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        told = None
    if not isinstance(told, dict) or not isinstance(told.get("custom_id"), str):
        raise UserError(f'{where}: this is no JSON object with a "custom_id": write a line for each question.')
    body = (told.get("response") or {}).get("body") if isinstance(told.get("response"), dict) else None
    said = _text_of(told.get("answer") if body is None else body)
    if said is None:
        raise UserError(f'{where}: there is no answer: give "answer", or "response" as a batch service does.')
    named = (body or told).get("model") or model or "by hand"
    name = " ".join(str(named).split())[:_MOST_NAME]
    # Of whoever answered without our knowing how, another text is another answer.
    return told["custom_id"], Reply(name, (said,), {"file": hashlib.sha256(said.encode()).hexdigest()[:16]})


def _text_of(answer: Any) -> str | None:
    if isinstance(answer, str):
        return answer
    if not isinstance(answer, Mapping):
        return None
    if "choices" not in answer:
        return json.dumps(answer, ensure_ascii=False)
    try:
        text = answer["choices"][0]["message"]["content"]
    except (KeyError, IndexError, TypeError):
        return None
    return text if isinstance(text, str) else None
