-- Every release, order or caution: the events from which follow-up can start.
with index_offence as (
    select
        disposal_id,
        arg_max(offence_group, (seriousness, offence_id)) as index_offence,
        count(*) as index_offences,
        bool_and(breach) as breach_only
    from offences
    group by disposal_id
)
select
    d.disposal_id as event_id,
    d.person_id,
    d.index_date,
    d.disposal_date,
    d.kind,
    d.custody_days,
    d.region,
    o.index_offence,
    o.index_offences,
    coalesce(o.breach_only, true) as breach_only,
    date_diff('day', p.date_of_birth, d.index_date) / 365.25 as age_at_index
from disposals d
join people p using (person_id)
left join index_offence o using (disposal_id)
where d.index_date is not null
