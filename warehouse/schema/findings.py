"""Declares the table of what the stages noticed about a page and a person may want to act on."""

from __future__ import annotations

from warehouse.schema.columns import Column, Table

FINDING_LEVELS = ("info", "warning", "error")
FINDING_STAGES = ("stage", "repair", "extract", "second-read")

FINDINGS = Table(
    "findings",
    "One row per thing that a stage noticed about a page, with what to do about it.",
    "一行一处阶段性发现：版面上值得人留意之处，以及应对办法。",
    ("finding_id",),
    (
        Column("finding_id", "VARCHAR", "Stable id", "稳定编号"),
        Column("document_id", "VARCHAR", "The page", "所在版面", references="documents.document_id"),
        Column("line", "INTEGER", "Raw line it was noticed on, from 1", "所在原始行号，从 1 起", null=True),
        Column("stage", "VARCHAR", "The stage that noticed it", "发现它的阶段", values=FINDING_STAGES),
        Column("code", "VARCHAR", "Short stable name, such as layout.disordered", "简短而稳定的代码"),
        Column("level", "VARCHAR", "How much it matters", "轻重", values=FINDING_LEVELS),
        Column("message", "VARCHAR", "What was noticed", "发现了什么"),
        Column("what_to_do", "VARCHAR", "What a person can do", "应对办法"),
        Column(
            "excerpt",
            "VARCHAR",
            "The print it is about, shortened, or what was measured",
            "相关原文（节选）或量度",
            null=True,
        ),
    ),
    per_document=True,
)
