"""The documents are tested: what the README shows is what happens, and every verb is explained."""

from __future__ import annotations

import doctest
import os
import re
import shlex
import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import PROJECT

READMES = ("README.md", "README.zh.md")
_CHECKER = doctest.OutputChecker()
_FLAGS = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE


def examples() -> list[tuple[str, str, str]]:
    """Commands in `console` blocks with the output printed under them; a line `...` stands for anything."""
    found = []
    for name in READMES:
        path = PROJECT / name
        text = path.read_text("utf-8") if path.is_file() else ""
        for block in re.findall(r"```console\n(.*?)```", text, flags=re.DOTALL):
            for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
                command, _, shown = part.partition("\n")
                if command.startswith("broadsheet"):
                    found.append((name, command, shown))
    return found


@pytest.fixture(scope="module")
def told(broadsheet, shown_data):
    """What a command answers; the READMEs show the same ones, so each is asked once."""

    @cache
    def ask(command):
        arguments = shlex.split(command.partition(" #")[0])[1:]
        return broadsheet(*arguments, data=shown_data, stdin="", BROADSHEET_READER="learned")

    return ask


@pytest.mark.parametrize(("name", "command", "shown"), examples())
def test_what_the_readme_shows_is_what_happens(told, name, command, shown):
    done = told(command)
    assert done.returncode == 0, done.stderr
    if shown.strip():
        assert _CHECKER.check_output(shown, done.stdout, _FLAGS), f"{name}: {command}\n{done.stdout}"


def test_both_readmes_show_the_same_commands():
    commands = {name: [command for where, command, _ in examples() if where == name] for name in READMES}
    assert commands["README.md"] == commands["README.zh.md"]
    assert commands["README.md"]


def python_examples() -> list[tuple[str, str]]:
    """The Python blocks of the README and of the page that shows more; the Chinese README repeats the first."""
    return [
        (name, block)
        for name in ("README.md", "docs/asking.md")
        for block in re.findall(r"```python\n(.*?)```", (PROJECT / name).read_text("utf-8"), flags=re.DOTALL)
    ]


@pytest.mark.parametrize(("name", "block"), python_examples())
def test_python_in_the_documents_runs_beside_the_data_directory(shown_data, name, block):
    done = subprocess.run(
        [sys.executable, "-c", block],
        cwd=shown_data.parent,
        env=os.environ | {"PYTHONPATH": str(PROJECT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def documents() -> list[Path]:
    """The pages that people wrote or we generate for them."""
    return [*sorted(PROJECT.glob("*.md")), *sorted((PROJECT / "docs").rglob("*.md"))]


def test_every_link_of_the_documents_leads_somewhere():
    lost = []
    for page in documents():
        text = page.read_text("utf-8")
        for target in re.findall(r"\]\(([^)\s]+)\)", text):
            file, _, heading = target.partition("#")
            where = page.parent / file if file else page
            if target.startswith("https:"):
                continue
            if not where.exists() or (heading and where.suffix == ".md" and heading not in headings(where)):
                lost.append(f"{page.relative_to(PROJECT)}: {target}")
    assert lost == []


def headings(page: Path) -> set[str]:
    """The anchors that a forge gives to a page's headings."""
    titles = re.findall(r"^#+ (.*)$", page.read_text("utf-8"), flags=re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_every_target_of_the_makefile_says_what_it_makes_and_documents_name_no_other():
    makefile = (PROJECT / "Makefile").read_text("utf-8")
    targets = set(re.search(r"^\.PHONY: (.*)$", makefile, flags=re.MULTILINE)[1].split())
    assert targets - set(re.findall(r"^([a-z-]+):.*## \S", makefile, flags=re.MULTILINE)) == set()
    for page in documents():
        named = re.findall(r"(?:`|^)make ([a-z][a-z-]*(?: [a-z][a-z-]*)*)", page.read_text("utf-8"), flags=re.MULTILINE)
        unknown = {target for words in named for target in words.split()} - targets
        assert unknown == set(), page.name


def verbs() -> list[str]:
    from typer.main import get_command

    from flows.cli.verbs import app

    return sorted(get_command(app).commands)  # type: ignore[attr-defined]


@pytest.mark.parametrize("verb", verbs())
def test_every_verb_has_help_and_stands_in_the_readme(broadsheet, verb):
    assert f"broadsheet {verb}" in (PROJECT / "README.md").read_text("utf-8")
    done = broadsheet(verb, "--help")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) > 5


def test_nothing_names_a_registry_host_or_a_path_of_one_machine():
    files = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    pattern = re.compile(
        r"(py" r"pi|pythonhosted|registry\.np" r"mjs|deb\.deb" r"ian)\.(org|com)|(^|[^\w.])/(wo" r"rk|ro" r"ot)/"
    )
    for name in filter(None, files):
        path = PROJECT / name
        if path.is_file() and path.suffix in (
            ".py",
            ".md",
            ".toml",
            ".yaml",
            ".sql",
            ".csv",
            ".txt",
            ".lock",
            ".sh",
            "",
        ):
            assert not pattern.search(path.read_text("utf-8", errors="replace")), name
