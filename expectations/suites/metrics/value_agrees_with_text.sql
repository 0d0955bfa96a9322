-- zh: 数值、区间和单位与原文再次读出的一致；原文未印单位的不比单位。
-- en: Value, range and unit are what the printed text gives when it is read again; a unit that is not printed is not compared.
-- name: value_agrees_with_text
-- table: metrics
-- severity: critical
-- scope: row
-- column: value
select
    m.metric_id,
    m.document_id,
    m.text || ' is ' || concat_ws(' to ', p.value, p.value_high) || ' ' || p.unit
    || ', not ' || concat_ws(' to ', m.value, m.value_high) || ' ' || m.unit as seen
from metrics m
join parsed_texts p using (text)
anti join (select row_id from corrections where status = 'applied') c on m.metric_id = c.row_id
where
    (p.unit <> m.unit and p.unit <> '')
    or abs(abs(m.value) - abs(p.value)) > 1e-9 * greatest(abs(m.value), abs(p.value))
    or (m.value_high is null) <> (p.value_high is null)
    or abs(abs(m.value_high) - abs(p.value_high)) > 1e-9 * greatest(abs(m.value_high), abs(p.value_high))
