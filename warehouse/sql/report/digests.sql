-- A digest of the chosen figures by article, division and indicator, with what is printed above the article.
select d.* replace (hash(d.digest, c.head) as digest) from counted d join content c using (article_id)
