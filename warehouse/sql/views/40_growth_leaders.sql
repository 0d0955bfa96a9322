-- zh: 一行一个已实现的百分比增长，按同一指标、比较方式和时期在各主体间排名。
-- en: One row per growth in percent that was reached, ranked among the subjects with the same indicator, comparison and period.
-- 例: 一季度哪个区的工业总产值增长最快？
-- e.g.: Whose industrial output grew fastest in the first quarter?
-- column indicator_name: 指标（规范名称；没有则为原文） | The indicator by its full name, or else in the text's words
-- column growth_pct: 增长（%），下降为负 | Growth in %; a decrease is negative
-- column rank: 在同一指标、比较方式和时期中的名次 | Place among the same indicator, comparison and period
-- column ranked_subjects: 参与排名的主体数 | Subjects that were ranked
-- column other_texts: 对同一增长的其他说法（原文） | What else is printed for this very growth, as printed
-- column region: 地区名称 | Name of the region
-- column citation: 出处：报纸、日期、版次、标题 | Newspaper, date, page and headline, ready to quote
with growths as (
    select *
    from metric_facts
    where measure = 'growth'
        and modality = 'actual'
        and unit = '%'
        and value_high is null
        and indicator_name is not null
        and subject is not null
),
one_each as (
    select
        *,
        list(text) over (
            partition by coalesce(subject_entity_id, subject), indicator_name, comparison, period_start, period_end
        ) as texts
    from growths
    qualify row_number() over (
        partition by coalesce(subject_entity_id, subject), indicator_name, comparison, period_start, period_end
        order by confidence desc, issue_date desc nulls last, metric_id
    ) = 1
)
select
    rank() over (same order by value desc) as rank,
    count(*) over same as ranked_subjects,
    subject,
    subject_entity_id,
    region,
    region_adcode,
    indicator_key,
    indicator_name,
    topic,
    comparison,
    value as growth_pct,
    text,
    list_sort(list_distinct(list_filter(texts, lambda t: t <> text))) as other_texts,
    period,
    period_start,
    period_end,
    confidence,
    status,
    issue_date,
    sentence,
    citation,
    metric_id,
    article_id,
    document_id
from one_each
window same as (partition by indicator_name, comparison, period_start, period_end)
