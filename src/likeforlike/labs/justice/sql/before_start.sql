-- Events after which the person offended before the programme had begun.
select distinct s.event_id
from started s
join offences o on o.person_id = s.person_id
where not o.breach
  and o.offence_date > s.index_date
  and o.offence_date < s.start_date
