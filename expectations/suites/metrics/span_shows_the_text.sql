-- zh: 数字就在所标位置上。
-- en: The figure stands where its offsets say.
-- name: span_shows_the_text
-- table: metrics
-- severity: critical
-- scope: row
-- column: text
select m.metric_id, m.document_id, m.text || ' is not at ' || m.start_char || '-' || m.end_char as seen
from metrics m
left join paragraphs p using (paragraph_id)
where
    m.start_char < 0
    or m.end_char <= m.start_char
    or p.text is null
    or substr(p.text, m.start_char + 1, m.end_char - m.start_char) <> m.text
