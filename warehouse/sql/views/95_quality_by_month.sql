-- zh: 一行一个处理月份：入库与被拒的版面、未通过的检查、扣下的记录，以及内容的完整程度。
-- en: One row per month of work: pages loaded and rejected, checks that failed, rows kept back, and how complete the content is.
-- 例: 数据质量逐月如何？
-- e.g.: How does the quality go from month to month?
-- column month: 处理月份（首日，UTC） | Month in which the pages were worked on (its first day, UTC)
-- column runs: 运行次数 | Runs
-- column pages: 已入库版面数 | Pages loaded
-- column pages_rejected: 被拒版面数 | Pages rejected
-- column checks: 检查项次 | Expectations checked
-- column checks_failed: 未通过的检查项次 | Expectations that did not hold
-- column critical_failed: 其中严重的 | Of these, critical ones
-- column rows_kept_back: 扣下待决的记录数 | Rows kept back and still open
-- column articles: 文章数 | Articles
-- column headline_pct: 有标题的文章占比（%） | Articles with a headline, in %
-- column metrics: 数字条数 | Figures
-- column indicator_pct: 有指标的数字占比（%） | Figures with an indicator, in %
-- column subject_pct: 有主体的数字占比（%） | Figures with a subject, in %
-- column period_pct: 有时期的数字占比（%） | Figures with a period, in %
-- column mean_confidence: 数字的平均可信度 | Mean confidence of the figures
with pages as (
    select
        date_trunc('month', loaded_at)::date as month,
        count(*) filter (where status = 'loaded') as pages,
        count(*) filter (where status = 'rejected') as pages_rejected
    from documents
    group by 1
),
worked as (
    select date_trunc('month', started_at)::date as month, count(*) as runs
    from runs
    group by 1
),
checked as (
    select
        date_trunc('month', checked_at)::date as month,
        count(*) as checks,
        count(*) filter (where not success) as checks_failed,
        count(*) filter (where not success and severity = 'critical') as critical_failed
    from checks
    group by 1
),
kept_back as (
    select date_trunc('month', r.started_at)::date as month, count(*) as rows_kept_back
    from quarantine q
    join runs r using (run_id)
    where q.decision = 'open'
    group by 1
),
texts as (
    select
        date_trunc('month', d.loaded_at)::date as month,
        count(*) as articles,
        count(a.headline) as headlines
    from articles a
    join documents d using (document_id)
    group by 1
),
figures as (
    select
        date_trunc('month', d.loaded_at)::date as month,
        count(*) as metrics,
        count(m.indicator) as indicators,
        count(m.subject) as subjects,
        count(m.period) as periods,
        avg(m.confidence) as mean_confidence
    from metrics m
    join documents d using (document_id)
    group by 1
),
months as (
    select month from pages
    union
    select month from worked
    union
    select month from checked
)
select
    m.month,
    coalesce(w.runs, 0) as runs,
    coalesce(p.pages, 0) as pages,
    coalesce(p.pages_rejected, 0) as pages_rejected,
    coalesce(c.checks, 0) as checks,
    coalesce(c.checks_failed, 0) as checks_failed,
    coalesce(c.critical_failed, 0) as critical_failed,
    coalesce(k.rows_kept_back, 0) as rows_kept_back,
    coalesce(t.articles, 0) as articles,
    round(100.0 * t.headlines / nullif(t.articles, 0), 1) as headline_pct,
    coalesce(f.metrics, 0) as metrics,
    round(100.0 * f.indicators / nullif(f.metrics, 0), 1) as indicator_pct,
    round(100.0 * f.subjects / nullif(f.metrics, 0), 1) as subject_pct,
    round(100.0 * f.periods / nullif(f.metrics, 0), 1) as period_pct,
    round(f.mean_confidence, 3) as mean_confidence
from months m
left join worked w using (month)
left join pages p using (month)
left join checked c using (month)
left join kept_back k using (month)
left join texts t using (month)
left join figures f using (month)
where m.month is not null
