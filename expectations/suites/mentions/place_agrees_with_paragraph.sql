-- zh: 名称所属文章、版面与其段落一致。
-- en: A name belongs to the article and page of its paragraph.
-- name: place_agrees_with_paragraph
-- table: mentions
-- severity: critical
-- scope: row
-- column: article_id
select m.mention_id, m.document_id, m.paragraph_id || ' is in ' || coalesce(p.article_id, 'no article') || ' of ' || p.document_id as seen
from mentions m
join paragraphs p using (paragraph_id)
where p.document_id <> m.document_id or p.article_id is distinct from m.article_id
