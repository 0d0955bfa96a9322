"""Declares the tables about names: mentions in the text and the entities they point to."""

from __future__ import annotations

from warehouse.schema.columns import Column, Table

ENTITY_TYPES = ("PER", "ORG", "LOC")

MENTIONS = Table(
    "mentions",
    "One row per named entity in a paragraph.",
    "一行一处人名、机构名或地名。",
    ("mention_id",),
    (
        Column("mention_id", "VARCHAR", "Stable id", "稳定编号"),
        Column("paragraph_id", "VARCHAR", "The paragraph", "所在段落", references="paragraphs.paragraph_id"),
        Column("article_id", "VARCHAR", "The article", "所属文章", null=True, references="articles.article_id"),
        Column("document_id", "VARCHAR", "The page", "所在版面", references="documents.document_id"),
        Column("start_char", "INTEGER", "Offset of the first character, from 0", "首字偏移，从 0 起"),
        Column("end_char", "INTEGER", "Offset after the last character", "末字之后的偏移"),
        Column("text", "VARCHAR", "As printed", "原文"),
        Column(
            "type", "VARCHAR", "Person, organisation or place", "类型：人、机构、地点", values=(*ENTITY_TYPES, "TIME")
        ),
        Column(
            "entity_id",
            "VARCHAR",
            "The thing it names; null for a surname alone (王女士), which many share",
            "所指实体；单独的姓（王女士）为空，因为同姓者多",
            null=True,
            references="entities.entity_id",
        ),
        Column(
            "title", "VARCHAR", "Title of a person beside the name, as printed", "人名旁的职务或身份（原文）", null=True
        ),
    ),
    per_document=True,
)

DOCUMENT_ENTITIES = Table(
    "document_entities",
    "One row per entity and document that names it: the parts that `entities` is added up from.",
    "一行一个实体在一个版面上的出现：`entities` 由此汇总。",
    ("document_id", "entity_id"),
    (
        Column("document_id", "VARCHAR", "The page", "所在版面", references="documents.document_id"),
        Column("entity_id", "VARCHAR", "The entity", "实体"),
        Column("type", "VARCHAR", "Person, organisation or place", "类型", values=ENTITY_TYPES),
        Column("name", "VARCHAR", "Fullest form on this page", "本版面上的最全名称"),
        Column("adcode", "VARCHAR", "GB/T 2260 code of a division", "行政区划代码", null=True),
        Column("scope", "VARCHAR", "Tells namesakes apart", "区分同名者的范围"),
        Column("mention_count", "INTEGER", "Mentions on this page", "本版面提及次数"),
    ),
    per_document=True,
)

ENTITIES = Table(
    "entities",
    "One row per thing that mentions point to.",
    "一行一个实体：被提及的人、机构或地点。",
    ("entity_id",),
    (
        Column("entity_id", "VARCHAR", "Stable id; of a division its adcode", "稳定编号；行政区划即其代码"),
        Column("type", "VARCHAR", "Person, organisation or place", "类型", values=ENTITY_TYPES),
        Column("name", "VARCHAR", "Fullest form seen", "见过的最全名称"),
        Column(
            "adcode", "VARCHAR", "GB/T 2260 code of an administrative division", "行政区划代码（GB/T 2260）", null=True
        ),
        Column(
            "scope",
            "VARCHAR",
            "The page's city or the organisation in the title; empty where the name is enough",
            "版面所在城市或职务中的机构；名称已足够时为空",
        ),
        Column("mention_count", "BIGINT", "Mentions in loaded documents", "在已入库版面中的提及次数"),
        Column("first_seen", "DATE", "Earliest issue date", "最早见报日期", null=True),
        Column("last_seen", "DATE", "Latest issue date", "最近见报日期", null=True),
    ),
    home="derived",
)

DIVISIONS = Table(
    "divisions",
    "One row per administrative division of China, former ones too.",
    "一行一个行政区划，含历史区划。",
    ("adcode", "name"),
    (
        Column("adcode", "VARCHAR", "GB/T 2260 code", "行政区划代码"),
        Column("name", "VARCHAR", "Name (槐荫区)", "名称"),
        Column("full_name", "VARCHAR", "Name with those above it (山东省济南市槐荫区)", "全称"),
        Column("level", "VARCHAR", "province, city or county", "级别", values=("province", "city", "county")),
        Column("parent_adcode", "VARCHAR", "The division above", "上级区划代码", null=True),
        Column("valid_from", "DATE", "First day, where it is known", "设立日期", null=True),
        Column("valid_to", "DATE", "Last day of a former division", "撤销日期", null=True),
        Column("successor", "VARCHAR", "Code of the division that holds its seat today", "今所属区划的代码", null=True),
    ),
    home="derived",
)
