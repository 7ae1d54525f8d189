-- What was known on the index date: a spell counts up to the day before, whenever it ends.
with past as (
    select
        c.event_id,
        t.start_date >= c.index_date - interval 2 year as begun,
        coalesce(t.end_date >= c.index_date, true) as goes_on,
        date_diff(
            'day',
            greatest(t.start_date, (c.index_date - interval 2 year)::date),
            least(coalesce(t.end_date + 1, c.index_date), c.index_date)
        ) as days
    from chosen c
    join spells t on t.person_id = c.person_id
    where t.start_date < c.index_date
      and coalesce(t.end_date >= c.index_date - interval 2 year, true)
),
counted as (
    select event_id, bool_or(goes_on) as in_spell, count(*) filter (begun) as spells_before, sum(days) as days_before
    from past
    group by event_id
)
select
    c.event_id,
    coalesce(p.sex, 'unknown') as sex,
    e.age_at_index,
    p.region,
    coalesce(counted.in_spell, false) as in_spell,
    coalesce(counted.spells_before, 0) as spells_before,
    coalesce(counted.days_before, 0) as days_before,
    strftime(c.index_date, '%Y') || ' Q' || quarter(c.index_date) as index_quarter
from chosen c
join chosen_event e using (event_id)
join people p on p.person_id = c.person_id
left join counted using (event_id)
