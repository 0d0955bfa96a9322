"""What is declared is what is used: dependencies against imports, the lock against both, data files, licences."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.conftest import PROJECT

PACKAGES = ("flows", "tasks", "expectations", "warehouse")
TOOLS = {"mypy", "pre-commit", "pytest-cov", "pytest-xdist", "reuse", "ruff", "setuptools", "uv"}
"""Declared for what they do on the command line; nothing imports them."""

EXAMPLES = {"pandas", "polars"}
"""Imported by the documents' examples, which a test runs."""

UNLOCKED = {"learn", "bench"}
"""Extras that the lock leaves out: PyTorch weighs gigabytes and only who trains needs it; Typst draws for a bench."""

NOT_SHIPPED = Path("tasks/learning")
"""How weights are learned, with what learning starts from: in the repository, not in the package."""

MEANT = {"pycrfsuite": "python-crfsuite", "duckdb": "duckdb", "jieba": "jieba"}
"""Where a module's distribution cannot be looked up because an extra is not installed."""


def requirements() -> dict[str, list[Requirement]]:
    """The declared dependencies: under "" those that everybody gets, under an extra's name its own."""
    project: dict[str, Any] = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]
    groups = {"": project["dependencies"]} | project["optional-dependencies"]
    return {group: [Requirement(line) for line in lines] for group, lines in groups.items()}


def declared() -> dict[str, list[str]]:
    """The names of the declared dependencies by group."""
    return {group: [canonicalize_name(line.name) for line in lines] for group, lines in requirements().items()}


def imports(folder: str) -> Iterator[tuple[str, str]]:
    """The distributions that a folder's modules import, each with one file that does."""
    distributions = packages_distributions()
    for path in sorted((PROJECT / folder).rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and node.level == 0:
                modules = [node.module]
            for top in {module.split(".")[0] for module in modules} - sys.stdlib_module_names - {*PACKAGES, "tests"}:
                found = distributions.get(top) or [MEANT.get(top, top)]
                yield canonicalize_name(found[0]), path.relative_to(PROJECT).as_posix()


def test_what_the_packages_import_is_declared() -> None:
    everywhere = {name for group, names in declared().items() if group != "test" for name in names}
    missing = {name: path for folder in PACKAGES for name, path in imports(folder) if name not in everywhere}
    assert missing == {}, "declare in pyproject.toml"


def test_what_the_tests_import_is_declared() -> None:
    everything = {name for names in declared().values() for name in names}
    assert {name: path for name, path in imports("tests") if name not in everything} == {}, "declare in extra `test`"


def test_what_is_declared_is_imported() -> None:
    used = {name for folder in PACKAGES for name, _ in imports(folder)}
    for_tests = used | {name for name, _ in imports("tests")} | TOOLS | EXAMPLES
    idle = {f"{name} ({group or 'everybody'})" for group, names in declared().items() for name in names}
    for group, names in declared().items():
        known = for_tests if group in ("test", "dev", "bench") else used
        idle -= {f"{name} ({group or 'everybody'})" for name in names if name in known}
    assert idle == set(), "nothing imports it: take it out, or into the extra that needs it"


def test_an_upper_bound_says_why() -> None:
    """A bound without a cause stays for ever, and shuts out a user who has the newer version."""
    lines = (PROJECT / "pyproject.toml").read_text("utf-8").splitlines()
    bounded = [line for line in lines if re.search(r'^(\w+ = \[)?\s*"[\w\[\]-]+[^"]*<[^"]*"', line)]
    assert bounded
    assert [line for line in bounded if "#" not in line] == []


def test_the_lock_holds_every_declared_dependency_within_its_bounds() -> None:
    lock = (PROJECT / "requirements.lock").read_text("utf-8")
    locked: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9_.-]+)==(\S+)", lock, flags=re.MULTILINE):
        locked.setdefault(canonicalize_name(name), []).append(version)
    wanted = [requirement for group, lines in requirements().items() if group not in UNLOCKED for requirement in lines]
    outside = [
        f"{requirement}: {', '.join(versions) or 'not there'}"
        for requirement in wanted
        if not (versions := locked.get(canonicalize_name(requirement.name), []))
        or not all(requirement.specifier.contains(version) for version in versions)
    ]
    assert outside == [], "run `make lock`"


def test_the_oldest_releases_that_are_tried_are_the_oldest_that_are_allowed() -> None:
    tried = re.search(r"^OLDEST := (.*)$", (PROJECT / "Makefile").read_text("utf-8"), flags=re.MULTILINE)
    assert tried
    allowed = {line.name: line.specifier for line in requirements()[""]}
    for each in map(Requirement, tried[1].split()):
        (version,) = (said.version for said in each.specifier)
        assert f">={version}" in map(str, allowed[each.name])


def test_every_file_of_the_packages_is_shipped() -> None:
    """A data file that no pattern of package-data names is missing from the wheel, and nobody sees it here."""
    settings = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))
    patterns: list[str] = settings["tool"]["setuptools"]["package-data"]["*"]
    left_out = []
    for path in tracked(*PACKAGES):
        package = next(folder for folder in path.parents if (PROJECT / folder / "__init__.py").is_file())
        inside = path.relative_to(package)
        if NOT_SHIPPED in path.parents:
            continue
        if path.suffix != ".py" and not any(_fits(inside, pattern) for pattern in patterns):
            left_out.append(path.as_posix())
    assert left_out == []
    assert [package for package in PACKAGES if not (PROJECT / package / "py.typed").is_file()] == []


def _fits(path: Path, pattern: str) -> bool:
    return len(path.parts) == len(Path(pattern).parts) and path.match(pattern)


def tracked(*folders: str) -> list[Path]:
    """The files that git knows, from the project's root."""
    command = ["git", "ls-files", "-z", "--", *folders]
    listed = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True).stdout
    return [Path(name) for name in listed.split("\0") if name and (PROJECT / name).is_file()]
