-- zh: 作者看起来像人名。
-- en: Authors look like names of people.
-- name: authors_look_like_names
-- table: articles
-- severity: warning
-- scope: row
-- column: authors
select article_id, document_id, author as seen
from (
    select article_id, document_id, unnest(authors) as author
    from articles
)
where not regexp_full_match(author, '[\p{Han}·•．]{2,12}|[A-Za-z][A-Za-z .·''-]{1,40}')
    or regexp_matches(author, '记者|通讯员|本报|报道|摄影|编辑|讯$')
    or (length(author) > 4 and not regexp_matches(author, '[·•．A-Za-z]'))
