-- Offences committed in the year before the index date and dealt with by then; the index offence is left out.
select
    c.event_id,
    count(o.offence_id) > 0 as offended,
    count(o.offence_id) as offences
from chosen c
left join (
    offences o join disposals d on d.disposal_id = o.disposal_id and not o.breach
) on o.person_id = c.person_id
    and d.disposal_id <> c.event_id
    and d.disposal_date <= c.index_date
    and o.offence_date <= c.index_date
    and o.offence_date > c.index_date - interval 1 year
group by c.event_id
