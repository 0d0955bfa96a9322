"""The desk's pages and questions over HTTP: what a browser asks, handed on to the desk.

What belongs here: requests and what is sent back. What does not: who may ask (`guard`), what is answered (`desk`).
"""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from flows.desk.desk import Desk
from flows.desk.guard import Door, Guard
from flows.desk.wording import in_both, in_chinese, words
from tasks.check.answers import AnsweredMeanwhileError
from warehouse.ask.desk import Scope
from warehouse.errors import EnvironmentProblem, UserError

_ASSETS = Path(__file__).parent / "assets"
_SERVED = {"desk.js": "text/javascript", "desk.css": "text/css"}


def desk_app(desk: Desk, port: int, door: Door) -> Guard:
    """Makes the app of one desk, with its guard before it.

    Args:
        desk: What answers.
        port: The port it is served at.
        door: Its token and key.
    """
    routes = [
        Route("/", _page),
        Route("/assets/{name}", _asset),
        Route("/api/start", _asked(lambda _: desk.start() | {"words": words()})),
        Route("/api/queue", _asked(lambda given: desk.queue(Scope(given.get("kind", "all"), given.get("value", ""))))),
        Route("/api/figure", _asked(lambda given: desk.figure(given.get("id", "")))),
        Route("/api/picture", _asked(lambda given: desk.picture(given.get("id", "")))),
        Route("/api/period", _asked(lambda given: desk.period(given.get("id", ""), given.get("printed", "")))),
        Route("/api/regions", _asked(lambda given: {"regions": desk.regions(given.get("words", ""))})),
        Route("/api/answer", _told(desk.answer), methods=["POST"]),
        Route("/api/undo", _told(lambda given: desk.undo(str(given.get("who", "")))), methods=["POST"]),
        Route("/api/loading", _asked(lambda _: {"stage": desk.loading})),
        Route("/api/load", _told(lambda _: desk.load()), methods=["POST"]),
    ]
    return Guard(Starlette(routes=routes), port, door)


async def _page(request: Request) -> Response:
    shell = (_ASSETS / "desk.html").read_text("utf-8")
    return Response(shell.replace("{{key}}", request.scope.get("desk_key", "")), media_type="text/html")


async def _asset(request: Request) -> Response:
    name = request.path_params["name"]
    if name not in _SERVED:
        return Response(in_both("There is nothing outside."), 403, media_type="text/plain")
    return Response((_ASSETS / name).read_bytes(), media_type=_SERVED[name])


def _asked(answer: Callable[[dict[str, str]], Any]) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        return await _answered(answer, dict(request.query_params))

    return endpoint


def _told(answer: Callable[[dict[str, Any]], Any]) -> Callable[[Request], Any]:
    async def endpoint(request: Request) -> Response:
        try:
            given = json.loads(await request.body())
        except (ValueError, RecursionError):
            given = None
        if not isinstance(given, dict):
            return _refused("What was sent is no JSON object.", 422)
        return await _answered(answer, given)

    return endpoint


async def _answered(answer: Callable[[Any], Any], given: Any) -> Response:
    """Answers in a thread; what a person can cause is told as a sentence."""
    try:
        return _json(await run_in_threadpool(answer, given))
    except AnsweredMeanwhileError as error:
        return _refused(str(error), 409, meanwhile=True)
    except EnvironmentProblem as error:
        return _refused(str(error), 503)
    except UserError as error:
        return _refused(str(error), 422)


def _refused(sentence: str, status: int, **more: Any) -> Response:
    return _json({"error": sentence, "error_zh": in_chinese(sentence)} | more, status)


def _json(value: Any, status: int = 200) -> Response:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return Response(text, status, media_type="application/json")
