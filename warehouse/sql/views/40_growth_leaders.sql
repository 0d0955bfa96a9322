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
-- The rank needs few and narrow columns, the sentence and the citation come last, for the rows that are left: a window
-- keeps all its rows in memory.
with growths as (
    select
        metric_id,
        coalesce(subject_entity_id, subject) as subject_key,
        indicator_name,
        comparison,
        period_start,
        period_end,
        text,
        value,
        row_number() over (
            partition by subject_key, indicator_name, comparison, period_start, period_end
            order by confidence desc, issue_date desc nulls last, metric_id
        ) as place
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
        indicator_name,
        comparison,
        period_start,
        period_end,
        min(metric_id) filter (where place = 1) as metric_id,
        min(value) filter (where place = 1) as value,
        list(distinct text) as texts
    from growths
    group by subject_key, indicator_name, comparison, period_start, period_end
),
ranked as (
    select
        metric_id,
        texts,
        rank() over (same order by value desc) as rank,
        count(*) over same as ranked_subjects
    from one_each
    window same as (partition by indicator_name, comparison, period_start, period_end)
)
select
    r.rank,
    r.ranked_subjects,
    f.subject,
    f.subject_entity_id,
    f.region,
    f.region_adcode,
    f.indicator_key,
    f.indicator_name,
    f.topic,
    f.comparison,
    f.value as growth_pct,
    f.text,
    list_sort(list_filter(r.texts, lambda t: t <> f.text)) as other_texts,
    f.period,
    f.period_start,
    f.period_end,
    f.confidence,
    f.status,
    f.issue_date,
    f.sentence,
    f.citation,
    f.metric_id,
    f.article_id,
    f.document_id
from ranked r
join metric_facts f using (metric_id)
