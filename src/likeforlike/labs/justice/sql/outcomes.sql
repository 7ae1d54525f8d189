-- Offences committed within a year of the index date and proven within six further months.
with reoffence as (
    select c.event_id, o.offence_date
    from chosen c
    join offences o on o.person_id = c.person_id
    join disposals d on d.disposal_id = o.disposal_id
    where not o.breach
      and o.offence_date > c.index_date
      and o.offence_date <= c.index_date + to_months($months)
      and d.disposal_date <= c.index_date + to_months($months + $settle_months)
)
select
    c.event_id,
    count(r.offence_date) > 0 as reoffended,
    count(r.offence_date) as reoffences,
    date_diff('day', c.index_date, min(r.offence_date)) as days_to_first
from chosen c
left join reoffence r using (event_id)
group by c.event_id, c.index_date
