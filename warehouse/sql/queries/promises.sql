-- zh: 一行一个目标或计划中的数字：谁、到何时、要达到多少。
-- en: One row per figure that is targeted or planned: who wants to reach what, by when.
-- 例: 各地提出了哪些目标？
-- e.g.: What has been promised, by whom, for when?
-- param limit: 20 = 最多几行 | Rows at most
select
    subject,
    coalesce(indicator_key, indicator) as indicator,
    text,
    modality,
    period,
    period_end,
    citation
from metric_facts
where modality in ('target', 'planned')
    and indicator is not null
order by confidence desc, metric_id
limit $limit::int
