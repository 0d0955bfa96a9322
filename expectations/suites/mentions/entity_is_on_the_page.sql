-- zh: 所指实体列在该版面的实体中，类型相同。
-- en: The entity of a name is listed for the page, with the same type.
-- name: entity_is_on_the_page
-- table: mentions
-- severity: critical
-- scope: row
-- column: entity_id
select m.mention_id, m.document_id, m.type || ' ' || m.text || ' → ' || coalesce(e.type || ' ' || e.name, 'nothing') as seen
from mentions m
left join document_entities e using (document_id, entity_id)
where m.entity_id is not null and e.type is distinct from m.type
