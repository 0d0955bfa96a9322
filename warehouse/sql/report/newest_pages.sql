-- The newest pages, each with the first of its articles.
select d.document_id, d.file_name, d.publisher, d.page_label, d.issue_date,
       printed_date(d.issue_date, d.issue_date_precision) as issued, count(*) as articles,
       list(struct_pack(article_id := c.article_id, headline := coalesce(a.headline, b.beginning))
            order by a.headline is null, a.seq)[:5] as first
from documents d join chosen c using (document_id) join articles a using (article_id)
left join begins b using (article_id)
group by all order by d.issue_date desc nulls last, d.publisher, d.page_label, d.document_id limit $1
