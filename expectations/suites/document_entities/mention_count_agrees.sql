-- zh: 提及次数与名称表一致。
-- en: The number of mentions is that of the table mentions.
-- name: mention_count_agrees
-- table: document_entities
-- severity: warning
-- scope: document
-- column: mention_count
select e.document_id, e.entity_id, e.name || ': ' || e.mention_count || ', found ' || coalesce(m.n, 0) as seen
from document_entities e
left join (
    select document_id, entity_id, count(*) as n
    from mentions
    where entity_id is not null
    group by document_id, entity_id
) m using (document_id, entity_id)
where e.mention_count <> coalesce(m.n, 0)
