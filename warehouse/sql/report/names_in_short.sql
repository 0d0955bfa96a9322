-- Of some persons and organisations when and in which newest articles they appear.
select s.entity_id, arg_min(a.issued, a.issue_date) as first_day, arg_max(a.issued, a.issue_date) as last_day,
       list(struct_pack(article_id := s.article_id, headline := a.headline)
            order by a.issue_date desc nulls last, s.article_id)[:$1] as latest
from listed s semi join told using (entity_id) join content a using (article_id) group by s.entity_id
