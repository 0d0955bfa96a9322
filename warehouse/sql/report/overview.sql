-- Counts what is in the chosen part.
select
    (select count(distinct d.publisher) from documents d semi join chosen using (document_id)) as papers,
    (select count(distinct document_id) from chosen) as pages,
    (select count(*) from chosen) as articles,
    (select coalesce(sum(figures), 0)::bigint from counted) as figures,
    (select count(*) from metrics semi join chosen using (article_id)
     where status in ('accepted', 'corrected', 'added')) as checked,
    (select arg_min(printed_date(d.issue_date, d.issue_date_precision), d.issue_date)
     from documents d semi join chosen using (document_id)) as first_day,
    (select arg_max(printed_date(d.issue_date, d.issue_date_precision), d.issue_date)
     from documents d semi join chosen using (document_id)) as last_day
