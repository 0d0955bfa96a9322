-- Persons or organisations: how often, when, where, and with whom they appear.
with beside as (
    select s.entity_id, o.entity_id as other, o.name, o.type, count(*) as together
    from listed s join listed o using (article_id)
    where s.type = $1 and o.entity_id <> s.entity_id group by s.entity_id, o.entity_id, o.name, o.type
    qualify row_number() over (partition by s.entity_id order by together desc, o.name, other) <= 12
),
company as (
    select entity_id, list(struct_pack(entity_id := other, name, type, together)
                           order by together desc, name, other) as beside
    from beside group by 1
)
select s.entity_id, s.name, s.scope, count(*) as articles,
       arg_min(s.issued, s.issue_date) as first_day, arg_max(s.issued, s.issue_date) as last_day,
       list(struct_pack(article_id := s.article_id, headline := coalesce(a.headline, b.beginning))
            order by s.issue_date desc nulls last, s.article_id)[:100] as latest,
       any_value(c.beside) as beside, any_value(p.title) as title, any_value(p.titles) as titles,
       coalesce(any_value(p.is_author), false) as is_author,
       (select list(struct_pack(quote := q.quote, manner := q.manner, article_id := q.article_id,
                                paragraph_id := q.paragraph_id, citation := q.citation)
                    order by q.issue_date desc nulls last, q.mention_id, q.quote)[:30]
        from quotes q semi join chosen c on q.article_id = c.article_id
        where q.entity_id = s.entity_id) as says
from listed s join articles a using (article_id) left join begins b using (article_id)
left join company c using (entity_id) left join people p on p.entity_id = s.entity_id
where s.type = $1 group by s.entity_id, s.name, s.scope order by is_author, articles desc, s.name, s.entity_id
