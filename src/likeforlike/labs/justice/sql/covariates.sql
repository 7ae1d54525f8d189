-- What was known on the index date: nothing dealt with after it may be used.
with earlier as (
    select
        c.event_id,
        count(*) filter (d.disposal_id <> c.event_id) as previous_sanctions,
        count(*) filter (d.disposal_id <> c.event_id and d.kind = 'custody') as previous_custody,
        count(*) filter (d.disposal_id <> c.event_id and d.kind = 'court order') as previous_orders,
        min(d.disposal_date) as first_sanction
    from chosen c
    join disposals d on d.person_id = c.person_id and d.disposal_date <= c.index_date
    group by c.event_id
),
past as (
    select
        c.event_id,
        count(*) as previous_offences,
        count(*) filter (o.offence_class = 'indictable') as previous_serious_offences,
        count(*) filter (o.offence_date >= c.index_date - interval 2 year) as recent_offences
    from chosen c
    join disposals d on d.person_id = c.person_id and d.disposal_date <= c.index_date and d.disposal_id <> c.event_id
    join offences o on o.disposal_id = d.disposal_id and not o.breach
    group by c.event_id
)
select
    c.event_id,
    coalesce(p.sex, 'unknown') as sex,
    coalesce(p.ethnicity, 'unknown') as ethnicity,
    coalesce(p.nationality, 'unknown') as nationality,
    e.age_at_index,
    date_diff('day', p.date_of_birth, earlier.first_sanction) / 365.25 as age_at_first_sanction,
    case
        when e.kind = 'custody' and e.custody_days < 365 then 'custody under 12 months'
        when e.kind = 'custody' then 'custody 12 months or more'
        else e.kind
    end as index_kind,
    e.index_offence,
    e.index_offences,
    ln((1 + previous_sanctions) / (10 + greatest(date_diff('day', earlier.first_sanction, e.disposal_date) / 365.25, 0))) as copas_rate,
    previous_sanctions = 0 as no_previous,
    previous_sanctions,
    coalesce(past.previous_offences, 0) as previous_offences,
    coalesce(past.previous_serious_offences, 0) as previous_serious_offences,
    previous_custody,
    previous_orders,
    coalesce(past.recent_offences, 0) as recent_offences,
    e.region,
    strftime(c.index_date, '%Y') || ' Q' || quarter(c.index_date) as index_quarter
from chosen c
join chosen_event e using (event_id)
join people p on p.person_id = c.person_id
join earlier using (event_id)
left join past using (event_id)
