-- The chosen articles, each with a digest of everything that is printed or was read in it.
with named_so as (
    select (select bit_xor(hash(hash(i.indicator_key, i.name))) from indicators i) as indicators,
           (select bit_xor(hash(hash(r))) from regions r) as regions
),
figured as (
    select article_id, sum(figures)::bigint as figures, bit_xor(hash(digest)) as digest from counted group by 1
),
naming as (
    select m.article_id, bit_xor(hash(hash(m, e.name, e.adcode))) as digest
    from mentions m left join entities e using (entity_id) group by 1
),
printed as (select article_id, bit_xor(hash(hash(p))) as digest from paragraphs p group by 1)
select a.article_id, a.document_id, coalesce(a.headline, b.beginning) as headline, d.issue_date,
       printed_date(d.issue_date, d.issue_date_precision) as issued, coalesce(f.figures, 0) as figures,
       hash(s, a, d.input_fingerprint, d.publisher, d.page_label, d.page_title, d.file_name, d.file_kind,
            d.source_key, d.issue_date, d.issue_date_precision) as head,
       hash(head, f.digest, n.digest, p.digest) as digest
from chosen join articles a using (article_id) join documents d on d.document_id = a.document_id
left join begins b using (article_id) left join figured f using (article_id)
left join naming n using (article_id) left join printed p using (article_id) cross join named_so s
