-- The paragraphs of some articles, in order.
select article_id, paragraph_id, role, text, lines
from paragraphs where article_id in (select unnest($1::varchar[])) order by seq
