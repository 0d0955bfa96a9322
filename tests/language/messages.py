"""Finds what the code says to a person: the sentences that reach a terminal, an error, a reason, or the help.

From where something is said (`echo`, `say`, an error that a user can cause, a reason) the way is followed back through
names and functions to the strings themselves. A placeholder of an f-string is written {}.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

from tasks.lexicon import read_table
from tests.conftest import PROJECT

SAYING = {"echo", "say", "say_to_the_log", "alert", "notify", "tell_the_terminal"}
WORDS = re.compile(r"reasons?|problem|why|doubts?|notes?|said|told|sentence|message|left|what_to_do|reason_for")
"""Names of variables and fields that hold what is said."""
REASON_TABLES = ("gap_evidence", "border_evidence")
OWN_WORDS = (
    "flows/report/",
    "flows/desk/",
    "flows/docs.py",
    "flows/orchestrate/artifacts.py",
    "warehouse/schema/",
    "tasks/learning/",
)
"""Pages and descriptions that have both languages by themselves, and what is written for developers."""
_SQL = re.compile(
    r"\s*(select|with|create|insert|update|delete|drop|from|copy|attach|pragma|set|and|where|order|case|union|group|join"
    r"|left join)\b|.*\b[a-z]\.[a-z_]+\b"
)


@cache
def modules() -> dict[str, ast.Module]:
    """Reads all modules whose sentences are translated."""
    found = {}
    for package in ("flows", "tasks", "expectations", "warehouse"):
        for path in sorted((PROJECT / package).rglob("*.py")):
            name = path.relative_to(PROJECT).as_posix()
            if not name.startswith(OWN_WORDS) and "train" not in path.name:
                found[name] = ast.parse(path.read_text("utf-8"))
    return found


@cache
def functions() -> dict[str, list[ast.FunctionDef]]:
    """Lists the functions of all modules by name."""
    found: dict[str, list[ast.FunctionDef]] = {}
    for tree in modules().values():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                found.setdefault(node.name, []).append(node)
    return found


@cache
def errors() -> set[str]:
    """Names the classes of errors whose sentence a person reads."""
    parents = {
        node.name: {base.id for base in node.bases if isinstance(base, ast.Name)}
        for tree in modules().values()
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    known = {"UserError", "UnreadableFileError", "UndecodableError", "ShardTimeoutError", "WorkerDiedError"}
    while more := {name for name, above in parents.items() if above & known} - known:
        known |= more
    return known


def said_in_code() -> dict[str, str]:
    """Gives each sentence of the code with the place where it stands."""
    found: dict[str, str] = {}
    for name, tree in modules().items():
        for scope in [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)] or [tree]:
            for expression in _sinks(scope):
                for text, line in _strings(expression, scope, frozenset()):
                    found.setdefault(text, f"{name}:{line}")
    return found


def said_in_tables() -> dict[str, str]:
    """Gives the reasons that stand in tables of the language data."""
    return {row["reason"]: name for name in REASON_TABLES for row in read_table(name) if row["reason"]}


def said_in_help() -> dict[str, str]:
    """Gives what the help says: of commands, arguments and options."""
    from typer.main import get_command

    from flows.cli.verbs import app

    found: dict[str, str] = {}

    def walk(command: object, path: str) -> None:
        for paragraph in (getattr(command, "help", None) or "").split("\n\n"):
            found.setdefault(paragraph.replace("\n", " "), path)
        for param in getattr(command, "params", ()):
            found.setdefault(getattr(param, "help", None) or "", path)
        for name, below in getattr(command, "commands", {}).items():
            walk(below, f"{path} {name}")

    walk(get_command(app), "broadsheet")
    return {text: where for text, where in found.items() if text and not text.startswith("Example: ")}


def _sinks(scope: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(scope):
        if isinstance(node, ast.Call) and _name(node.func) in SAYING | errors():
            yield from node.args
            yield from (each.value for each in node.keywords)
        elif isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(WORDS.fullmatch(_name(target)) for target in targets):
                yield node.value
        elif isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and WORDS.fullmatch(str(key.value)):
                    yield value
        elif isinstance(node, ast.keyword) and node.arg and WORDS.fullmatch(node.arg):
            yield node.value


def _strings(node: ast.AST, scope: ast.AST, seen: frozenset[str]) -> Iterator[tuple[str, int]]:
    if isinstance(node, ast.JoinedStr):
        text = "".join(str(v.value) if isinstance(v, ast.Constant) else "{}" for v in node.values)
        yield from _if_said(text, node.lineno)
        for value in node.values:
            if isinstance(value, ast.FormattedValue):
                yield from _strings(value.value, scope, seen)
    elif isinstance(node, ast.Constant):
        if isinstance(node.value, str):
            yield from _if_said(node.value, node.lineno)
    elif isinstance(node, ast.Name):
        if node.id not in seen:
            for value in _assigned(node.id, scope):
                yield from _strings(value, scope, seen | {node.id})
    elif isinstance(node, ast.Subscript | ast.Compare):
        yield from ()
    elif isinstance(node, ast.IfExp):
        for part in (node.body, node.orelse):
            yield from _strings(part, scope, seen)
    elif isinstance(node, ast.Call):
        name = _name(node.func)
        if name in ("execute", "sql", "rows_of", "get", "fullmatch", "search", "json_text", "replace", "strftime"):
            return
        for part in [*node.args, *(each.value for each in node.keywords)]:
            yield from _strings(part, scope, seen)
        if isinstance(node.func, ast.Attribute):
            yield from _strings(node.func.value, scope, seen)
        yield from _strings_of(name)
    else:
        for child in ast.iter_child_nodes(node):
            yield from _strings(child, scope, seen)


_strings_known: dict[str, list[tuple[str, int]]] = {}


def _strings_of(name: str) -> list[tuple[str, int]]:
    """What the functions of a name give back, as far as it is said; asked again from within, nothing."""
    if name not in _strings_known:
        _strings_known[name] = []
        for function in functions().get(name, ())[:3]:
            for value in _given_back(function):
                _strings_known[name] += _strings(value, function, frozenset())
    return _strings_known[name]


def _if_said(text: str, line: int) -> Iterator[tuple[str, int]]:
    for part in text.split("\n"):
        words = re.findall(r"[A-Za-z][a-z']+", part.replace("{}", " "))
        if len(words) > 1 and " " in part.strip() and not _SQL.match(part):
            yield part.strip(), line


def _assigned(name: str, scope: ast.AST) -> list[ast.expr]:
    return _all_assigned(scope).get(name, [])


@cache
def _all_assigned(scope: ast.AST) -> dict[str, list[ast.expr]]:
    found: dict[str, list[ast.expr]] = {}
    for node in ast.walk(scope):
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign | ast.NamedExpr) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for name in {_name(each) for target in targets for each in ast.walk(target)}:
                found.setdefault(name, []).append(node.value)
        elif (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in ("append", "extend")
        ):
            found.setdefault(_name(node.func.value), []).extend(node.args)
    return found


def _given_back(function: ast.FunctionDef) -> Iterator[ast.expr]:
    for node in ast.walk(function):
        if isinstance(node, ast.Return | ast.Yield | ast.YieldFrom) and node.value is not None:
            yield node.value


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""
