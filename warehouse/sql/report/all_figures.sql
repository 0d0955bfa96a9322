-- All figures of the chosen articles, newest first.
select * from figures order by issue_date desc nulls last, document_id, paragraph_id, start_char
