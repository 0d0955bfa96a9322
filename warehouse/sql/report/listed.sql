-- Which persons and organisations may be listed; all others stay in their articles.
select * from named
where type = 'ORG' or type = 'PER' and ($1 is null or list_contains($1::varchar[], entity_id))
