-- zh: 一行一家报纸的一个月：版面、文章、段落、名称与数字的条数。
-- en: One row per newspaper and month of issue: pages, articles, paragraphs, names and figures.
-- 例: 哪些报纸、哪些月份已经入库？
-- e.g.: Which newspapers and months are in?
select
    coalesce(publisher, '（未知）') as publisher,
    month,
    pages,
    issue_days,
    articles,
    paragraphs,
    mentions,
    metrics
from coverage
order by publisher, month nulls last
