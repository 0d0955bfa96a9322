-- zh: 标题的每个字都印在该文章的标题段落里。
-- en: The headline is made of the article's headline paragraphs.
-- name: headline_is_printed
-- table: articles
-- severity: critical
-- scope: document
-- column: headline
select a.article_id, a.document_id, a.headline as seen
from articles a
left join (
    select article_id, string_agg(regexp_replace(text, '\s', '', 'g'), '' order by seq) as printed
    from paragraphs
    where role = 'headline'
    group by article_id
) p using (article_id)
anti join (select row_id from corrections where status = 'applied') c on a.article_id = c.row_id
where
    a.headline is not null
    and coalesce(p.printed, '') <> regexp_replace(a.headline, '\s', '', 'g')
