-- zh: 句子在段落里，数字在句子里。
-- en: The sentence stands in the paragraph, and the figure in the sentence.
-- name: sentence_is_printed
-- table: metrics
-- severity: critical
-- scope: row
-- column: sentence
select m.metric_id, m.document_id, m.sentence as seen
from metrics m
join paragraphs p using (paragraph_id)
where strpos(p.text, m.sentence) = 0 or strpos(m.sentence, m.text) = 0
