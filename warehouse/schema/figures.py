"""Declares the tables about figures: metrics and the units they are in."""

from __future__ import annotations

from warehouse.schema.columns import Column, Table
from warehouse.schema.kinds import Comparison, Measure, Modality

MEASURES = tuple(kind.value for kind in Measure)
COMPARISONS = tuple(kind.value for kind in Comparison)
MODALITIES = tuple(kind.value for kind in Modality)
QUALIFIERS = ("about", "over", "nearly", "under", "at_least")
FIGURE_STATUS = ("machine", "accepted", "corrected", "added", "rejected", "second-read")
SECOND_OPINIONS = ("agrees", "differs", "no figure", "not said", "dropped", "taken")
CHECKED = ("accepted", "corrected", "added")
"""Status of a figure that a person looked at and let stand."""

METRICS = Table(
    "metrics",
    "One row per quantity in a paragraph, with what the text says about it.",
    "一行一个数字及其含义：谁、什么指标、何时、增减、完成或计划。",
    ("metric_id",),
    (
        Column("metric_id", "VARCHAR", "Stable id", "稳定编号"),
        Column("paragraph_id", "VARCHAR", "The paragraph", "所在段落", references="paragraphs.paragraph_id"),
        Column("article_id", "VARCHAR", "The article", "所属文章", null=True, references="articles.article_id"),
        Column("document_id", "VARCHAR", "The page", "所在版面", references="documents.document_id"),
        Column("start_char", "INTEGER", "Offset of the first character, from 0", "首字偏移，从 0 起"),
        Column("end_char", "INTEGER", "Offset after the last character", "末字之后的偏移"),
        Column("text", "VARCHAR", "The number with magnitude and unit, as printed", "原文数字（含数量级与单位）"),
        Column("value", "DOUBLE", "Value in `unit`; a decrease is negative", "以 unit 计的数值；下降为负"),
        Column("value_high", "DOUBLE", "Upper end of a range", "区间上限", null=True),
        Column("unit", "VARCHAR", "Printed unit, spelling folded, never converted", "原文单位（写法已统一，不换算）"),
        Column("value_base", "DOUBLE", "Value in `unit_base`, where a conversion is exact", "换算后的数值", null=True),
        Column("unit_base", "VARCHAR", "Base unit (米, 平方米, 千克)", "基准单位", null=True),
        Column("dimension", "VARCHAR", "money, count, percent, area, …", "量纲：金额、计数、百分比、面积等"),
        Column(
            "measure",
            "VARCHAR",
            "Level, growth, share, contribution or rank",
            "性质：水平、增长、占比、贡献、名次",
            values=MEASURES,
        ),
        Column(
            "comparison",
            "VARCHAR",
            "Of growth: against what",
            "增长的比较对象：同比、环比、较年初、较前期",
            null=True,
            values=COMPARISONS,
        ),
        Column("indicator", "VARCHAR", "The thing measured, in the text's words", "指标（原文用语）", null=True),
        Column("indicator_key", "VARCHAR", "The same indicator under its many names", "统一后的指标名", null=True),
        Column("topic", "VARCHAR", "Field of the indicator", "领域", null=True),
        Column("subject", "VARCHAR", "Whose figure it is", "主体：谁的数字", null=True),
        Column(
            "subject_entity_id",
            "VARCHAR",
            "The subject as an entity",
            "主体对应的实体",
            null=True,
            references="entities.entity_id",
        ),
        Column(
            "region_adcode",
            "VARCHAR",
            "Division that the subject is or lies in",
            "主体或其所在的行政区划代码",
            null=True,
        ),
        Column("period", "VARCHAR", "The governing time expression, as printed", "时间表述（原文）", null=True),
        Column("period_start", "DATE", "First day of the period", "起始日期", null=True),
        Column("period_end", "DATE", "Last day of the period", "截止日期", null=True),
        Column("modality", "VARCHAR", "Done, targeted or planned", "已完成、目标或计划", values=MODALITIES),
        Column(
            "qualifier",
            "VARCHAR",
            "How exact the number is",
            "约数：约、超、近、不足、不低于",
            null=True,
            values=QUALIFIERS,
        ),
        Column("sentence", "VARCHAR", "The sentence it stands in", "所在句子"),
        Column("confidence", "DOUBLE", "0 to 1, calibrated for the whole fact", "整条事实正确的概率，0 到 1"),
        Column("confidence_indicator", "DOUBLE", "The same for its indicator alone", "指标正确的概率", null=True),
        Column("confidence_subject", "DOUBLE", "The same for its subject alone", "主体正确的概率", null=True),
        Column("confidence_period", "DOUBLE", "The same for its period alone", "时期正确的概率", null=True),
        Column("confidence_modality", "DOUBLE", "The same for its modality alone", "语气正确的概率", null=True),
        Column("doubts", "VARCHAR[]", "What speaks against it, in words", "存疑之处", null=True),
        Column(
            "reasons",
            "VARCHAR[]",
            "Who read each field, by which rule, and how likely it is",
            "各字段由谁、依哪条规则读出，把握几何",
            null=True,
        ),
        Column(
            "status",
            "VARCHAR",
            "Who answers for it: the machine, or a person who accepted, corrected, added or rejected it; second-read: "
            "the machine, with fields that several answers of a second reader agreed on",
            "由谁负责：机器，或由人确认、更正、补充、剔除；second-read 为机器采用了第二读者一致的读法",
            null=True,
            values=FIGURE_STATUS,
        ),
        Column("checked_by", "VARCHAR", "Who checked it last", "最后核对者", null=True),
        Column("checked_at", "TIMESTAMP", "When it was checked, UTC", "核对时间（UTC）", null=True),
        Column(
            "confidence_shipped",
            "DOUBLE",
            "Its confidence before `broadsheet learn` set it right by your checked figures; empty without",
            "以本地核对结果校准（broadsheet learn）之前的可信度；未校准则为空",
            null=True,
        ),
        *(
            Column(
                f"confidence_{name}_shipped", "DOUBLE", f"The same for its {name} alone", f"{zh}，校准之前", null=True
            )
            for name, zh in (("indicator", "指标"), ("subject", "主体"), ("period", "时期"), ("modality", "语气"))
        ),
        Column(
            "second_reader",
            "VARCHAR",
            "Who read it a second time: the names of the language models; empty where none did",
            "由哪些语言模型读过第二遍；没有则为空",
            null=True,
        ),
        Column(
            "second_reading",
            "VARCHAR",
            "What they say to our reading: agrees, differs, no figure, not said, dropped; taken: theirs stands here",
            "第二读者的意见：一致、不同、非数字、原文未说、未采用；taken 为已采用其读法",
            null=True,
            values=SECOND_OPINIONS,
        ),
    ),
    per_document=True,
)

