-- Months in which the person had begun a spell before the programme began.
select distinct s.event_id
from started s
join spells t on t.person_id = s.person_id
where t.start_date > s.index_date
  and t.start_date < s.start_date
