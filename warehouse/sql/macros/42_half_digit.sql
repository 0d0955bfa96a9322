-- zh: 一个数字的舍入误差：所印末位的一半，以 unit 计。
-- en: How far a figure may be rounded: half of its last printed digit, in its unit.
-- 例: 45.3亿元的舍入误差是多少？
-- e.g.: select half_digit('45.3亿元', 4530000000)
create or replace macro half_digit(text, value) as
    coalesce(
        abs(value)
        / nullif(try_cast(replace(regexp_extract(text, '[0-9][0-9,]*(\.[0-9]+)?'), ',', '') as double), 0)
        * 0.5
        / pow(10, length(regexp_extract(text, '\.([0-9]+)', 1))),
        abs(value) * 0.05
    )
