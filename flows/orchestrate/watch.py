"""Keeps watching inboxes: finds or starts the server, serves the deployment, and tends what goes wrong meanwhile.

Prefect's runner starts a process for each look at the inbox; the looks are exactly-once because a run compares what
it finds with what the warehouse knows, under the one writer's lock. So two watchers, late runs and restarts do no harm.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import threading
import time
from datetime import datetime
from functools import cache
from uuid import UUID

from prefect.runner import Runner
from prefect.settings import PREFECT_API_URL, temporary_settings

from flows.orchestrate.deployments import (
    Watch,
    check_watch,
    drop_missed_runs,
    inbox_deployment,
    refuse_to_take_over,
    start_now,
)
from flows.orchestrate.liveness import close_dead_runs
from flows.orchestrate.server import find_server, start_server
from flows.orchestrate.spans import written_span
from flows.settings import settings
from flows.telling.alerts import alert, expect_endings
from flows.telling.language import in_language
from flows.telling.progress import keep_teardown_short, say, tell_through
from flows.telling.terminal import shown
from warehouse.errors import UserError

_TEND_SECONDS = 10.0
_PAUSE_SECONDS = 5.0
_MANY_MISSED = 10


def keep_watching(watch: Watch) -> None:
    """Serves the watch until told to stop; a server that is gone is started again.

    Args:
        watch: What is watched, and when.

    Raises:
        UserError: The watch can't be set up as asked.
    """
    keep_teardown_short()
    check_watch(watch)
    tell_through(_say_with_time)
    while True:
        with temporary_settings({PREFECT_API_URL: _api_url()}):
            try:
                asyncio.run(_serve(watch))
            except UserError:
                raise
            except Exception as error:
                what = f"{type(error).__name__}: {error}"
                say(f"the watch was disturbed ({what}); it goes on in {_PAUSE_SECONDS:g} seconds")
            else:
                say("stopped watching; a look that was under way is rolled back and done by the next one")
                return
        time.sleep(_PAUSE_SECONDS)


def _api_url() -> str:
    if given := os.environ.get("PREFECT_API_URL"):
        return given
    return start_server(settings().folder).api_url


async def _serve(watch: Watch) -> None:
    _keep_ctrl_c_to_ourselves()
    await asyncio.to_thread(refuse_to_take_over, watch)
    runner = Runner(name=f"watch-{watch.name}", limit=1, pause_on_shutdown=False)
    deployment_id = await runner.aadd_deployment(inbox_deployment(watch))
    await asyncio.to_thread(_tend, deployment_id)
    if watch.every:
        await asyncio.to_thread(start_now, deployment_id)
    say(f"watching {', '.join(watch.inboxes)}, {_when(watch)}; runs are shown at {_ui_url()}")
    running = asyncio.create_task(runner.start())
    tending = asyncio.create_task(_tend_for_ever(deployment_id))
    stop = _stop_signal()
    await asyncio.wait({running, tending, stop}, return_when=asyncio.FIRST_COMPLETED)
    tending.cancel()
    if stop.done():
        say("stopping")
        expect_endings()
        with contextlib.suppress(Exception):
            await runner.astop()
        running.cancel()
        await asyncio.gather(running, tending, return_exceptions=True)
        return
    running.cancel()
    for result in await asyncio.gather(running, tending, return_exceptions=True):
        if isinstance(result, Exception):
            raise result


@cache
def _keep_ctrl_c_to_ourselves() -> None:
    """Turns Ctrl-C into a SIGTERM for this process alone; a terminal sends it to the looks under way as well.

    What a process starts inherits the blocked signal, so a look that is still importing does not end in a traceback.
    """
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        return
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})

    def pass_on() -> None:
        while True:
            signal.sigwait({signal.SIGINT})
            os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=pass_on, daemon=True).start()


def _stop_signal() -> asyncio.Future[None]:
    """Gives a future that is done when somebody asks us to stop; set after the runner set its own handler."""
    loop = asyncio.get_running_loop()
    stop: asyncio.Future[None] = loop.create_future()

    def done() -> None:
        if not stop.done():
            stop.set_result(None)

    def install() -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, done)

    loop.call_later(0.5, install)
    return stop


async def _tend_for_ever(deployment_id: UUID) -> None:
    while True:
        await asyncio.sleep(_TEND_SECONDS)
        await asyncio.to_thread(_tend, deployment_id)


def _tend(deployment_id: UUID) -> None:
    """Sees to what a killed process left: the server itself, runs that look alive, looks that nobody took."""
    folder = settings().folder
    if not os.environ.get("PREFECT_API_URL") and find_server(folder) is None:
        alert(folder, "Server gone", "The Prefect server had ended and was started again.")
        start_server(folder)
    for sentence in close_dead_runs(folder, unbegun_too=True):
        alert(folder, "Run crashed", sentence)
    if (dropped := drop_missed_runs(deployment_id)) >= _MANY_MISSED:
        looks = "1 look was" if dropped == 1 else f"{dropped} looks were"
        say(f"{looks} due while none could be taken; one look does for all")


def _when(watch: Watch) -> str:
    return (
        f"at cron {watch.cron}"
        if watch.cron
        else f"every {written_span(watch.every.total_seconds())}"
        if watch.every
        else ""
    )


def _ui_url() -> str:
    return str(PREFECT_API_URL.value()).removesuffix("/api")


def _say_with_time(sentence: str) -> None:
    sys.stderr.write(f"{datetime.now():%Y-%m-%d %H:%M:%S} {shown(in_language(sentence))}\n")
    sys.stderr.flush()
