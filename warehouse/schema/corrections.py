"""Declares the tables in which people's judgement stands beside the machine's: corrections and failed rows."""

from __future__ import annotations

from warehouse.schema.columns import Column, Table

CORRECTION_STATUS = ("applied", "no such place", "already so", "refused", "orphaned")

CORRECTIONS = Table(
    "corrections",
    "One row per correction that a person gave, beside the machine's value.",
    "一行一处人工更正，与机器读出的值并列。",
    ("page", "span", "column_name"),
    (
        Column(
            "page", "VARCHAR", "The page as the person named it: document id, file name or source", "更正者所指版面"
        ),
        Column(
            "span",
            "VARCHAR",
            "Where: p12:34-40 (paragraph, characters), p12 or a3 (article)",
            "位置：p12:34-40（段落与字符）、p12 或 a3（文章）",
        ),
        Column("column_name", "VARCHAR", "The column, such as metrics.value", "列名，如 metrics.value"),
        Column("value", "VARCHAR", "The right value; empty where there is none", "正确的值；没有则为空", null=True),
        Column("who", "VARCHAR", "Who says so", "更正者"),
        Column("why", "VARCHAR", "On what grounds", "理由"),
        Column("document_id", "VARCHAR", "The page that was found", "所找到的版面", null=True),
        Column("row_id", "VARCHAR", "Key of the row that was corrected", "被更正记录的编号", null=True),
        Column("machine_value", "VARCHAR", "What the machine had read", "机器读出的值", null=True),
        Column("status", "VARCHAR", "What became of it", "结果", values=CORRECTION_STATUS),
        Column(
            "refusal",
            "VARCHAR",
            "Why it was not made: the expectation that its row would not hold to, or what is gone",
            "未生效的原因：未通过的检查项，或原文已不在",
            null=True,
        ),
        Column("made_at", "TIMESTAMP", "When it was made, UTC", "更正时间（UTC）", null=True),
        Column(
            "printed",
            "VARCHAR",
            "The sentence as it was printed, the figure between « and »",
            "所在原句，数字置于 « » 之间",
            null=True,
        ),
        Column(
            "entity_id",
            "VARCHAR",
            "The entity that the load added to the page for it",
            "为此更正而加入该版面的实体",
            null=True,
        ),
    ),
    home="derived",
)

CHECK_FAILURES = Table(
    "check_failures",
    "One row per row or page that did not hold to an expectation, in a run.",
    "一行一条在某次运行中不符合某项检查的记录或版面。",
    ("failure_id",),
    (
        Column("failure_id", "VARCHAR", "Stable id", "稳定编号"),
        Column("run_id", "VARCHAR", "The run", "运行编号"),
        Column("batch_id", "VARCHAR", "The batch that was checked", "被检查的批次"),
        Column("table_name", "VARCHAR", "The table", "数据表"),
        Column("expectation", "VARCHAR", "What was expected", "检查项"),
        Column("column_name", "VARCHAR", "The column it is about", "所涉列", null=True),
        Column("row_id", "VARCHAR", "Key of the row", "记录编号", null=True),
        Column("document_id", "VARCHAR", "The page it came from", "所在版面", null=True),
        Column("lines", "INTEGER[]", "Raw line numbers it stands on, from 1", "所在原始行号，从 1 起"),
        Column("seen", "VARCHAR", "What was seen", "实际情况", null=True),
    ),
)
