"""The image is built from the lock file and holds what it starts; where Docker runs, it is built and tried."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import tomllib

import pytest
import yaml
from packaging.specifiers import SpecifierSet

from tests.conftest import PROJECT


def instructions() -> list[tuple[str, str]]:
    """The Dockerfile's instructions and what they say, lines joined."""
    text = (PROJECT / "Dockerfile").read_text("utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [(word, rest.strip()) for word, _, rest in (line.partition(" ") for line in lines)]


def said(word: str) -> list[str]:
    return [rest for found, rest in instructions() if found == word]


def project() -> dict[str, object]:
    return tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["project"]


def test_the_image_is_of_a_python_that_the_project_runs_on() -> None:
    (base,) = said("FROM")
    version = re.fullmatch(r"python:(\d+\.\d+)-slim", base)
    assert version
    assert version[1] in SpecifierSet(str(project()["requires-python"]))


def test_every_copied_path_exists_and_nothing_that_the_package_needs_is_left_out() -> None:
    copied = {path for line in said("COPY") for path in line.split()[:-1]}
    assert [path for path in copied if not (PROJECT / path).exists()] == []
    assert copied >= {"requirements.lock", "pyproject.toml", "flows", "tasks", "expectations", "warehouse", "seeds"}
    sent = {line.removeprefix("!") for line in (PROJECT / ".dockerignore").read_text().splitlines() if line[:1] == "!"}
    assert copied <= sent


def test_packages_come_from_the_lock_with_their_hashes_and_no_other_way() -> None:
    installs = [line for line in said("RUN") if "pip install" in line]
    assert "--require-hashes --requirement requirements.lock" in installs[0]
    assert all("--no-deps" in line for line in installs)
    assert "--editable ." in installs[1]


def test_what_is_started_exists() -> None:
    from typer.main import get_command

    from flows.cli.verbs import app

    verbs = get_command(app).commands  # type: ignore[attr-defined]
    (entry,), (command,) = said("ENTRYPOINT"), said("CMD")
    assert json.loads(entry) == ["broadsheet"]
    assert "broadsheet" in project()["scripts"]  # type: ignore[operator]
    assert json.loads(command)[0] in verbs
    service = compose()["services"]["broadsheet"]
    started = re.findall(r"broadsheet (\w+)(?: (\w+))?", service["command"][0])
    assert [verb for verb, _ in started] == ["server", "watch"]
    assert all(verb in verbs for verb, _ in started)


def test_compose_keeps_the_data_in_a_volume_and_opens_the_server_to_this_machine_alone() -> None:
    service = compose()["services"]["broadsheet"]
    assert f"data:{said('VOLUME')[0]}" in service["volumes"]
    assert "data" in compose()["volumes"]
    assert all(port.startswith("127.0.0.1:") for port in service["ports"])
    assert ("BROADSHEET_DATA_DIR=" + said("VOLUME")[0]) in said("ENV")


def compose() -> dict[str, dict[str, object]]:
    return yaml.safe_load((PROJECT / "compose.yaml").read_text("utf-8"))


@pytest.mark.slow
def test_the_image_reads_the_seeds_where_docker_runs() -> None:
    if not shutil.which("docker") or subprocess.run(["docker", "info"], capture_output=True, check=False).returncode:
        pytest.skip("Docker does not run here")
    subprocess.run(["docker", "build", "--tag", "broadsheet-test", "."], cwd=PROJECT, check=True)
    script = "broadsheet run seeds && broadsheet query fastest_growing"
    command = ["docker", "run", "--rm", "--entrypoint", "sh", "broadsheet-test", "-c", script]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "槐荫区" in done.stdout
