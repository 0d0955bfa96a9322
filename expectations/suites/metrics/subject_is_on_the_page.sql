-- zh: 主体列在该版面的实体中。
-- en: The subject is one of the page's entities.
-- name: subject_is_on_the_page
-- table: metrics
-- severity: critical
-- scope: row
-- column: subject_entity_id
select m.metric_id, m.document_id, m.subject || ' → ' || m.subject_entity_id as seen
from metrics m
anti join document_entities e on e.document_id = m.document_id and e.entity_id = m.subject_entity_id
where m.subject_entity_id is not null
