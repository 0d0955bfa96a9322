-- Which persons and organisations may be listed.
select n.*, s.entity_id is not null as is_author
from named n left join signing s using (entity_id)
where type = 'ORG'
   or type = 'PER' and ($1 is null or entity_id in (select unnest($1::varchar[])))
