-- Who is named in the articles that belong to some divisions.
with together as (
    select p.adcode, l.type, l.name, count(*) as articles, max(p.article_id) as article_id
    from places p join listed l using (article_id)
    where p.adcode in (select unnest($2::varchar[])) group by p.adcode, l.type, l.entity_id, l.name
)
select * from together
qualify row_number() over (partition by adcode, type order by articles desc, name, article_id) <= $1
order by articles desc, name, article_id
