-- zh: 一行一个数字，附文章标题、报纸、版次、日期、地区和可直接引用的出处；被人剔除的不在内。
-- en: One row per figure, with the headline, newspaper, page, date and region, and a citation ready to quote; without those that a person rejected.
-- 例: 槐荫区一季度工业总产值是多少，哪家报纸说的？
-- e.g.: What was 槐荫区's industrial output in the first quarter, and which newspaper says so?
-- column indicator_name: 指标（规范名称；没有则为原文） | The indicator by its full name, or else in the text's words
-- column headline: 文章主标题 | Headline of the article
-- column region: 地区名称 | Name of the region
-- column region_full: 地区全称 | Name of the region with those above it
-- column citation: 出处：报纸、日期、版次、标题 | Newspaper, date, page and headline, ready to quote
select
    m.metric_id,
    m.text,
    m.value,
    m.value_high,
    m.unit,
    m.value_base,
    m.unit_base,
    m.dimension,
    m.measure,
    m.comparison,
    m.indicator,
    m.indicator_key,
    coalesce(i.name, m.indicator) as indicator_name,
    m.topic,
    m.subject,
    m.subject_entity_id,
    m.region_adcode,
    r.region,
    r.region_full,
    m.period,
    m.period_start,
    m.period_end,
    m.modality,
    m.qualifier,
    m.sentence,
    m.confidence,
    m.status,
    m.checked_by,
    m.checked_at,
    m.second_reader,
    m.second_reading,
    a.headline,
    d.publisher,
    d.page_label,
    d.page_title,
    d.issue_date,
    d.issue_date_precision,
    citation(d.publisher, d.file_name, d.issue_date, d.issue_date_precision, d.page_label, a.headline) as citation,
    d.source_uri,
    m.start_char,
    m.end_char,
    m.paragraph_id,
    m.article_id,
    m.document_id
from metrics m
join documents d using (document_id)
left join articles a using (article_id)
left join indicators i using (indicator_key)
left join regions r using (region_adcode)
where m.status is distinct from 'rejected'
