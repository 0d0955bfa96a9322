-- The largest growth, or the largest decline; one of each subject and sentence.
with of_subjects as (
    select metric_id from growth where value * $1 > 0
    qualify row_number() over (partition by subject order by value * $1 desc, metric_id) = 1
)
select * from growth semi join of_subjects using (metric_id)
qualify row_number() over (partition by article_id, sentence order by value * $1 desc, metric_id) = 1
order by value * $1 desc, metric_id limit $2
