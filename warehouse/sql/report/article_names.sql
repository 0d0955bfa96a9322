-- The names in some articles, in the order of the text.
select m.article_id, m.paragraph_id, m.start_char, m.end_char, m.text, m.type, e.name, e.adcode
from mentions m left join entities e using (entity_id)
where article_id in (select unnest($1::varchar[])) order by m.paragraph_id, m.start_char, m.mention_id
