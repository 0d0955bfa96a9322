-- zh: 版面的段落、提及、数字的数量在通常范围内。
-- en: The page gives as many paragraphs, names and figures for its length as pages usually do.
-- name: page_volume_is_usual
-- table: documents
-- severity: warning
-- scope: document
select
    d.document_id,
    v.measure || ' is ' || round(v.amount, 2) || ', usual is '
    || coalesce(b.warns_below, 0) || ' to ' || coalesce(b.warns_above::varchar, 'any') as seen
from documents d
join page_volumes v using (document_id)
join volume_bounds b using (measure)
where
    d.status = 'loaded'
    and v.printed >= b.from_characters
    and (v.amount < b.warns_below or v.amount > b.warns_above)
