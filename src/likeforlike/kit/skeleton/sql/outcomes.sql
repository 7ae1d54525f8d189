-- Spells begun, and days in any spell, from the index date to the end of follow-up.
with followed as (
    select event_id, person_id, index_date, (index_date + to_months($months))::date as last_day from chosen
),
after_start as (
    select
        f.event_id,
        bool_or(t.start_date > f.index_date) as any_spell,
        sum(date_diff(
            'day', greatest(t.start_date, f.index_date), least(coalesce(t.end_date + 1, f.last_day), f.last_day)
        )) as days_in_spell
    from followed f
    join spells t on t.person_id = f.person_id
    where t.start_date < f.last_day
      and coalesce(t.end_date >= f.index_date, true)
    group by f.event_id
)
select
    f.event_id,
    coalesce(any_spell, false) as any_spell,
    coalesce(days_in_spell, 0) as days_in_spell,
    coalesce(days_in_spell, 0) > 0 as had_days
from followed f
left join after_start using (event_id)
