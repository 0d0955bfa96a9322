-- zh: 一行一处算不拢：同比与两期数值不符，增量与增幅不符，各产业、各区县之和与总数不符，部分大于整体，占比超过 100%。已计入四舍五入。
-- en: One row per place where printed figures do not add up: growth against two levels, an amount against its percentage, parts against their sum, a part above its whole, a share above 100 %. Rounding is allowed for.
-- 例: 哪些数字自相矛盾、算不拢？
-- e.g.: Which printed figures do not add up?
-- column kind: 何处不符：growth 同比与两期数值、amount 增量与增幅、sum 各部分之和、part 部分大于整体、share 占比 | growth, amount, sum, part or share
-- column region_adcode: 行政区划代码 | Code of the division
-- column indicator_name: 指标（规范名称；没有则为原文） | The indicator by its full name, or else in the text's words
-- column printed: 所印数值 | The value as printed
-- column reckoned: 由其余数字推算的数值 | What the other figures make it
-- column reckoning: 算式 | How it is reckoned
-- column texts: 所涉数字的原文 | The figures concerned, as printed
-- column citations: 各出处 | Where they were printed
-- column metric_ids: 各数字的编号 | Ids of the figures
-- column confidence: 所取数值的可信度 | Confidence of the figure taken
-- Sentences and citations are wide and most figures add up: only those that do not are looked up at the end.
with told as (
    select
        metric_id,
        paragraph_id,
        start_char,
        end_char,
        text,
        value,
        unit,
        dimension,
        measure,
        comparison,
        indicator_name,
        subject,
        subject_entity_id,
        coalesce(subject_entity_id, subject) as subject_key,
        region_adcode,
        period,
        period_start,
        period_end,
        confidence,
        half_digit(text, value) as half
    from metric_facts
    where modality = 'actual'
        and qualifier is null
        and value_high is null
        and indicator_name is not null
),
-- One value a subject, indicator, period and kind: where several are printed, `conflicts` tells.
surest as (
    select metric_id
    from told
    where subject_key is not null and period_start is not null and period_end is not null
    qualify row_number() over (
        partition by subject_key, indicator_name, period_start, period_end, measure, comparison, unit
        order by confidence desc, metric_id
    ) = 1
),
single as (select * from told semi join surest using (metric_id)),
levels as (select * from single where measure = 'level'),
growths as (select * from single where measure = 'growth' and comparison = 'yoy' and unit = '%'),
amounts as (select * from single where measure = 'growth' and comparison = 'yoy' and unit <> '%'),
two_levels as (
    select
        'growth' as kind,
        g.subject,
        g.region_adcode,
        g.indicator_name,
        g.period,
        g.period_start,
        g.period_end,
        g.text as printed,
        round(100 * (l.value / b.value - 1), 2) as reckoned,
        '%' as unit,
        concat(l.text, ' ÷ ', b.text, ' − 1') as reckoning,
        [g.text, l.text, b.text] as texts,
        [g.metric_id, l.metric_id, b.metric_id] as metric_ids,
        least(g.confidence, l.confidence, b.confidence) as confidence,
        -- Growth of output is reckoned at constant prices, levels at those of the day.
        g.half + if(contains(g.indicator_name, '生产总值') or contains(g.indicator_name, '增加值'), 6, 0) as leeway,
        g.value as said,
        100 * ((l.value - l.half) / (b.value + b.half) - 1) as lowest,
        100 * ((l.value + l.half) / nullif(b.value - b.half, 0) - 1) as highest
    from growths g
    join levels l using (subject_key, indicator_name, period_start, period_end)
    join levels b
        on b.subject_key = g.subject_key
        and b.indicator_name = g.indicator_name
        and b.unit = l.unit
        and b.period_start = g.period_start - interval 1 year
        and last_day(b.period_end) = last_day(g.period_end - interval 1 year)
    where b.value > 0
),
amount_and_rate as (
    select
        'amount' as kind,
        g.subject,
        g.region_adcode,
        g.indicator_name,
        g.period,
        g.period_start,
        g.period_end,
        g.text as printed,
        round(100 * a.value / (l.value - a.value), 2) as reckoned,
        '%' as unit,
        concat(a.text, ' ÷ (', l.text, ' − ', a.text, ')') as reckoning,
        [g.text, a.text, l.text] as texts,
        [g.metric_id, a.metric_id, l.metric_id] as metric_ids,
        least(g.confidence, a.confidence, l.confidence) as confidence,
        g.half + if(contains(g.indicator_name, '生产总值') or contains(g.indicator_name, '增加值'), 6, 0) as leeway,
        g.value as said,
        100 * (a.value - a.half) / (l.value + l.half - a.value + a.half) as lowest,
        100 * (a.value + a.half) / nullif(l.value - l.half - a.value - a.half, 0) as highest
    from growths g
    join levels l using (subject_key, indicator_name, period_start, period_end)
    join amounts a
        on a.subject_key = g.subject_key
        and a.indicator_name = g.indicator_name
        and a.period_start = g.period_start
        and a.period_end = g.period_end
        and a.unit = l.unit
    where l.value > a.value
),
-- A whole and its parts: the three sectors of the GDP, which all must be there, and the districts of a city, which need not.
parts as (
    select t.metric_id, 'sectors' as of_what, p.text, p.value, p.half, p.confidence, p.metric_id as part_id
    from levels t
    join levels p
        on p.subject_key = t.subject_key
        and p.period_start = t.period_start
        and p.period_end = t.period_end
        and p.unit = t.unit
        and regexp_matches(p.indicator_name, '^第[一二三]产业(增加值)?$')
    where contains(t.indicator_name, '生产总值')
    union all by name
    select
        t.metric_id,
        'districts' as of_what,
        concat(p.subject, ' ', p.text) as text,
        p.value,
        p.half,
        p.confidence,
        p.metric_id as part_id
    from levels t
    join regions r on r.city_adcode = t.region_adcode and r.region_level = 'county'
    join levels p
        on p.region_adcode = r.region_adcode
        and p.subject_entity_id = p.region_adcode
        and p.indicator_name = t.indicator_name
        and p.period_start = t.period_start
        and p.period_end = t.period_end
        and p.unit = t.unit
    where t.subject_entity_id = t.region_adcode
        and t.dimension not in ('percent', 'percentage_point', 'ratio', 'rank', 'temperature', 'duration')
),
added as (
    select
        metric_id,
        of_what,
        count(*) as parts,
        sum(value) as total,
        sum(half) as halves,
        string_agg(text, ' + ' order by part_id) as reckoning,
        list(text order by part_id) as part_texts,
        list(part_id order by part_id) as part_ids,
        min(confidence) as least_sure
    from parts
    group by metric_id, of_what
),
sums as (
    select
        'sum' as kind,
        t.subject,
        t.region_adcode,
        t.indicator_name,
        t.period,
        t.period_start,
        t.period_end,
        t.text as printed,
        round(a.total, 2) as reckoned,
        t.unit,
        a.reckoning,
        list_prepend(t.text, a.part_texts) as texts,
        list_prepend(t.metric_id, a.part_ids) as metric_ids,
        least(t.confidence, a.least_sure) as confidence
    from levels t
    join added a using (metric_id)
    where (a.of_what = 'sectors' and a.parts = 3 and abs(a.total - t.value) > a.halves + t.half)
        or (a.of_what = 'districts' and a.total - a.halves > t.value + t.half)
),
broken_down as (
    select *
    from told
    semi join (select paragraph_id from paragraphs where contains(text, '其中')) using (paragraph_id)
    where measure = 'level'
),
wholes as (
    select
        'part' as kind,
        p.subject,
        p.region_adcode,
        p.indicator_name,
        p.period,
        p.period_start,
        p.period_end,
        p.text as printed,
        t.value as reckoned,
        p.unit,
        concat(t.indicator_name, ' ', t.text, '，其中', p.indicator_name, ' ', p.text) as reckoning,
        [t.text, p.text] as texts,
        [t.metric_id, p.metric_id] as metric_ids,
        least(t.confidence, p.confidence) as confidence
    from broken_down p
    join broken_down t
        on t.paragraph_id = p.paragraph_id
        and t.unit = p.unit
        and t.end_char <= p.start_char
    join paragraphs g on g.paragraph_id = p.paragraph_id
    join metrics whole on whole.metric_id = t.metric_id
    join metrics part on part.metric_id = p.metric_id and part.sentence = whole.sentence
    where p.subject is not distinct from t.subject
        and p.period is not distinct from t.period
        and regexp_full_match(g.text[t.end_char + 1 : p.start_char], '[，,（(；;]\s*其中[，,：:]?[^，,；;。0-9]{1,20}')
        and p.value - p.half > t.value + t.half
),
beyond as (
    select
        'share' as kind,
        subject,
        region_adcode,
        indicator_name,
        period,
        period_start,
        period_end,
        text as printed,
        100.0 as reckoned,
        unit,
        '一个整体不超过 100%' as reckoning,
        [text] as texts,
        [metric_id] as metric_ids,
        confidence
    from told
    where measure = 'share' and unit = '%' and (value > 100 or value < 0)
),
found as (
    select * exclude (leeway, said, lowest, highest)
    from two_levels
    where said + leeway < lowest or said - leeway > highest
    union all by name
    select * exclude (leeway, said, lowest, highest)
    from amount_and_rate
    where said + leeway < lowest or said - leeway > highest
    union all by name
    select * from sums
    union all by name
    select * from wholes
    union all by name
    select * from beyond
),
numbered as materialized (select row_number() over () as number, * from found),
printed as (
    select n.number, list(distinct f.citation) as citations
    from (select number, unnest(metric_ids) as metric_id from numbered) n
    join metric_facts f using (metric_id)
    group by n.number
)
select
    n.kind,
    n.subject,
    n.region_adcode,
    n.indicator_name,
    n.period,
    n.period_start,
    n.period_end,
    n.printed,
    n.reckoned,
    n.unit,
    n.reckoning,
    n.texts,
    list_sort(c.citations) as citations,
    n.metric_ids,
    n.confidence
from numbered n
join printed c using (number)
