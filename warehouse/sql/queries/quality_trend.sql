-- zh: 一行一次运行（1 为最早）：检查了多少项、多少项未通过、多少条记录不符、每千条数字扣下几条。
-- en: One row per run (1 is the first): expectations checked and failed, rows that did not hold, figures kept back per 1,000.
-- 例: 数据质量随运行如何变化？
-- e.g.: How does the quality go from run to run?
-- param limit: 20 = 最近几次运行 | The last runs, how many
with judged as (
    select
        run_id,
        min(checked_at) as first_check,
        count(*) as checked,
        count(*) filter (where not success and severity = 'critical') as critical_failed,
        count(*) filter (where not success and severity = 'warning') as warnings_failed,
        coalesce(sum(unexpected_count), 0)::bigint as rows_failed
    from checks
    group by run_id
),

kept_back as (
    select run_id, count(*) filter (where table_name = 'metrics') as figures
    from quarantine
    group by run_id
),

numbered as (
    select row_number() over (order by j.first_check, j.run_id) as run, j.*
    from judged j
)

select
    n.run,
    r.documents_new as pages,
    r.documents_rejected as pages_rejected,
    n.checked,
    n.critical_failed,
    n.warnings_failed,
    n.rows_failed,
    round(1000.0 * coalesce(k.figures, 0) / nullif(r.metrics, 0), 2) as figures_kept_back_per_1000
from numbered n
left join runs r using (run_id)
left join kept_back k using (run_id)
order by n.run desc
limit $limit::int
