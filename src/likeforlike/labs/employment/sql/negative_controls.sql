-- Where people stood thirty months before the index date, which no covariate looks back to.
with asked as (
    select event_id, person_id, (index_date - interval 30 month)::date as day from chosen
)
select
    a.event_id,
    exists (
        select 1 from jobs j
        where j.person_id = a.person_id and j.start_date <= a.day and coalesce(j.end_date >= a.day, true)
    ) as employed,
    exists (
        select 1 from claims c
        where c.person_id = a.person_id and c.start_date <= a.day and coalesce(c.end_date >= a.day, true)
    ) as claimed
from asked a
