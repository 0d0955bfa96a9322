"""Declares the tables about pages: documents and the names they came under."""

from __future__ import annotations

from warehouse.schema.columns import Column, Table

DOCUMENT_STATUS = ("loaded", "rejected", "superseded", "forgotten")

DOCUMENTS = Table(
    "documents",
    "One row per source and content: a page of a newspaper.",
    "一行一份来源内容：报纸的一个版面。",
    ("document_id",),
    (
        Column(
            "document_id", "VARCHAR", "Stable id, from the SHA-256 of the raw bytes", "稳定编号，取自原始字节的 SHA-256"
        ),
        Column(
            "source_key",
            "VARCHAR",
            "What makes two versions the same page: the absolute, normalised path or URL",
            "同一版面不同版本的共同标识：规范化的绝对路径或网址",
        ),
        Column("source_uri", "VARCHAR", "Where it came from, as the user gave it", "用户给出的来源"),
        Column("file_name", "VARCHAR", "Last part of the source", "来源的文件名"),
        Column("byte_size", "BIGINT", "Bytes of the raw file", "原始文件字节数", null=True),
        Column("char_count", "BIGINT", "Characters of the decoded file", "解码后的字符数", null=True),
        Column("line_count", "BIGINT", "Lines of the decoded file", "解码后的行数", null=True),
        Column(
            "printed_characters",
            "VARCHAR",
            "Number and digest, in any order, of the characters that are no white space; repair must keep it",
            "非空白字符的数目与（不计次序的）摘要；修复前后必须一致",
            null=True,
        ),
        Column("encoding", "VARCHAR", "Encoding it was decoded with", "解码所用编码", null=True),
        Column(
            "script",
            "VARCHAR",
            "Script it is printed in: simplified, traditional, or both",
            "所用字体：简体、繁体或两者混用",
            null=True,
            values=("hans", "hant", "mixed"),
        ),
        Column("publisher", "VARCHAR", "The newspaper", "报纸名称", null=True),
        Column("page_label", "VARCHAR", "Label of the page (03版, A2)", "版次（03版、A2）", null=True),
        Column("page_title", "VARCHAR", "Name of the page (要闻)", "版名（要闻）", null=True),
        Column("source_url", "VARCHAR", "Where it was published", "发布网址", null=True),
        Column("page_number", "INTEGER", "Number of the page in a file of several", "在多页文件中的页码", null=True),
        Column(
            "file_kind",
            "VARCHAR",
            "What the file is by its content: text, pdf, html, docx; of a rejected one also image, zip and others",
            "按内容判断的文件类型：text、pdf、html、docx；未入库的还有 image、zip 等",
            null=True,
        ),
        Column("issue_date", "DATE", "Day of publication, best knowledge", "出版日期，以现有最可靠依据为准", null=True),
        Column(
            "issue_date_precision",
            "VARCHAR",
            "How exact the issue date is",
            "出版日期的精度",
            null=True,
            values=("day", "month", "year"),
        ),
        Column(
            "issue_date_source",
            "VARCHAR",
            "What the issue date rests on, in order of trust",
            "出版日期的依据（按可信度排列）",
            null=True,
            values=("option", "sidecar", "filename", "text"),
        ),
        Column("status", "VARCHAR", "Whether the page is in the tables", "版面状态", values=DOCUMENT_STATUS),
        Column("reason", "VARCHAR", "Why it is not loaded, in words to act on", "未入库的原因", null=True),
        Column(
            "input_fingerprint",
            "VARCHAR",
            "Digest of everything the result depends on; the page is worked on again when it changes",
            "结果所依赖的一切输入的摘要；变了就重新处理",
        ),
        Column("pipeline_version", "VARCHAR", "Version of the code that extracted it", "提取所用代码版本"),
        Column("run_id", "VARCHAR", "The run that last wrote the row", "最后写入本行的运行"),
        Column("loaded_at", "TIMESTAMP", "When it was last written (UTC)", "最后写入时间（UTC）"),
    ),
)

DOCUMENT_SOURCES = Table(
    "document_sources",
    "One row per name under which a document's bytes were seen.",
    "一行一个来源名称：同样的内容可有多个名称。",
    ("document_id", "source_key"),
    (
        Column("document_id", "VARCHAR", "The document", "所属文档", references="documents.document_id"),
        Column("source_key", "VARCHAR", "Absolute, normalised path or URL", "规范化的绝对路径或网址"),
        Column("source_uri", "VARCHAR", "As the user gave it", "用户给出的来源"),
        Column("first_seen", "TIMESTAMP", "When the name was first seen (UTC)", "首次见到的时间（UTC）"),
        Column("is_current", "BOOLEAN", "Whether this source holds these bytes now", "该来源当前是否为此内容"),
    ),
)
