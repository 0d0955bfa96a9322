-- The largest growth, or the largest decline, on the year before; one of each subject and sentence.
with of_subjects as (
    select f.* from growth_leaders g join figures f using (metric_id)
    where g.comparison = 'yoy' and g.confidence >= $1 and g.growth_pct * $2 > 0
    qualify row_number() over (partition by g.subject order by g.growth_pct * $2 desc, f.metric_id) = 1
)
select * from of_subjects
qualify row_number() over (partition by article_id, sentence order by value * $2 desc, metric_id) = 1
order by value * $2 desc, metric_id limit $3
