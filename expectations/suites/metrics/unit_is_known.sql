-- zh: 单位在单位表中，量纲相符；“每”字单位（元/斤）的各部分都已知；名次用“位”，指数无单位，未印单位的数（突破5100万）也无。
-- en: The unit is a known one and has its dimension; of a rate all parts are known (吨标准煤/万元), a rank is in 位, an index in nothing, nor has a count without a printed unit one (突破5100万).
-- name: unit_is_known
-- table: metrics
-- severity: critical
-- scope: row
-- column: unit
select metric_id, document_id, unit || ' as ' || dimension as seen
from metrics m
where
    (unit, dimension) not in (select unit, dimension from units)
    and (unit, dimension) not in (('位', 'rank'), ('', 'index'), ('', 'count'))
    and not (
        dimension = 'rate'
        and (
            select bool_and(regexp_replace(part, '^[0-9]*[十百千万亿]*', '') in (select unit from units))
            from (select unnest(string_split(m.unit, '/')) as part)
        )
    )
