"""Lets what people said of figures travel with a lake in a bucket, and brings together what several machines were told.

What belongs here: the files that travel, and how two versions of one become one. What does not: the bucket
(`warehouse.storage.bucket`), when it is done (`flows.ingest.writing`), what an answer is (`answers`).

Each machine remembers what the bucket held when they last met. What only one side changed since is taken as it is.
Where both answered the same figure, the later answer stands, and the other one is kept beside it, in `conflicts_of`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from tasks.check.answers import AnswerFile, Line, digest_of, plain_span
from tasks.check.learned import learned_file
from warehouse.storage.bucket import Bucket
from warehouse.storage.durable import write_atomically
from warehouse.storage.folder import DataFolder

_Key = tuple[str, str, str]


def conflicts_of(folder: DataFolder) -> AnswerFile:
    """Gives the file of the answers that did not stand against later ones from another machine.

    Args:
        folder: The data directory.
    """
    return AnswerFile(folder.corrections.with_name("corrections-conflicts.csv"))


def follow_answers(bucket: Bucket, folder: DataFolder, say: Callable[[str], None]) -> None:
    """Brings what other machines were told here; what was said here and nowhere else stays.

    Args:
        bucket: Where the lake lives.
        folder: The data directory.
        say: Takes the sentence that answers differed.
    """
    there = set(bucket.keys("corrections")) | set(bucket.keys("learned"))
    answers, conflicts = AnswerFile(folder.corrections), conflicts_of(folder)
    lost: list[Line] = []
    if answers.path.name in there:
        base, theirs = _seen(folder, answers.path.name), _fetched(bucket, folder, answers.path.name)
        # A file that is gone was lost; whoever takes answers back leaves one without lines.
        held = base.lines() if answers.path.exists() else []

        def together(mine: Sequence[Line]) -> list[Line]:
            stands, beaten = brought_together(held, mine, theirs.lines())
            if beaten:
                conflicts.rewrite(lambda kept: _all_lines([], kept, beaten), repeated=True)
            lost.extend(beaten)
            return stands

        answers.rewrite(together)
        theirs.path.replace(base.path)
    else:
        _seen(folder, answers.path.name).path.unlink(missing_ok=True)
    if conflicts.path.name in there:
        base, theirs = _seen(folder, conflicts.path.name), _fetched(bucket, folder, conflicts.path.name)
        held = base.lines(repeated=True) if conflicts.path.exists() else []
        conflicts.rewrite(lambda mine: _all_lines(held, mine, theirs.lines(repeated=True)), repeated=True)
        theirs.path.replace(base.path)
    if lost:
        figures = len({_key(line) for line in lost})
        say(
            f"{figures} {'figure was' if figures == 1 else 'figures were'} answered differently on another machine: "
            f"the later answers stand, the others are in {conflicts.path}."
        )
    if learned_file(folder).name in there or _seen(folder, learned_file(folder).name).path.exists():
        _follow_learned(bucket, folder, there)


def send_answers(bucket: Bucket, folder: DataFolder) -> None:
    """Sends what was said here where the bucket has not got it.

    Args:
        bucket: Where the lake lives; the caller holds its lease, and has followed it since.
        folder: The data directory.
    """
    for path in (folder.corrections, conflicts_of(folder).path, learned_file(folder)):
        seen = _seen(folder, path.name).path
        if not path.exists():
            if seen.exists() and path == learned_file(folder):
                bucket.drop([path.name])
                seen.unlink()
            continue
        data = path.read_bytes()
        if seen.exists() and seen.read_bytes() == data:
            continue
        going = seen.with_name(f".{path.name}")
        write_atomically(going, data)
        bucket.put(going, path.name)
        going.replace(seen)


def brought_together(
    base: Sequence[Line], mine: Sequence[Line], theirs: Sequence[Line]
) -> tuple[list[Line], list[Line]]:
    """Makes one version of two that were the same once.

    Args:
        base: Lines as they were when both were the same.
        mine: Lines of this machine.
        theirs: Lines of the other ones.

    Returns:
        The lines that stand, and those of answers that did not stand against later ones.
    """
    was, own, other = _by_figure(base), _by_figure(mine), _by_figure(theirs)
    stands: list[Line] = []
    lost: list[Line] = []
    for key in dict.fromkeys((*own, *other)):
        before, here, there = (digest_of(each.get(key, [])) for each in (was, own, other))
        if here == there or there == before:
            chosen = own.get(key, [])
        elif here == before:
            chosen = other.get(key, [])
        else:  # an answer stands against one that was taken back
            first, last = sorted((own.get(key, []), other.get(key, [])), key=_lateness)
            lost += first
            chosen = last
        stands += chosen
    return stands, lost


def _follow_learned(bucket: Bucket, folder: DataFolder, there: set[str]) -> None:
    """Takes what other machines learned, unless something else was learned here since; the later one stands then."""
    path = learned_file(folder)
    seen = _seen(folder, path.name).path
    before = seen.read_bytes() if seen.exists() else None
    mine = path.read_bytes() if path.exists() else None
    fetched = _fetched(bucket, folder, path.name).path if path.name in there else None
    theirs = fetched.read_bytes() if fetched else None
    if mine == before or (theirs != before and _learned_at(theirs) > _learned_at(mine)):
        if theirs is None:
            path.unlink(missing_ok=True)
        else:
            write_atomically(path, theirs)
    if fetched:
        fetched.replace(seen)
    else:
        seen.unlink(missing_ok=True)


def _learned_at(data: bytes | None) -> str:
    try:
        return str(json.loads(data or b"{}").get("learned_at", ""))
    except (ValueError, AttributeError, RecursionError):
        return ""


def _all_lines(base: Sequence[Line], mine: Sequence[Line], theirs: Sequence[Line]) -> list[Line]:
    """Keeps the lines of both sides, but for those that one side took out."""
    gone = [line for line in base if line not in mine or line not in theirs]
    together = [*mine, *(line for line in theirs if line not in mine)]
    return [line for line in together if line not in gone]


def _by_figure(lines: Sequence[Line]) -> dict[_Key, list[Line]]:
    found: dict[_Key, list[Line]] = {}
    for line in lines:
        found.setdefault(_key(line), []).append(line)
    return found


def _key(line: Line) -> _Key:
    """What has one answer: a figure as a whole, or a column of another row."""
    table = line["column"].partition(".")[0]
    return line["page"], plain_span(line["span"]), table if table == "metrics" else line["column"]


def _lateness(lines: Sequence[Line]) -> tuple[bool, str, str]:
    return bool(lines), max((line["when"] for line in lines), default=""), digest_of(lines)


def _seen(folder: DataFolder, name: str) -> AnswerFile:
    """The file as the bucket held it when this machine last met it."""
    return AnswerFile(folder.state / "bucket" / name)


def _fetched(bucket: Bucket, folder: DataFolder, name: str) -> AnswerFile:
    path: Path = folder.state / "bucket" / f"{name}.fetched"
    bucket.fetch(name, path)
    return AnswerFile(path)
