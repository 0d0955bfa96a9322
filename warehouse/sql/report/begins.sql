-- How an article without a headline begins.
select article_id,
       coalesce(nullif(regexp_extract(arg_min(text, seq), '^\s*(.{6,30}?)[，。；：！？]', 1), ''),
                arg_min(text, seq)[:24]) || '…' as beginning
from paragraphs
semi join (from chosen semi join (from articles where headline is null) using (article_id)) using (article_id)
where role = 'body' group by article_id
