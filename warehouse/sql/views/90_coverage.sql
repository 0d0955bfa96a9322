-- zh: 一行一家报纸的一个月：版面、文章、段落、名称与数字各有多少，覆盖了几天。
-- en: One row per newspaper and month of issue: how many pages, articles, paragraphs, names and figures, on how many days.
-- 例: 哪些报纸、哪些月份已经入库，缺哪些？
-- e.g.: Which newspapers and months are in, and where are gaps?
-- column month: 出版月份（首日） | Month of issue (its first day)
-- column pages: 已入库版面数 | Pages that are loaded
-- column pages_rejected: 被拒版面数 | Pages that were rejected
-- column issue_days: 有版面的天数（日期精确到日者） | Days with a page, of dates exact to the day
-- column first_issue: 最早日期 | Earliest issue
-- column last_issue: 最近日期 | Latest issue
-- column articles: 文章数 | Articles
-- column paragraphs: 段落数 | Paragraphs
-- column mentions: 名称提及数 | Mentions of names
-- column metrics: 数字条数 | Figures
with article_counts as (select document_id, count(*) as articles from articles group by document_id),
paragraph_counts as (select document_id, count(*) as paragraphs from paragraphs group by document_id),
mention_counts as (select document_id, count(*) as mentions from mentions group by document_id),
metric_counts as (select document_id, count(*) as metrics from metrics where status is distinct from 'rejected' group by document_id)
select
    d.publisher,
    date_trunc('month', d.issue_date)::date as month,
    count(*) filter (where d.status = 'loaded') as pages,
    count(*) filter (where d.status = 'rejected') as pages_rejected,
    count(distinct d.issue_date) filter (where d.status = 'loaded' and d.issue_date_precision = 'day') as issue_days,
    min(d.issue_date) filter (where d.status = 'loaded') as first_issue,
    max(d.issue_date) filter (where d.status = 'loaded') as last_issue,
    coalesce(sum(a.articles), 0)::bigint as articles,
    coalesce(sum(p.paragraphs), 0)::bigint as paragraphs,
    coalesce(sum(n.mentions), 0)::bigint as mentions,
    coalesce(sum(m.metrics), 0)::bigint as metrics
from documents d
left join article_counts a using (document_id)
left join paragraph_counts p using (document_id)
left join mention_counts n using (document_id)
left join metric_counts m using (document_id)
where d.status in ('loaded', 'rejected')
group by d.publisher, date_trunc('month', d.issue_date)::date
