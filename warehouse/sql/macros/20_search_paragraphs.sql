-- zh: 含有任一检索词的段落及其 BM25 得分；检索词为相邻两字，或结巴搜索分词所得的其他词。
-- en: Paragraphs that hold any of the words, with their BM25 score (k1 1.2, b 0.75); words of two characters, or others as jieba's search mode cuts them.
-- 例: 哪些段落讲到物流园区？
-- e.g.: from search_paragraphs(['物流', '园区']) order by matched_terms desc, score desc limit 10
create or replace macro search_paragraphs(query_terms) as table
with wanted as (
    select term_no
    from terms
    where term in (select unnest(query_terms))
),
hits as (
    select term_no, paragraph_no, tf
    from term_postings
    where term_no in (select term_no from wanted)
),
frequencies as (
    select term_no, count(*) as paragraphs_with_term
    from hits
    group by term_no
),
collection as (
    select count(*) as paragraph_count, avg(term_count) as mean_length
    from term_paragraphs
),
scored as (
    select
        h.paragraph_no,
        sum(
            ln(1 + (c.paragraph_count - f.paragraphs_with_term + 0.5) / (f.paragraphs_with_term + 0.5))
            * h.tf * 2.2 / (h.tf + 1.2 * (0.25 + 0.75 * p.term_count / c.mean_length))
        ) as score,
        count(*) as matched_terms
    from hits h
    join frequencies f using (term_no)
    join term_paragraphs p using (paragraph_no)
    cross join collection c
    group by h.paragraph_no
)
select p.paragraph_id, p.document_id, s.score, s.matched_terms
from scored s
join term_paragraphs p using (paragraph_no)
