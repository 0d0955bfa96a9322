-- For each mention of a person the few characters around it, and whether it stands in a byline.
select distinct m.entity_id, p.role = 'byline' or list_contains(a.authors, e.name) as signs,
       substr(p.text, greatest(m.start_char - 11, 1), least(12, m.start_char)) as before,
       substr(p.text, m.end_char + 1, 8) as after
from mentions m semi join chosen using (article_id) join entities e using (entity_id)
join paragraphs p using (paragraph_id) left join articles a on a.article_id = m.article_id
where e.type = 'PER'
