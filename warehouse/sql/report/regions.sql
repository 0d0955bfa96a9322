-- The divisions that figures or names of the chosen articles belong to.
with figured as (
    select region_adcode as adcode, count(*) as figures, bit_xor(digest) as digest
    from figures group by region_adcode
),
told as (select adcode, count(*) as articles from places group by adcode)
select t.adcode, r.region as name, r.region_full as full_name, r.region_level as level, r.city_adcode,
       r.province_adcode, coalesce(f.figures, 0) as figures, t.articles, coalesce(f.digest, 0) as digest
from told t join regions r on r.region_adcode = t.adcode left join figured f using (adcode)
order by figures desc, t.articles desc, t.adcode
