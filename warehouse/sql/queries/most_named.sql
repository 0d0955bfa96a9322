-- zh: 一行一个实体：提及最多的人物、机构和地点，每类若干。
-- en: One row per name: the persons, organisations and places named most, some of each.
-- 例: 报上提到最多的人、机构、地点是哪些？
-- e.g.: Who and what is named most?
-- param each: 5 = 每类几行 | Rows of each type
with named as (
    select 'PER' as type, name, mention_count, article_count, last_seen, latest_headline from people
    union all by name
    select 'ORG' as type, name, mention_count, article_count, last_seen, latest_headline from organisations
    union all by name
    select 'LOC' as type, name, mention_count, article_count, last_seen, latest_headline from places
)
select type, name, mention_count, article_count, last_seen, latest_headline
from named
qualify row_number() over (partition by type order by mention_count desc, name) <= $each::int
order by type desc, mention_count desc, name
