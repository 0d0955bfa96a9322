-- zh: 文章的段落数和字数与段落表一致。
-- en: Paragraph and character counts of an article are those of its paragraphs.
-- name: article_counts_agree
-- table: articles
-- severity: critical
-- scope: document
-- column: char_count
select
    a.article_id,
    a.document_id,
    a.paragraph_count || ' paragraphs of ' || a.char_count || ' characters, found '
    || coalesce(p.n, 0) || ' of ' || coalesce(p.length, 0) as seen
from articles a
left join (
    select article_id, count(*) as n, sum(length(text)) as length
    from paragraphs
    where role in ('body', 'subhead', 'caption', 'note')
    group by article_id
) p using (article_id)
where a.paragraph_count <> coalesce(p.n, 0) or a.char_count <> coalesce(p.length, 0)
