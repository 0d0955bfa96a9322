-- zh: 一行一个目标或计划中的数字：谁、到何时、要达到多少。
-- en: One row per figure that is targeted or planned: who wants to reach what, by when.
-- 例: 各地提出了哪些目标？
-- e.g.: What has been promised, by whom, for when?
-- param limit: 20 = 最多几行 | Rows at most
select
    subject,
    indicator_name as indicator,
    text,
    modality,
    period,
    period_end,
    citation
from metric_facts
where modality in ('target', 'planned')
    and indicator_name is not null
order by indicator_key is null, topic is null, confidence desc, metric_id
limit $limit::int
