-- zh: 段落来自版面上的行。
-- en: A paragraph was made from lines that the page has.
-- name: lines_are_on_the_page
-- table: paragraphs
-- severity: critical
-- scope: document
-- column: lines
select p.paragraph_id, p.document_id, 'lines ' || p.lines::varchar || ' of ' || coalesce(d.line_count, 0) as seen
from paragraphs p
join documents d using (document_id)
where
    len(p.lines) = 0
    or list_min(p.lines) < 1
    or list_max(p.lines) > d.line_count
    or list_contains(p.lines, null)
