-- zh: 一行一处矛盾：同一主体、指标、时期，报道的确切数值却不同（四舍五入之差不算）。
-- en: One row per contradiction: the same subject, indicator and period, yet different exact values (rounding is none).
-- 例: 哪些数字各报说法不一？
-- e.g.: Which figures do the newspapers not agree on?
-- column indicator_name: 指标（规范名称；没有则为原文） | The indicator by its full name, or else in the text's words
-- column lowest: 最低的数值 | Lowest value printed
-- column highest: 最高的数值 | Highest value printed
-- column spread_pct: 高低相差，占较大绝对值的百分比 | How far apart they lie, in % of the larger one
-- column texts: 各数值的原文 | The values as printed
-- column articles: 涉及的文章数 | Articles concerned
-- column citations: 各出处 | Where they were printed
-- column metric_ids: 各数字的编号 | Ids of the figures
with exact as (
    select
        *,
        coalesce(subject_entity_id, subject) as subject_key
    from metric_facts
    where modality = 'actual'
        and qualifier is null
        and value_high is null
        and indicator_name is not null
        and subject is not null
        and coalesce(period_start, period_end) is not null
),
compared as (  -- lists first, their distinct values for the few groups that differ: half the time of distinct aggregates
    select
        min(subject) as subject,
        min(region_adcode) as region_adcode,
        min(indicator_key) as indicator_key,
        indicator_name,
        measure,
        comparison,
        unit,
        min(period) as period,
        period_start,
        period_end,
        min(value) as lowest,
        max(value) as highest,
        round(100 * (max(value) - min(value)) / nullif(greatest(abs(max(value)), abs(min(value))), 0), 1) as spread_pct,
        list(text) as texts,
        list(article_id) as article_ids,
        list(citation) as citations,
        list(metric_id order by metric_id) as metric_ids
    from exact
    group by subject_key, indicator_name, measure, comparison, unit, period_start, period_end
    having min(value) < max(value)
)
select
    subject,
    region_adcode,
    indicator_key,
    indicator_name,
    measure,
    comparison,
    unit,
    period,
    period_start,
    period_end,
    lowest,
    highest,
    spread_pct,
    list_sort(list_distinct(texts)) as texts,
    len(list_distinct(article_ids)) as articles,
    list_sort(list_distinct(citations)) as citations,
    metric_ids
from compared
where spread_pct >= 0.5
