-- zh: 数字的时期是否为所求：2023、2023-03、2023Q1、2023年一季度，或原文的一部分（一季度）；空为全部。
-- en: Whether a figure's period is the one asked for: 2023, 2023-03, 2023Q1, 2023年一季度, or a part of it as printed; empty for all.
-- 例: 哪些数字说的是2023年一季度？
-- e.g.: from metric_facts where period_fits(period, period_start, period_end, '2023Q1')
create or replace macro period_fits(period, period_start, period_end, wanted) as
    case
        when wanted = '' then true
        when regexp_full_match(wanted, '\d{4}年?')
            then year(coalesce(period_end, period_start)) = try_cast(wanted[:4] as int)
        when regexp_full_match(wanted, '\d{4}-\d\d')
            then strftime(coalesce(period_end, period_start), '%Y-%m') = wanted
        when regexp_full_match(upper(wanted), '\d{4}-?Q[1-4]')
            then year(period_start) = try_cast(wanted[:4] as int)
                and year(period_end) = year(period_start)
                and month(period_start) = 3 * try_cast(wanted[-1:] as int) - 2
                and month(period_end) = 3 * try_cast(wanted[-1:] as int)
        when regexp_full_match(wanted, '\d{4}年.+')
            then year(coalesce(period_end, period_start)) = try_cast(wanted[:4] as int)
                and contains(coalesce(period, ''), wanted[6:])
        else contains(coalesce(period, ''), wanted)
    end
