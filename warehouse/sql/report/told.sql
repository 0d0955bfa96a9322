-- The persons and organisations that are asked about.
select unnest($1::varchar[]) as entity_id
