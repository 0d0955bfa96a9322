-- zh: 一行一个实体：与某人、某机构或某地在同一篇文章里出现的名字。
-- en: One row per name that appears in the same articles as a person, organisation or place.
-- 例: 谁与槐荫区一同见报？
-- e.g.: Who appears in the papers together with 槐荫区?
-- param name: 槐荫区 = 名称，行政区划可用简短写法 | The name; of a division its short form will do
-- param type: PER = 一同出现者的类型：PER、ORG、LOC，空为全部 | Type of the others: PER, ORG, LOC; empty for all
with asked as (
    select entity_id
    from entities
    where name = $name
        or adcode in (select region_adcode from regions where $name in (region, region_full))
)
select
    with_name,
    with_type,
    articles,
    paragraphs,
    last_seen
from co_mentions
where entity_id in (select entity_id from asked)
    and ($type = '' or with_type = $type)
order by articles desc, paragraphs desc, with_type, with_name
limit 20
