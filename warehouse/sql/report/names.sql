-- Of some persons and organisations how often, when, where, and with whom they appear, and what they said.
with own as (from listed semi join told using (entity_id)),
beside as (  -- not of authors: who stands in what they wrote says nothing of them
    select s.entity_id, o.entity_id as other, o.name, o.type, count(*) as together
    from own s join listed o using (article_id)
    where o.entity_id <> s.entity_id and not s.is_author group by s.entity_id, o.entity_id, o.name, o.type
    qualify row_number() over (partition by s.entity_id order by together desc, o.name, other) <= 12
),
company as (
    select entity_id, list(struct_pack(entity_id := other, name, type, together)
                           order by together desc, name, other) as beside
    from beside group by 1
),
said as (
    select q.entity_id, list(struct_pack(quote := q.quote, manner := q.manner, article_id := q.article_id,
                                         paragraph_id := q.paragraph_id, citation := q.citation)
                             order by q.issue_date desc nulls last, q.mention_id, q.quote)[:30] as says
    from quotes q semi join chosen using (article_id)
    where list_contains($1::varchar[], q.entity_id) group by 1  -- no join, which would come after all quotes are found
),
titled as (  -- as the view people says it, which would go through all quotes and names for a few of them
    select m.entity_id,
           arg_max(m.title, row(coalesce(d.issue_date, date '0001-01-01'), length(m.title), m.mention_id))
               as title,
           list(distinct m.title order by m.title) as titles
    from mentions m join documents d using (document_id)
    where m.title is not null and m.type = 'PER' and m.entity_id in (from told) group by m.entity_id
)
select s.entity_id, s.type, s.name, s.scope, s.is_author, count(*) as articles,
       arg_min(a.issued, a.issue_date) as first_day, arg_max(a.issued, a.issue_date) as last_day,
       list(struct_pack(article_id := s.article_id, headline := a.headline)
            order by a.issue_date desc nulls last, s.article_id)[:100] as latest,
       any_value(c.beside) as beside, any_value(p.title) as title, any_value(p.titles) as titles,
       any_value(q.says) as says
from own s join content a using (article_id) left join company c using (entity_id)
left join titled p using (entity_id) left join said q using (entity_id)
group by s.entity_id, s.type, s.name, s.scope, s.is_author
