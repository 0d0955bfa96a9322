"""The server for AI assistants, asked by the real client of its protocol over standard input and output."""

from __future__ import annotations

import asyncio
import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.conftest import PROJECT
from tests.warehouse.small import build

ASKED: tuple[tuple[str, dict[str, Any]], ...] = (
    ("search", {"text": "冷链物流"}),
    ("figures", {"words": ["工业总产值"], "modality": "actual"}),
    ("query", {"sql": "select subject, value from metric_facts where text = $t", "parameters": {"t": "16.6%"}}),
    ("query", {"sql": "drop table metrics"}),
    ("query", {"sql": "from read_text('/etc/passwd')"}),
    ("show", {"what": "槐荫区工业开门红"}),
    ("trace", {"what": "d1.p1"}),
    ("schema", {"name": "metrics"}),
    ("show", {"what": "月球"}),
)


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """One session with all questions: the names of the tools, and the answers in order."""
    data = tmp_path_factory.mktemp("assisted")
    build(data / "warehouse.duckdb")
    return asyncio.run(_asked(data))


async def _asked(data: Path) -> dict[str, Any]:
    from mcp import ClientSession, StdioServerParameters
    from mcp.client.stdio import stdio_client

    server = StdioServerParameters(
        command=sys.executable,
        args=["-c", "from flows.cli import main; main()", "mcp", "--data-dir", str(data)],
        env=dict(os.environ) | {"PYTHONPATH": str(PROJECT)},
        cwd=str(PROJECT),
    )
    async with stdio_client(server) as (read, write), ClientSession(read, write) as session:
        hello = await session.initialize()
        listed = await session.list_tools()
        told = [json.loads((await session.call_tool(name, given)).content[0].text) for name, given in ASKED]
    return {"instructions": hello.instructions, "tools": listed.tools, "told": told}


def test_the_tools_only_read(answers: dict[str, Any]) -> None:
    assert {tool.name for tool in answers["tools"]} == {"search", "figures", "query", "show", "trace", "schema"}
    assert all(tool.annotations.read_only_hint for tool in answers["tools"])
    assert "confidence" in answers["instructions"]


def test_every_answer_says_where_it_stands_how_sure_it_is_and_what_nobody_checked(answers: dict[str, Any]) -> None:
    search, figures, query, _, _, show, trace, schema, _ = answers["told"]
    assert search["rows"][0]["place"] == "p/1.txt:1"
    assert [row["text"] for row in figures["rows"]] == ["46亿元", "8.5%", "45.3亿元", "16.6%"]
    assert {"place", "confidence", "sentence", "citation"} <= figures["rows"][0].keys()
    assert query["rows"] == [{"subject": "槐荫区", "value": 16.6}]
    assert show["citation"] == "济南日报 2023-04-24 03版《槐荫区工业开门红》"
    assert [figure["text"] for figure in show["figures"]] == ["45.3亿元", "16.6%"]
    assert trace["lines"] == [1]
    assert {"name": "value", "type": "DOUBLE"}.items() <= next(
        c for c in schema["columns"] if c["name"] == "value"
    ).items()
    for told in (search, figures, query, show, trace):
        assert "was not checked" in told["not_checked"]


def test_a_wrong_question_is_answered_with_the_sentence_that_mends_it(answers: dict[str, Any]) -> None:
    assert "only reads" in answers["told"][3]["error"]
    assert "no files" in answers["told"][4]["error"]
    assert "月球" in answers["told"][8]["error"]
