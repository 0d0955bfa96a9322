-- What grew or fell most on the year before, of the divisions' own figures, at most five of each.
select f.* from growth_leaders g join figures f using (metric_id)
where g.comparison = 'yoy' and g.confidence >= $1 and f.region_adcode = f.subject_entity_id
qualify row_number() over (partition by f.region_adcode order by abs(f.value) desc, f.metric_id) <= 5
order by abs(f.value) desc, f.metric_id limit $2
