-- The chosen articles, newest first, with where they come from and a digest of everything in them.
select a.article_id, a.document_id, c.headline, a.kicker, a.deck, a.byline, d.publisher, d.page_label,
       d.page_title, d.file_name, d.file_kind, d.source_key, c.issued,
       citation(d.publisher, d.file_name, d.issue_date, d.issue_date_precision, d.page_label, a.headline)
           as citation,
       c.figures, c.digest
from articles a join content c using (article_id) join documents d on d.document_id = a.document_id
order by d.issue_date desc nulls last, d.publisher, d.page_label, a.document_id, a.seq
