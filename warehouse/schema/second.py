"""Declares the tables of what a second reader, a language model, said of figures in doubt."""

from __future__ import annotations

from warehouse.schema.columns import Column, Table
from warehouse.schema.figures import COMPARISONS, MEASURES, METRICS, MODALITIES

SECOND_VERDICTS = ("agrees", "differs", "no figure", "not said", "dropped", "no such place")
"""What an answer is to our reading: the same; another one; it holds the figure for none; the text does not say; it was
not to be used; the text it is about is not there any more."""

SECOND_READINGS = Table(
    "second_readings",
    "One row per answer of a second reader about a figure, with what of it stands in the text and what it is to ours.",
    "一行一条第二读者（语言模型）对某个数字的回答：哪些出自原文、与我们的读法是否一致。",
    ("answer_id", "number"),
    (
        Column(
            "answer_id", "VARCHAR", "Digest of text, question, model and parameters", "原文、问题、模型与参数的摘要"
        ),
        Column("number", "INTEGER", "Number of the figure in the question", "该数字在问题中的序号"),
        Column("question_id", "VARCHAR", "Digest of text and question", "原文与问题的摘要"),
        Column("metric_id", "VARCHAR", "The figure that was found for it", "所对应的数字", null=True),
        Column("document_id", "VARCHAR", "The page", "所在版面"),
        Column("paragraph_id", "VARCHAR", "The paragraph when it was asked", "提问时的段落"),
        Column("text_digest", "VARCHAR", "SHA-256 of the paragraph's text", "段落文字的摘要"),
        Column("start_char", "INTEGER", "Offset of the figure's first character", "首字偏移"),
        Column("end_char", "INTEGER", "Offset after its last", "末字之后的偏移"),
        Column("text", "VARCHAR", "The figure as printed", "原文数字"),
        Column("model", "VARCHAR", "Who answered: the model as it names itself", "作答的模型"),
        Column("prompt", "VARCHAR", "Name of the question's wording", "提问文本的版本"),
        Column(
            "order_number", "INTEGER", "In which order the figures were put to it, from 1", "数字的排列方式，从 1 起"
        ),
        Column("answered_at", "TIMESTAMP", "When it answered, UTC", "作答时间（UTC）"),
        Column("verdict", "VARCHAR", "What the answer is to our reading", "与我们读法的关系", values=SECOND_VERDICTS),
        Column("measure", "VARCHAR", "Its kind, as answered", "所答性质", null=True, values=MEASURES),
        Column(
            "comparison", "VARCHAR", "Compared with what, as answered", "所答比较对象", null=True, values=COMPARISONS
        ),
        Column("indicator", "VARCHAR", "Indicator, as answered and printed", "所答指标（出自原文）", null=True),
        Column("subject", "VARCHAR", "Whose, as answered and printed", "所答主体（出自原文）", null=True),
        Column("period", "VARCHAR", "Time, as answered and printed", "所答时期（出自原文）", null=True),
        Column("period_start", "DATE", "First day of it, by our own reading", "起始日期（由程序推算）", null=True),
        Column("period_end", "DATE", "Last day of it, by our own reading", "截止日期（由程序推算）", null=True),
        Column("modality", "VARCHAR", "Done or planned, as answered", "所答完成或计划", null=True, values=MODALITIES),
        Column("agreed", "VARCHAR[]", "Fields that it reads as we do", "与我们一致的字段"),
        Column("differing", "VARCHAR[]", "Fields that it reads otherwise", "与我们不同的字段"),
        Column("unsaid", "VARCHAR[]", "Fields of ours that the text does not tell it", "它认为原文未说的字段"),
        Column("dropped", "VARCHAR[]", "Fields not to be used, with the reason", "未采用的字段及原因"),
        Column("taken", "VARCHAR[]", "Fields that were taken from it", "已采用的字段", null=True),
        Column(
            "entity_id",
            "VARCHAR",
            "The entity that the load added for a taken subject",
            "为所采用主体加入的实体",
            null=True,
        ),
    ),
    home="derived",
)

FIRST_READINGS = Table(
    "first_readings",
    "One row per figure that a second reader read, as it stood before.",
    "一行一个经第二读者读过的数字，保留此前的读法。",
    ("metric_id",),
    METRICS.columns,
    home="derived",
)
