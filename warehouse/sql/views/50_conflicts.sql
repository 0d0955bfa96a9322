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
-- Which groups differ shows in narrow columns; texts and citations are looked up for those few.
with exact as (
    select
        metric_id,
        coalesce(subject_entity_id, subject) as subject_key,
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
        value
    from metric_facts
    where modality = 'actual'
        and qualifier is null
        and value_high is null
        and indicator_name is not null
        and subject is not null
        and coalesce(period_start, period_end) is not null
),
differing as materialized (  -- so that both that read it see the same numbers
    select
        row_number() over () as number,
        *
    from (
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
            list(metric_id order by metric_id) as metric_ids
        from exact
        group by subject_key, indicator_name, measure, comparison, unit, period_start, period_end
        having min(value) < max(value)
    )
    where spread_pct >= 0.5
),
printed as (
    select
        d.number,
        list(distinct f.text) as texts,
        count(distinct f.article_id) as articles,
        list(distinct f.citation) as citations
    from (select number, unnest(metric_ids) as metric_id from differing) d
    join metric_facts f using (metric_id)
    group by d.number
)
select
    d.subject,
    d.region_adcode,
    d.indicator_key,
    d.indicator_name,
    d.measure,
    d.comparison,
    d.unit,
    d.period,
    d.period_start,
    d.period_end,
    d.lowest,
    d.highest,
    d.spread_pct,
    list_sort(p.texts) as texts,
    p.articles,
    list_sort(p.citations) as citations,
    d.metric_ids
from differing d
join printed p using (number)
