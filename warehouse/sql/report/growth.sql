-- Growth on the year before of each subject, indicator and period, where it is sure.
select f.*, f.region_adcode = f.subject_entity_id as is_own from figures f
semi join (select metric_id from growth_leaders where comparison = 'yoy' and confidence >= $1) g
    using (metric_id)
