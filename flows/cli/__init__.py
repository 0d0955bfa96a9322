"""The command `broadsheet`: how it begins and how it ends. Nothing slow is imported before it answers signals."""

from __future__ import annotations

import sys

from flows.ingest.stopping import answer_signals, ending, was_asked_to_stop
from warehouse.ask.query_process import begin, drop_begun


def main() -> None:
    """Runs the command line; what a user can cause ends in one sentence and the contract's exit code."""
    try:
        answer_signals(patiently="watch" in sys.argv[1:2] and "--once" not in sys.argv)
        if sys.argv[1:2] == ["query"]:
            begin()
        from flows.telling.language import language, take_language

        take_language(sys.argv)
        from flows.cli.verbs import app

        if language() == "zh":
            from flows.cli.help import chinese_command

            chinese_command(app)(standalone_mode=True)
        else:
            app(standalone_mode=True)
    except BaseException as error:
        said, code = _ending(error)
        if said:
            from flows.telling.terminal import echo

            echo(said, err=True)
        sys.exit(code)
    finally:
        drop_begun()


def _ending(error: BaseException) -> tuple[str, int]:
    """Says how a command ends that ended otherwise than by returning: the sentence, if any, and the exit code."""
    from warehouse.errors import UserError

    if isinstance(error, SystemExit) and error.code in (0, None):
        return "", 0
    if was_asked_to_stop() or isinstance(error, KeyboardInterrupt):
        return ending()
    if isinstance(error, SystemExit):
        return "", error.code if isinstance(error.code, int) else 1
    if isinstance(error, UserError):
        return f"broadsheet: {error}", error.exit_code
    if isinstance(error, PermissionError):
        return f"broadsheet: no permission for {error.filename}: change its rights or choose another place.", 4
    if isinstance(error, OSError):
        return f"broadsheet: the system refused ({error}): see to the disk or the path and run again.", 4
    if isinstance(error, MemoryError):
        return "broadsheet: there is too little memory: end other programs, or raise the limit (ulimit -v).", 4
    raise error
