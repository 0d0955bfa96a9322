-- The figures of the chosen articles, each with a digest.
select f.*, hash(f) as digest from metric_facts f semi join chosen using (article_id)
