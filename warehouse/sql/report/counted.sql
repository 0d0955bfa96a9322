-- A digest of the chosen figures by article, division and indicator.
select article_id, region_adcode, indicator_key, bit_xor(hash(hash(m))) as digest, count(*) as figures
from metrics m semi join chosen using (article_id)
where status is distinct from 'rejected' group by all
