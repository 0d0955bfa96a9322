-- Which articles belong to which division: they name it or have figures of it.
select adcode, article_id from named where adcode is not null
union select region_adcode, article_id from figures where region_adcode is not null
