-- The divisions that figures or names of the chosen articles belong to, with a digest of what is told.
with figured as (
    select region_adcode as adcode, sum(figures)::bigint as figures, bit_xor(hash(digest)) as digest
    from digests group by region_adcode
),
naming as (
    select article_id, bit_xor(hash(hash(entity_id, type, name))) as digest from listed group by article_id
),
told as (
    select adcode, count(*) as articles,
           hash(bit_xor(hash(hash(p.article_id, c.headline, c.issued, d.publisher, d.page_label))),
                bit_xor(hash(hash(p.article_id, n.digest)))) as digest
    from places p join content c using (article_id) join documents d using (document_id)
    left join naming n using (article_id)
    group by adcode
)
select t.adcode, r.region as name, r.region_full as full_name, r.region_level as level, r.city_adcode,
       r.province_adcode, coalesce(f.figures, 0) as figures, t.articles, hash(f.digest, t.digest) as digest
from told t join regions r on r.region_adcode = t.adcode left join figured f using (adcode)
order by figures desc, t.articles desc, t.adcode
