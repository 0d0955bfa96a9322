-- zh: 人名看起来像人名。
-- en: A person's name looks like one.
-- name: person_looks_like_a_name
-- table: mentions
-- severity: warning
-- scope: row
-- column: text
select mention_id, document_id, text as seen
from mentions
where type = 'PER' and entity_id is not null and not regexp_full_match(regexp_replace(text, '\s', '', 'g'), '[\p{Han}]{2,4}|[\p{Han}·•．・]{2,24}|[A-Za-z][A-Za-z .·''-]{1,40}')
