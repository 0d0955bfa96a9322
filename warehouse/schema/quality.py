"""Declares the tables about work and trust: runs, checks and what was kept back."""

from __future__ import annotations

from warehouse.schema.columns import Column, Table

SEVERITIES = ("critical", "warning")
SCOPES = ("batch", "document", "row")

RUNS = Table(
    "runs",
    "One row per run of the pipeline.",
    "一行一次运行。",
    ("run_id",),
    (
        Column("run_id", "VARCHAR", "Id of the run", "运行编号"),
        Column("started_at", "TIMESTAMP", "When it began (UTC)", "开始时间（UTC）"),
        Column("ended_at", "TIMESTAMP", "When it ended (UTC)", "结束时间（UTC）", null=True),
        Column("state", "VARCHAR", "How it ended", "结果", values=("completed", "failed", "crashed", "running")),
        Column("pipeline_version", "VARCHAR", "Version of the code", "代码版本"),
        Column("documents_new", "INTEGER", "Pages new or worked on again", "新增或重做的版面数"),
        Column("documents_unchanged", "INTEGER", "Pages left alone", "未变的版面数"),
        Column("documents_rejected", "INTEGER", "Pages that could not be used", "未能使用的版面数"),
        Column("articles", "INTEGER", "Articles loaded", "入库文章数"),
        Column("paragraphs", "INTEGER", "Paragraphs loaded", "入库段落数"),
        Column("mentions", "INTEGER", "Mentions loaded", "入库提及数"),
        Column("metrics", "INTEGER", "Metrics loaded", "入库数字数"),
        Column("findings", "INTEGER", "Findings of the stages", "各阶段的发现数"),
        Column("checks_passed", "INTEGER", "Expectations that held", "通过的检查数"),
        Column("checks_failed", "INTEGER", "Expectations that did not", "未通过的检查数"),
        Column("seconds", "DOUBLE", "How long it took", "用时（秒）"),
        Column("note", "VARCHAR", "What went wrong, in a sentence", "说明", null=True),
    ),
)

CHECKS = Table(
    "checks",
    "One row per expectation and run.",
    "一行一次运行中的一项检查。",
    ("run_id", "batch_id", "table_name", "expectation", "column_name"),
    (
        Column("run_id", "VARCHAR", "The run", "运行编号"),
        Column("batch_id", "VARCHAR", "The batch that was checked", "被检查的批次"),
        Column("table_name", "VARCHAR", "The table", "数据表"),
        Column("expectation", "VARCHAR", "What was expected", "检查项"),
        Column("column_name", "VARCHAR", "The column it is about", "所涉列", null=True),
        Column("severity", "VARCHAR", "critical or warning", "严重程度", values=SEVERITIES),
        Column("scope", "VARCHAR", "What is kept back when it fails", "未通过时的作用范围", values=SCOPES),
        Column("success", "BOOLEAN", "Whether it held", "是否通过"),
        Column("unexpected_count", "BIGINT", "Rows that did not hold", "不符合的行数", null=True),
        Column("observed", "VARCHAR", "What was seen", "实际情况", null=True),
        Column("checked_at", "TIMESTAMP", "When (UTC)", "检查时间（UTC）"),
    ),
)

QUARANTINE = Table(
    "quarantine",
    "One row per row kept back by a failed check.",
    "一行一条被检查扣下的记录。",
    ("quarantine_id",),
    (
        Column("quarantine_id", "VARCHAR", "Stable id", "稳定编号"),
        Column("run_id", "VARCHAR", "The run", "运行编号"),
        Column("document_id", "VARCHAR", "The page it came from", "所在版面", null=True),
        Column("table_name", "VARCHAR", "The table it was meant for", "原应进入的表"),
        Column("row_id", "VARCHAR", "Its key there", "在该表中的编号"),
        Column("reason", "VARCHAR", "The check that failed, in words", "未通过的检查"),
        Column("payload", "JSON", "The row itself", "记录内容"),
        Column("decision", "VARCHAR", "What a person decided", "处理决定", values=("open", "released", "dropped")),
    ),
)

LAKE_BATCHES = Table(
    "lake_batches",
    "One row per batch of the lake that this warehouse holds.",
    "一行一个已装入的数据湖批次。",
    ("batch_id",),
    (
        Column("batch_id", "VARCHAR", "Id of the batch", "批次编号"),
        Column("run_id", "VARCHAR", "The run that made it", "产生它的运行"),
        Column("manifest_sha256", "VARCHAR", "Digest of its manifest", "清单摘要"),
        Column("manifest", "VARCHAR", "The manifest; its sequence is the order of loading", "清单全文，内含装入次序"),
    ),
    home="derived",
)

WAREHOUSE_INFO = Table(
    "warehouse_info",
    "One row per fact about this file: schema version, when it was published.",
    "一行一条关于本文件的信息：结构版本、发布时间。",
    ("name",),
    (
        Column("name", "VARCHAR", "What it is about", "名称"),
        Column("value", "VARCHAR", "Its value", "取值"),
    ),
    home="derived",
)
