-- zh: 只有增减、利润和温度可以为负。
-- en: Only changes, contributions, money and temperatures are negative.
-- name: only_changes_are_negative
-- table: metrics
-- severity: warning
-- scope: row
-- column: value
select metric_id, document_id, text || ' as ' || value as seen
from metrics
where value < 0 and measure not in ('growth', 'contribution') and dimension not in ('temperature', 'money')
