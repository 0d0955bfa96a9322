-- Which articles belong to which division.
select adcode, article_id from named where adcode is not null
union select region_adcode, article_id from digests where region_adcode is not null
