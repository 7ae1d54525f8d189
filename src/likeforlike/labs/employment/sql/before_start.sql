-- Months in which the person had begun a job before the programme began.
select distinct s.event_id
from started s
join jobs j on j.person_id = s.person_id
where j.start_date > s.index_date
  and j.start_date < s.start_date
