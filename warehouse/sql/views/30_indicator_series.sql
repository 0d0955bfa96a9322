-- zh: 一行一个主体、指标、单位、时期的已完成数值；同比与水平并列，并注明多少篇文章一致。
-- en: One row per subject, indicator, unit and period, of figures reached: the level and beside it the yearly growth where both are printed, and how many articles agree.
-- 例: 济南市地区生产总值历期是多少，同比增长多少，几篇报道一致？
-- e.g.: How did 济南市's GDP go from period to period, with its growth, and how many reports agree?
-- column indicator_name: 指标（规范名称；没有则为原文） | The indicator by its full name, or else in the text's words
-- column level: 数值（以 unit 计，取最多文章所印者） | The level in `unit`, as most articles print it
-- column articles: 报道该数值的文章数 | Articles that print a level
-- column articles_agreeing: 与所取数值一致的文章数 | Articles that print this very level
-- column other_texts: 对同一数值的其他说法（原文） | What else is printed for this very level, as printed
-- column yoy_pct: 同比增长（%） | Growth against the same period a year before, in %
-- column other_yoy_texts: 对同比的其他说法（原文） | What else is printed for this very growth, as printed
-- column yoy_articles: 报道该同比的文章数 | Articles that print the growth
-- column metric_id: 所取数值的编号 | Id of the level, or of the growth where no level is printed
-- column confidence: 所取数值的可信度 | Confidence of the figure taken
with reached as (
    select
        metric_id,
        text,
        coalesce(subject_entity_id, subject) as subject_key,
        subject,
        subject_entity_id,
        region_adcode,
        indicator_key,
        indicator_name,
        topic,
        measure,
        comparison,
        unit,
        value,
        period,
        period_start,
        period_end,
        confidence,
        article_id
    from metric_facts
    where modality = 'actual'
        and value_high is null
        and indicator_name is not null
        and coalesce(subject_entity_id, subject) is not null
        and coalesce(period_start, period_end) is not null
),
candidates as (
    select
        subject_key,
        indicator_name,
        period_start,
        period_end,
        measure,
        unit,
        value,
        count(distinct article_id) as articles,
        max(confidence) as confidence,
        arg_max(metric_id, confidence) as metric_id,
        arg_max(text, confidence) as text,
        min(subject) as subject,
        min(subject_entity_id) as subject_entity_id,
        min(region_adcode) as region_adcode,
        min(indicator_key) as indicator_key,
        min(topic) as topic,
        min(period) as period
    from reached
    where measure = 'level' or (measure = 'growth' and comparison = 'yoy' and unit = '%')
    group by subject_key, indicator_name, period_start, period_end, measure, unit, value
),
placed as (
    select
        *,
        row_number() over (
            partition by subject_key, indicator_name, period_start, period_end, measure, unit
            order by articles desc, confidence desc, value desc
        ) as place
    from candidates
),
said as (
    select
        min(metric_id) filter (where place = 1) as metric_id,
        sum(articles) as articles_in_all,
        list(text) as texts
    from placed
    group by subject_key, indicator_name, period_start, period_end, measure, unit
),
taken as (select * from candidates join said using (metric_id)),
levels as (select * from taken where measure = 'level'),
growths as (select * from taken where measure = 'growth')
select
    coalesce(l.subject, g.subject) as subject,
    coalesce(l.subject_entity_id, g.subject_entity_id) as subject_entity_id,
    coalesce(l.region_adcode, g.region_adcode) as region_adcode,
    coalesce(l.indicator_key, g.indicator_key) as indicator_key,
    coalesce(l.indicator_name, g.indicator_name) as indicator_name,
    coalesce(l.topic, g.topic) as topic,
    coalesce(l.period, g.period) as period,
    coalesce(l.period_start, g.period_start) as period_start,
    coalesce(l.period_end, g.period_end) as period_end,
    l.unit,
    l.value as level,
    l.articles_in_all::bigint as articles,
    l.articles as articles_agreeing,
    list_sort(list_filter(l.texts, lambda t: t <> l.text)) as other_texts,
    g.value as yoy_pct,
    g.articles as yoy_articles,
    list_sort(list_filter(g.texts, lambda t: t <> g.text)) as other_yoy_texts,
    coalesce(l.confidence, g.confidence) as confidence,
    coalesce(l.metric_id, g.metric_id) as metric_id
from levels l
full join growths g
    on l.subject_key = g.subject_key
    and l.indicator_name = g.indicator_name
    and l.period_start is not distinct from g.period_start
    and l.period_end is not distinct from g.period_end
