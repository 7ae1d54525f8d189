-- Offences committed in the follow-up period and proven in it or in the months that courts take.
with reoffence as (
    select
        c.event_id,
        o.offence_id,
        o.offence_date,
        o.offence_class,
        d.disposal_id,
        d.kind,
        -- The first one; of several on one day the most serious, then the lowest number.
        row_number() over (
            partition by c.event_id order by o.offence_date, o.seriousness desc, o.offence_id
        ) as nth
    from chosen c
    join offences o on o.person_id = c.person_id
    join disposals d on d.disposal_id = o.disposal_id
    where not o.breach
      and o.offence_date > c.index_date
      and o.offence_date <= c.index_date + to_months($months)
      and d.disposal_date <= c.index_date + to_months($months + $settle_months)
),
counted as (
    select
        c.event_id,
        count(r.offence_id) as reoffences,
        date_diff('day', c.index_date, min(r.offence_date)) as days_to_first,
        date_diff('day', c.index_date, c.index_date + to_months($months)) as days_followed,
        max(r.offence_class) filter (r.nth = 1) as first_class,
        max(r.kind) filter (r.nth = 1) as first_kind,
        count(*) filter (r.offence_class = 'indictable') as reoffences_indictable,
        count(*) filter (r.offence_class = 'either way') as reoffences_either_way,
        count(*) filter (r.offence_class = 'summary') as reoffences_summary,
        count(distinct r.disposal_id) filter (r.kind = 'custody') as custodial_sentences
    from chosen c
    left join reoffence r using (event_id)
    group by c.event_id, c.index_date
)
select
    event_id,
    reoffences > 0 as reoffended,
    reoffences,
    coalesce(days_to_first, days_followed) as offence_free_days,
    days_to_first,
    first_class = 'indictable' as first_indictable,
    first_class = 'either way' as first_either_way,
    first_class = 'summary' as first_summary,
    reoffences_indictable,
    reoffences_either_way,
    reoffences_summary,
    first_kind = 'custody' as first_custody,
    custodial_sentences
from counted
