-- zh: 一行一对：某人、某机构或某地，与在同一篇文章里出现的另一个名字。
-- en: One row per pair: a person, organisation or place, and another name in the same articles.
-- 例: 谁与槐荫区一同见报？
-- e.g.: Who appears in the papers together with 槐荫区?
-- example: name=槐荫区 type=PER
-- param name:  = 名称，行政区划可用简短写法；空为全部 | The name; of a division its short form will do; empty for all
-- param type:  = 一同出现者的类型：PER、ORG、LOC，空为全部 | Type of the others: PER, ORG, LOC; empty for all
-- param limit: 20 = 最多几行 | Rows at most
with asked as (
    select entity_id
    from entities
    where $name in ('', name)
        or adcode in (select region_adcode from regions where $name in (region, region_full))
)
select
    name,
    with_name,
    with_type,
    articles,
    paragraphs,
    last_seen
from co_mentions
where entity_id in (select entity_id from asked)
    and ($type = '' or with_type = $type)
    and ($name <> '' or (entity_id, with_entity_id) = (least(entity_id, with_entity_id), greatest(entity_id, with_entity_id)))
order by articles desc, paragraphs desc, with_type, name, with_name
limit $limit::int
