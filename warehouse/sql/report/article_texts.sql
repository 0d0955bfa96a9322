-- The text of each chosen article for the search: what is printed above it but its headline, and its body.
select article_id, string_agg(text, chr(10) order by seq)
from paragraphs semi join chosen using (article_id) where role <> 'headline' group by article_id
