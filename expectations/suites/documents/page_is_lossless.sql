-- zh: 版面的每个字符在段落中恰好出现一次，不多不少。
-- en: Every printed character of the page stands in its paragraphs exactly once.
-- name: page_is_lossless
-- table: documents
-- severity: critical
-- scope: document
-- column: printed_characters
select
    d.document_id,
    'raw file ' || coalesce(d.printed_characters, 'not counted') || ', paragraphs ' || coalesce(c.digest, 'none') as seen
from documents d
left join page_characters c using (document_id)
where
    d.status = 'loaded'
    and d.printed_characters is distinct from coalesce(c.digest, '0:0000000000000000')
