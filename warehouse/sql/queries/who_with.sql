-- zh: 一行一个实体：与某人、某机构或某地在同一篇文章里出现的名字。
-- en: One row per name that appears in the same articles as a person, organisation or place.
-- 例: 谁与槐荫区一同见报？
-- e.g.: Who appears in the papers together with 槐荫区?
-- param name: 槐荫区 = 名称 | The name
select
    with_name,
    with_type,
    articles,
    paragraphs,
    last_seen
from co_mentions
where name = $name
order by articles desc, paragraphs desc, with_type, with_name
limit 20
