-- zh: 所属行政区划代码在区划表中。
-- en: The region's adcode is that of a division.
-- name: region_is_a_division
-- table: metrics
-- severity: critical
-- scope: row
-- column: region_adcode
select metric_id, document_id, region_adcode as seen
from metrics
where region_adcode is not null and region_adcode not in (select adcode from divisions)
