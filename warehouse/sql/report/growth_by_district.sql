-- What grew or fell most, of the divisions' own figures, at most five of each.
with most as (
    select metric_id from growth where is_own
    qualify row_number() over (partition by region_adcode order by abs(value) desc, metric_id) <= 5
    order by abs(value) desc, metric_id limit $1
)
from growth semi join most using (metric_id) order by abs(value) desc, metric_id
