-- zh: 日期，精确到所知：2023-04-24、2023-04 或 2023。
-- en: A date as exact as it is known: 2023-04-24, 2023-04 or 2023.
-- 例: 这个版面是哪天的？
-- e.g.: select printed_date(issue_date, issue_date_precision) from documents
create or replace macro printed_date(day, day_precision) as
    case day_precision
        when 'year' then strftime(day, '%Y')
        when 'month' then strftime(day, '%Y-%m')
        else strftime(day, '%Y-%m-%d')
    end
