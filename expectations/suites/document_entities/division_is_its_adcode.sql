-- zh: 有区划代码的地名以代码为编号。
-- en: A place that is a division has its adcode as its id.
-- name: division_is_its_adcode
-- table: document_entities
-- severity: critical
-- scope: document
-- column: entity_id
select document_id, entity_id, name || ' ' || adcode as seen
from document_entities
where type = 'LOC' and adcode is not null and entity_id <> adcode
