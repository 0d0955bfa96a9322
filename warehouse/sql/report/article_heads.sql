-- The chosen articles, newest first, with where they come from and a digest of everything in them.
with figured as (
    select article_id, count(*) as figures, bit_xor(digest) as digest from figures group by article_id
),
naming as (select article_id, bit_xor(hash(n)) as digest from named n group by article_id)
select a.article_id, a.document_id, a.seq, coalesce(a.headline, b.beginning) as headline,
       a.kicker, a.deck, a.byline, a.dateline, d.publisher,
       d.page_label, d.page_title, d.issue_date, d.file_name, d.file_kind, d.source_key,
       printed_date(d.issue_date, d.issue_date_precision) as issued,
       citation(d.publisher, d.file_name, d.issue_date, d.issue_date_precision, d.page_label, a.headline)
           as citation,
       coalesce(f.figures, 0) as figures, hash(d.input_fingerprint, a, f.digest, n.digest) as digest
from articles a semi join chosen using (article_id) join documents d using (document_id)
left join begins b using (article_id)
left join figured f using (article_id) left join naming n using (article_id)
order by d.issue_date desc nulls last, d.publisher, d.page_label, a.document_id, a.seq
