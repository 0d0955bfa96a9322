-- What grew or fell most, of the divisions' own figures, at most five of each.
from growth where is_own
qualify row_number() over (partition by region_adcode order by abs(value) desc, metric_id) <= 5
order by abs(value) desc, metric_id limit $1
