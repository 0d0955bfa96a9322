-- All persons and organisations that may be listed, the most reported first, with a digest of all that is told of each.
with company as (
    select article_id, bit_xor(hash(hash(entity_id, name, is_author))) as digest from listed group by article_id
),
titled as (
    select entity_id, bit_xor(hash(hash(m))) as digest from mentions m where title is not null group by entity_id
)
select l.entity_id, l.type, l.name, l.scope, l.is_author, count(*) as articles,
       hash(bit_xor(hash(c.digest)), bit_xor(hash(hash(l.article_id, o.digest))), any_value(t.digest)) as digest
from listed l join content c using (article_id) join company o using (article_id)
left join titled t on t.entity_id = l.entity_id
group by all order by articles desc, l.name, l.entity_id
