-- zh: 一行一句某人说的话：直接引语或“某某表示，……”，附职务、段落和出处。
-- en: One row per thing that a person is quoted with, in quotation marks or as what he said, with his title, the paragraph and the source.
-- 例: 钢城区委书记说了什么？
-- e.g.: What is the party secretary of 钢城区 quoted with?
-- column name: 说话的人 | Who says it
-- column quote: 所说的话（原文） | What is said, as printed
-- column manner: direct 引号内原话，indirect 转述 | direct: in quotation marks; indirect: as reported
-- column citation: 出处：报纸、日期、版次、标题 | Newspaper, date, page and headline, ready to quote
with told as (
    select
        m.mention_id,
        m.entity_id,
        m.title,
        m.paragraph_id,
        m.article_id,
        m.document_id,
        p.text[:greatest(m.start_char, 0)] as before,
        p.text[m.end_char + 1 :] as after
    from mentions m
    join paragraphs p using (paragraph_id)
    where m.type = 'PER' and m.entity_id is not null and p.role in ('body', 'note', 'caption', 'subhead')
),
-- Verbs of speech right behind the name; few characters may stand between (高兴地, 向记者, 在会上), but no 的 (握住他的手说).
speaking as (
    select
        *,
        regexp_extract(
            after,
            '^(?:[^，。；：！？“”的][^，。；：！？“”]{0,11}?)?(?:说|表示|介绍|告诉|坦言|认为|指出|强调|提出|透露|要求|回忆|提醒|感慨|直言|称|道)[^，。；：！？“”]{0,10}?([，：:。“]|$)'
        ) as verb
    from told
),
-- In one pass over all four ways, so that no paragraph is kept.
found as (
    select
        * exclude (before, after, verb),
        unnest([
            struct_pack(  -- 他说：“……”
                manner := 'direct',
                quote := case
                    when regexp_matches(verb, '[：:“]$')
                    then regexp_extract(after[length(verb) + 1 :], '^\s*“?([^”]{2,})”', 1)
                end
            ),
            struct_pack(  -- “……”某某说。
                manner := 'direct',
                quote := case
                    when verb <> '' and not regexp_matches(verb, '[：:“]$')
                    then regexp_extract(before, '“([^“”]{2,})”[^。！？“”]{0,40}$', 1)
                end
            ),
            struct_pack(  -- 某某表示，……。
                manner := 'indirect',
                quote := case
                    when regexp_matches(verb, '，$')
                    then regexp_extract(after[length(verb) + 1 :], '^\s*([^。！？]{4,}[。！？])', 1)
                end
            ),
            struct_pack(  -- 某某：“……”
                manner := 'direct',
                quote := case
                    when regexp_matches(after, '^[：:]\s*“')
                    then regexp_extract(after, '^[：:]\s*“([^”]{2,})”', 1)
                end
            )
        ], recursive := true)
    from speaking
)
select
    f.entity_id,
    e.name,
    f.title,
    f.quote,
    f.manner,
    citation(d.publisher, d.file_name, d.issue_date, d.issue_date_precision, d.page_label, a.headline) as citation,
    d.issue_date,
    f.mention_id,
    f.paragraph_id,
    f.article_id,
    f.document_id
from found f
join entities e using (entity_id)
join documents d on d.document_id = f.document_id
left join articles a on a.article_id = f.article_id
where f.quote <> ''
