"""Holds the house: data flows one way, and each library stays in its room."""

from __future__ import annotations

import ast
import re
from functools import cache
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
LAYERS = ("warehouse", "expectations", "tasks", "flows")
"""From the bottom up; a layer may import itself and those below."""

STAGES = ("staging", "repair", "extraction", "publish", "check", "load")
FACT_ROOMS = (
    "ranking",
    "clause",
    "section",
    "statement",
    "indicator",
    "subject",
    "period",
    "modality",
    "trust",
    "build",
)
NAME_ROOMS = ("find", "check", "link")
PURE = ("repair", "extraction")
ORCHESTRATORS = ("prefect", "prefect_dask", "distributed")
THIN_TASKS = [f"tasks/{stage}/task.py" for stage in ("check", "extraction", "load", "publish", "repair", "staging")]
ROOMS = {"prefect": ("flows", "tasks"), "great_expectations": ("expectations",), "duckdb": ("warehouse",)}


@cache
def modules() -> list[Path]:
    return [path for layer in LAYERS for path in sorted((PROJECT / layer).rglob("*.py"))]


@cache
def imported(path: Path) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            names.append(node.module)
    return names


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def layer_of(path: Path) -> str:
    return path.relative_to(PROJECT).parts[0]


def test_no_module_imports_a_layer_above_its_own():
    upwards = [
        f"{name_of(path)} imports {name}"
        for path in modules()
        for name in imported(path)
        if name.split(".")[0] in LAYERS[LAYERS.index(layer_of(path)) + 1 :]
    ]
    assert upwards == []


def test_each_library_stays_in_its_room():
    astray = [
        f"{name_of(path)} imports {name}, which belongs in {rooms}"
        for path in modules()
        for name in imported(path)
        if (rooms := ROOMS.get(name.split(".")[0].removesuffix("_engine"))) and layer_of(path) not in rooms
    ]
    assert astray == []


def test_one_module_knows_which_engine_cuts_words():
    knowing = {name_of(p) for p in modules() if any(n.split(".")[0] in ("jieba", "rjieba") for n in imported(p))}
    assert knowing == {"warehouse/search/engine.py"}


def test_prefect_orchestrates_and_does_nothing_else():
    """A run is a plain function; what records it as a flow, and the thin task modules, are all that know Prefect."""
    knowing = {name_of(p) for p in modules() if any(name.split(".")[0] in ORCHESTRATORS for name in imported(p))}
    assert [name for name in sorted(knowing) if not name.startswith("flows/orchestrate/")] == THIN_TASKS


def test_a_run_takes_its_settings_from_whoever_asks_for_it():
    """The environment is read where a user comes in: commands, the desk, Prefect's flow."""
    reading = [
        name_of(path)
        for path in modules()
        if name_of(path).startswith("flows/ingest/")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("settings", "choose")
    ]
    assert reading == []


def test_what_a_run_does_knows_nothing_of_who_runs_it():
    doors = ("flows.orchestrate", "flows.cli", "flows.desk", "flows.report", "flows.second", "flows.docs")
    leaning = [
        f"{name_of(path)} imports {name}"
        for path in modules()
        if name_of(path).startswith("flows/ingest/")
        for name in imported(path)
        if name.startswith(doors)
    ]
    assert leaning == []


def test_reading_chinese_needs_no_other_stage_and_no_machinery():
    """The shard and task modules join stages up; the rules themselves stand alone."""
    machinery = ("prefect", "duckdb", "pandas", "great_expectations", "warehouse")
    leaning = [
        f"{name_of(path)} imports {name}"
        for stage in PURE
        for path in sorted((PROJECT / "tasks" / stage).rglob("*.py"))
        if path.name not in ("shard.py", "task.py")
        for name in imported(path)
        if name.split(".")[0] in machinery or _of_another_stage(name, stage)
    ]
    assert leaning == []


def _of_another_stage(name: str, stage: str) -> bool:
    package, _, rest = name.partition(".")
    return package == "tasks" and rest.split(".")[0] in STAGES and rest.split(".")[0] != stage


@pytest.mark.parametrize(
    ("home", "rooms"), [("tasks/extraction/facts/", FACT_ROOMS), ("tasks/extraction/names/", NAME_ROOMS)]
)
def test_no_room_imports_one_that_is_asked_after_it(home, rooms):
    """clause, section, statement … of the facts, find, check and link of the names: each may know those before it."""
    upwards = []
    for path in modules():
        room = name_of(path).removeprefix(home).split("/")[0].removesuffix(".py")
        if name_of(path).startswith(home) and room in rooms:
            after = [f"{home}{late}".replace("/", ".") for late in rooms[rooms.index(room) + 1 :]]
            upwards += [f"{name_of(path)} imports {n}" for n in imported(path) if n.startswith(tuple(after))]
    assert upwards == []


def test_modules_say_what_belongs_in_them():
    assert [name_of(p) for p in modules() if not ast.get_docstring(ast.parse(p.read_text("utf-8")))] == []


def test_modules_stay_small():
    lengths = {name_of(path): len(path.read_text("utf-8").splitlines()) for path in modules()}
    assert {name: length for name, length in lengths.items() if length > 350} == {}


def test_every_module_of_tasks_stands_in_the_map_of_the_code():
    """A module that docs/architecture.md does not name is one that a newcomer does not find."""
    page = (PROJECT / "docs" / "architecture.md").read_text("utf-8")
    named = {name for name in re.findall(r"`([a-z_/]+\.py)`", page) if name.split("/")[0] not in (*LAYERS, "tests")}
    files = {path.relative_to(PROJECT / "tasks").as_posix() for path in modules() if layer_of(path) == "tasks"}
    files = {name for name in files if not name.endswith("__init__.py")}
    assert sorted(files - named) == [], "not named"
    assert sorted(named - files) == [], "named, but not there"


def test_every_lexicon_file_stands_in_the_map_of_the_code():
    page = (PROJECT / "docs" / "architecture.md").read_text("utf-8")
    named = set(re.findall(r"`([a-z_]+\.(?:csv|txt|npz))`", page))
    files = {path.name for path in (PROJECT / "tasks" / "lexicon").iterdir() if path.suffix in (".csv", ".txt", ".npz")}
    assert sorted(files - named) == [], "not named"
    assert sorted(named - files) == [], "named, but not there"


def test_lexicon_files_name_their_source():
    files = sorted(path for path in (PROJECT / "tasks" / "lexicon").rglob("*") if path.suffix in (".csv", ".txt"))
    heads = {name_of(path): path.read_text("utf-8").splitlines()[:8] for path in files}
    assert [name for name, head in heads.items() if not any(x.lower().startswith("# source:") for x in head)] == []


def test_the_warehouse_stands_in_rooms():
    """Beside the rooms stand only what all of them need: opening the warehouse, and the errors a user can cause."""
    beside = {path.name for path in (PROJECT / "warehouse").glob("*.py")}
    assert beside == {"__init__.py", "connection.py", "errors.py"}
    rooms = {path.relative_to(PROJECT / "warehouse").parts[0] for path in (PROJECT / "warehouse").glob("*/*.py")}
    page = (
        (PROJECT / "docs" / "architecture.md").read_text("utf-8").partition("\nwarehouse/ ")[2].partition("tests/")[0]
    )
    assert {room for room in rooms if f"{room}/" not in page} == set(), "not in the layout of the folders"
