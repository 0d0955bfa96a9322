"""Holds the house: data flows one way, and each library stays in its room."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).parent.parent
LAYERS = ("warehouse", "expectations", "tasks", "flows")
"""From the bottom up; a layer may import itself and those below."""

STAGES = ("staging", "repair", "extraction", "publish", "check", "load")
PURE = ("repair", "extraction")
ROOMS = {"prefect": ("flows", "tasks"), "great_expectations": ("expectations",), "duckdb": ("warehouse",)}


def modules() -> list[Path]:
    return [path for layer in LAYERS for path in sorted((PROJECT / layer).rglob("*.py"))]


def imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
            yield node.module


def name_of(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_no_module_imports_a_layer_above_its_own(path):
    own = LAYERS.index(path.relative_to(PROJECT).parts[0])
    above = [name for name in imported(path) if name.split(".")[0] in LAYERS[own + 1 :]]
    assert not above


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_each_library_stays_in_its_room(path):
    layer = path.relative_to(PROJECT).parts[0]
    for name in imported(path):
        rooms = ROOMS.get(name.split(".")[0].removesuffix("_engine"))
        assert rooms is None or layer in rooms, f"{name} belongs in {rooms}"


@pytest.mark.parametrize("path", [p for p in modules() if p.is_relative_to(PROJECT / "tasks")], ids=name_of)
def test_in_tasks_only_the_thin_task_modules_know_prefect(path):
    knows = any(name.split(".")[0] == "prefect" for name in imported(path))
    assert not knows or path.name == "task.py"


@pytest.mark.parametrize("stage", PURE)
def test_reading_chinese_needs_no_other_stage_and_no_machinery(stage):
    """The shard and task modules join stages up; the rules themselves stand alone."""
    others = {f"tasks.{other}" for other in STAGES if other != stage}
    for path in (PROJECT / "tasks" / stage).rglob("*.py"):
        if path.name in ("shard.py", "task.py"):
            continue
        for name in imported(path):
            assert not any(name == other or name.startswith(other + ".") for other in others), name_of(path)
            assert name.split(".")[0] not in ("prefect", "duckdb", "pandas", "great_expectations", "warehouse"), path


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_modules_say_what_belongs_in_them_and_stay_small(path):
    text = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(text)), "no module docstring"
    assert len(text.splitlines()) <= 350


def test_lexicon_files_name_their_source():
    for path in sorted((PROJECT / "tasks" / "lexicon").iterdir()):
        if path.suffix in (".csv", ".txt"):
            head = path.read_text("utf-8").splitlines()[:8]
            assert any(line.lower().startswith("# source:") for line in head), path.name
