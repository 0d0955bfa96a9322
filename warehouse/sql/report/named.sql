-- Which names stand in the chosen articles.
with each as (select distinct entity_id, article_id from mentions semi join chosen using (article_id))
select n.entity_id, n.article_id, e.type, e.name, e.scope, e.adcode
from each n join entities e using (entity_id)
