"""The report's queries lie one a file; each is used, and says in its first line what it gives."""

from __future__ import annotations

import re

from tests.conftest import PROJECT

REPORT = PROJECT / "warehouse" / "report"


def test_every_query_of_the_report_is_used_and_explained():
    code = "".join(path.read_text("utf-8") for path in REPORT.glob("*.py"))
    files = {path.stem: path.read_text("utf-8") for path in (PROJECT / "warehouse" / "sql" / "report").glob("*.sql")}
    assert [name for name in files if f'"{name}"' not in code] == []
    assert [name for name, text in files.items() if not re.match(r"-- [A-Z].*\.\n", text)] == []
