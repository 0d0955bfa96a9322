"""Answers SIGTERM and Ctrl-C at every moment of a command: one sentence, exit code 130, within seconds.

What belongs here: knowing that somebody asked, and seeing to it that the command ends. What does not: rolling back,
which whoever holds something does when `KeyboardInterrupt` passes. A command may be ended by force at any moment, since
a load that is killed leaves nothing half; so one that does not come to an end by itself is.
"""

from __future__ import annotations

import _thread
import os
import signal
import socket
import sys
import threading
import time
from typing import Any

SECONDS = 10.0
"""So long a command may take to roll back before it is ended by force."""
SENTENCE = "broadsheet: interrupted; what was loaded before stays, the rest is done by the next run."
EXIT_CODE = 130

_asked = threading.Event()
_in_vain = threading.Event()
_ending = (SENTENCE, EXIT_CODE)
_unsaid = threading.Lock()


def answer_signals(*, patiently: bool = False) -> None:
    """Lets SIGTERM and Ctrl-C end this process; call it in the main thread, before anything slow is imported.

    Every signal is noticed, also while another library has set a handler of its own, or while the main thread is deep
    in a library that does not listen.

    Args:
        patiently: Never end by force: the command tends others that roll back, and has handlers of its own.
    """
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGTERM, signal.SIGINT):
        if signal.getsignal(number) is not signal.SIG_IGN:
            signal.signal(number, _interrupt)
    if patiently:
        return
    sys.unraisablehook = _unraised
    hears, tells = socket.socketpair()
    tells.setblocking(False)
    signal.set_wakeup_fd(tells.fileno(), warn_on_full_buffer=False)
    threading.Thread(target=_listen, args=(hears, tells), daemon=True, name="signals").start()


def was_asked_to_stop() -> bool:
    """Says whether a signal came: whatever is raised afterwards is its doing and no fault."""
    return _asked.is_set()


def ending() -> tuple[str, int]:
    """Gives the sentence and the exit code with which a command ends that was asked to.

    The sentence is given once: who ends by itself has said it already when it is ended by force all the same, because
    what it began takes too long to come to rest.
    """
    sentence, code = _ending
    return (sentence if _unsaid.acquire(blocking=False) else ""), code


def stop_because(sentence: str, code: int, done: threading.Event, seconds: float) -> None:
    """Ends what the main thread does as a signal would, for a reason of its own; by force where that takes too long.

    Args:
        sentence: What is said instead of that somebody interrupted.
        code: The exit code.
        done: Set when the work is over.
        seconds: So long it may take to roll back.
    """
    global _ending
    _ending = (sentence, code)
    _asked.set()
    _thread.interrupt_main()
    if not done.wait(seconds):
        _end_by_force()


def _interrupt(*_: object) -> None:
    _asked.set()
    raise KeyboardInterrupt


def _listen(hears: socket.socket, _tells: socket.socket) -> None:
    while (number := hears.recv(1)[0]) not in (signal.SIGTERM, signal.SIGINT):
        pass
    _asked.set()
    until = time.monotonic() + SECONDS
    while (left := until - time.monotonic()) > 0:
        if _in_vain.wait(left):
            _in_vain.clear()
            time.sleep(0.05)
            os.kill(os.getpid(), number)  # a real one: it wakes what sleeps
    _end_by_force()


def _unraised(unraisable: Any) -> None:
    """Has the interruption raised again that came while Python was where nothing can be raised, as in a destructor."""
    if _asked.is_set() and issubclass(unraisable.exc_type, KeyboardInterrupt):
        _in_vain.set()
    else:
        sys.__unraisablehook__(unraisable)


def _end_by_force() -> None:
    sentence, code = ending()
    if sentence:
        os.write(2, f"{sentence}\n".encode())
    os._exit(code)
