-- Where people stood on the last day of follow-up and after a year, and what they did until then.
with followed as (
    select
        event_id,
        person_id,
        index_date,
        (index_date + to_months(least($months, 12)))::date as year_end,
        (index_date + to_months($months))::date as last_day,
        (index_date + to_months(greatest($months - 12, 0)))::date as last_year
    from chosen
),
stood as (
    select
        f.event_id,
        bool_or(kind = 'work' and at_end) as employed,
        bool_or(kind = 'searching' and at_end) as out_of_work_benefit,
        bool_or(kind = 'inactive' and at_end) as inactivity_benefit,
        bool_or(kind = 'learning' and at_end) as learning,
        bool_or(kind = 'work' and at_year) as employed_year,
        bool_or(kind = 'searching' and at_year) as out_of_work_benefit_year,
        bool_or(kind = 'inactive' and at_year) as inactivity_benefit_year,
        bool_or(kind = 'learning' and at_year) as learning_year
    from followed f
    join (
        select
            f.event_id,
            s.kind,
            s.start_date <= f.last_day and coalesce(s.end_date >= f.last_day, true) as at_end,
            s.start_date <= f.year_end and coalesce(s.end_date >= f.year_end, true) as at_year
        from followed f
        join (
            select person_id, 'work' as kind, start_date, end_date from jobs
            union all
            select
                person_id,
                case
                    when benefit in ('jobseeker''s allowance', 'universal credit, searching for work') then 'searching'
                    else 'inactive'
                end,
                start_date,
                end_date
            from claims
            union all
            select person_id, 'learning', start_date, end_date from courses
        ) s using (person_id)
    ) using (event_id)
    group by f.event_id
),
worked as (
    select
        f.event_id,
        f.index_date,
        f.year_end,
        f.last_day,
        f.last_year,
        greatest(j.start_date, f.index_date) as first_day,
        least(coalesce(j.end_date, f.last_day - 1), f.last_day - 1) as end_day,
        j.weekly_pay
    from followed f
    join jobs j using (person_id)
    where j.start_date < f.last_day
      and coalesce(j.end_date >= f.index_date, true)
),
-- Jobs may overlap: each adds only the days after the last one that is counted already.
added as (
    select
        *,
        greatest(first_day, coalesce(1 + max(end_day) over (
            partition by event_id order by first_day, end_day
            rows between unbounded preceding and 1 preceding
        ), first_day)) as new_from
    from worked
),
counted as (
    select
        event_id,
        sum(greatest(date_diff('day', new_from, end_day) + 1, 0)) / 7 as weeks_in_work,
        sum(greatest(date_diff('day', new_from, least(end_day, year_end - 1)) + 1, 0)) / 7 as weeks_first_year,
        -- in whole pence: a sum of fractions would depend on the order of rows
        sum(
            floor(100 * weekly_pay + 0.5)
            * greatest(date_diff('day', greatest(first_day, last_year), end_day) + 1, 0)
        ) / 700 as earned
    from added
    group by event_id
),
passed as (
    select distinct f.event_id
    from followed f
    join courses c using (person_id)
    where c.passed
      and c.end_date > f.index_date
      and c.end_date <= f.last_day
)
select
    f.event_id,
    coalesce(employed, false) as employed,
    coalesce(out_of_work_benefit, false) as out_of_work_benefit,
    coalesce(inactivity_benefit, false) as inactivity_benefit,
    coalesce(learning, false) as learning,
    not coalesce(employed or learning, false) as neet,
    coalesce(employed_year, false) as employed_year,
    coalesce(out_of_work_benefit_year, false) as out_of_work_benefit_year,
    coalesce(inactivity_benefit_year, false) as inactivity_benefit_year,
    coalesce(learning_year, false) as learning_year,
    not coalesce(employed_year or learning_year, false) as neet_year,
    coalesce(weeks_in_work, 0) as weeks_in_work,
    coalesce(weeks_in_work, 0) > 0 as worked,
    coalesce(weeks_first_year, 0) as weeks_first_year,
    coalesce(weeks_first_year, 0) > 0 as worked_first_year,
    p.event_id is not null as passed_course,
    coalesce(earned, 0) = 0 as earned_nothing,
    coalesce(earned, 0) > 0 and earned < 10000 as earned_below_10000,
    coalesce(earned, 0) >= 10000 and earned < 20000 as earned_10000_to_20000,
    coalesce(earned, 0) >= 20000 as earned_20000
from followed f
left join stood using (event_id)
left join counted using (event_id)
left join passed p using (event_id)
