-- The figures of the chosen articles.
select f.* from metric_facts f semi join chosen using (article_id)