MACHINE_METRICS = Table(
    "machine_metrics",
    "One row per figure that a person checked, as the machine had read it.",
    "一行一个经人核对的数字，保留机器原来的读法。",
    ("metric_id",),
    METRICS.columns,
    home="derived",
)

UNITS = Table(
    "units",
    "One row per spelling of a unit that we read.",
    "一行一种单位写法。",
    ("surface",),
    (
        Column("surface", "VARCHAR", "As printed (㎡, 名)", "原文写法"),
        Column("unit", "VARCHAR", "Folded unit (平方米, 人)", "统一单位"),
        Column("dimension", "VARCHAR", "money, count, area, …", "量纲"),
        Column("unit_base", "VARCHAR", "Base unit, where a conversion is exact", "基准单位", null=True),
        Column("factor", "DOUBLE", "One unit in base units", "换算系数", null=True),
    ),
    home="derived",
)

INDICATORS = Table(
    "indicators",
    "One row per indicator that goes by several names.",
    "一行一个有多种叫法的指标。",
    ("indicator_key",),
    (
        Column("indicator_key", "VARCHAR", "Its key, as in `metrics`", "统一键，与 metrics 相同"),
        Column("name", "VARCHAR", "Its full name", "规范名称"),
        Column("aliases", "VARCHAR[]", "Its other names", "其他叫法"),
        Column("topic", "VARCHAR", "Its field", "领域"),
        Column("unit", "VARCHAR", "Unit it is usually given in", "常用单位", null=True),
    ),
    home="derived",
)
