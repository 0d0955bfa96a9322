-- zh: 出处：报纸、日期、版次、标题，可直接引用。
-- en: Where a figure or a sentence was printed, ready to quote: newspaper, date, page, headline.
-- 例: 这个数字出自哪张报纸、哪一天、哪一版？
-- e.g.: select citation(publisher, file_name, issue_date, issue_date_precision, page_label, headline) …
create or replace macro citation(publisher, file_name, issue_date, issue_date_precision, page_label, headline) as
    concat_ws(
        ' ',
        coalesce(publisher, file_name),
        printed_date(issue_date, issue_date_precision),
        page_label
    ) || coalesce('《' || headline || '》', '')
