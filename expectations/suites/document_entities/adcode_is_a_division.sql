-- zh: 行政区划代码在区划表中。
-- en: The adcode is that of a division.
-- name: adcode_is_a_division
-- table: document_entities
-- severity: critical
-- scope: document
-- column: adcode
select document_id, entity_id, name || ' ' || adcode as seen
from document_entities
where adcode is not null and adcode not in (select adcode from divisions)
