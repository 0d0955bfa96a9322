-- The largest growth, or the largest decline; one of each subject and sentence.
with of_subjects as (
    from growth where value * $1 > 0
    qualify row_number() over (partition by subject order by value * $1 desc, metric_id) = 1
)
select * from of_subjects
qualify row_number() over (partition by article_id, sentence order by value * $1 desc, metric_id) = 1
order by value * $1 desc, metric_id limit $2
