-- zh: 换算值等于数值乘以换算系数。
-- en: The base value is the value times the unit's factor.
-- name: base_value_agrees
-- table: metrics
-- severity: critical
-- scope: row
-- column: value_base
select m.metric_id, m.document_id, m.value || ' ' || m.unit || ' is not ' || m.value_base || ' ' || m.unit_base as seen
from metrics m
left join (
    select unit, dimension, unit_base, any_value(factor) as factor
    from units
    where factor is not null
    group by unit, dimension, unit_base
) u using (unit, dimension, unit_base)
anti join (select row_id from corrections where status = 'applied') c on m.metric_id = c.row_id
where
    (m.value_base is null) <> (m.unit_base is null)
    or abs(m.value_base - m.value * u.factor) > 1e-6 * abs(m.value_base)
