-- zh: 单位在单位表中，量纲相符；“每”字单位（元/斤）的两部分都已知；名次用“位”，指数无单位。
-- en: The unit is a known one and has its dimension; of a rate both parts are known, a rank is in 位, an index in nothing.
-- name: unit_is_known
-- table: metrics
-- severity: critical
-- scope: row
-- column: unit
select metric_id, document_id, unit || ' as ' || dimension as seen
from metrics
where
    (unit, dimension) not in (select unit, dimension from units)
    and (unit, dimension) not in (('位', 'rank'), ('', 'index'))
    and not (
        dimension = 'rate'
        and split_part(unit, '/', 1) in (select unit from units)
        and split_part(unit, '/', 2) in (select unit from units)
    )
