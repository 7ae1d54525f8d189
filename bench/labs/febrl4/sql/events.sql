-- The benchmark holds no events.
select 0 as event_id where false
