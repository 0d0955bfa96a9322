-- zh: 段落的每一行都有起段或接续的理由。
-- en: Every line of a paragraph says why it starts there or was joined.
-- name: every_line_has_a_reason
-- table: paragraphs
-- severity: warning
-- scope: row
-- column: line_reasons
select paragraph_id, document_id, len(line_reasons) || ' reasons for ' || len(lines) || ' lines' as seen
from paragraphs
where len(line_reasons) <> len(lines)
