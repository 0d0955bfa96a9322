-- The indicators that have a common name, with how much is known of each.
select indicator_key, min(indicator_name) as name, min(topic) as topic, count(*) as figures,
       count(distinct region_adcode) as regions,
       arg_min(printed_date(issue_date, issue_date_precision), issue_date) as first_day,
       arg_max(printed_date(issue_date, issue_date_precision), issue_date) as last_day,
       any_value(d.digest) as digest
from figures
left join (select indicator_key, bit_xor(hash(digest)) as digest from digests group by 1) d
    using (indicator_key)
where indicator_key is not null group by indicator_key order by figures desc, indicator_key
