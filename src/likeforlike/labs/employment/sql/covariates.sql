-- What was known on the first day of the month: nothing that began, ended or was paid after it is used.
with spell as (
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
),
past as (
    select
        c.event_id,
        c.index_date,
        s.kind,
        s.start_date,
        s.start_date >= c.index_date - interval 2 year as begun,
        coalesce(s.end_date >= c.index_date, true) as goes_on,
        greatest(s.start_date, (c.index_date - interval 2 year)::date) as first_day,
        least(coalesce(s.end_date, c.index_date - 1), c.index_date - 1) as last_day
    from chosen c
    join spell s on s.person_id = c.person_id
    where s.start_date < c.index_date
      and coalesce(s.end_date >= c.index_date - interval 2 year, true)
),
-- Spells of a kind may overlap: each adds only the days after the last one that is counted already.
added as (
    select
        *,
        greatest(first_day, coalesce(1 + max(last_day) over (
            partition by event_id, kind order by first_day, last_day
            rows between unbounded preceding and 1 preceding
        ), first_day)) as new_from
    from past
),
counted as (
    select
        event_id,
        sum(greatest(date_diff('day', new_from, last_day) + 1, 0)) filter (kind = 'work') / 7 as weeks_in_work_before,
        sum(greatest(date_diff('day', new_from, last_day) + 1, 0)) filter (kind = 'searching') / 7 as weeks_searching,
        sum(greatest(date_diff('day', new_from, last_day) + 1, 0)) filter (kind = 'inactive') / 7 as weeks_inactive,
        sum(greatest(date_diff('day', new_from, last_day) + 1, 0)) filter (kind = 'learning') / 7 as weeks_learning,
        count(*) filter (kind = 'work' and begun) as jobs_begun,
        count(*) filter (kind in ('searching', 'inactive') and begun) as claims_begun,
        max(last_day) as last_known,
        case
            when bool_or(goes_on and kind = 'work') then 'work'
            when bool_or(goes_on and kind = 'learning') then 'learning'
            when bool_or(goes_on and kind = 'searching') then 'searching'
            when bool_or(goes_on and kind = 'inactive') then 'inactive'
            else 'neither'
        end as status
    from added
    group by event_id
),
since as (
    select event_id, min(greatest(start_date, first_day)) as since
    from added
    join counted using (event_id)
    where goes_on and kind = status
    group by event_id
),
-- Pay adds up in whole pence: a sum of fractions would depend on the order of rows.
paid as (
    select
        c.event_id,
        sum(floor(100 * j.weekly_pay + 0.5) * (1 + date_diff(
            'day',
            greatest(j.start_date, (c.index_date - interval 1 year)::date),
            least(coalesce(j.end_date, c.index_date - 1), c.index_date - 1)
        ))) / 7 / 100000 as pay_before
    from chosen c
    join jobs j on j.person_id = c.person_id
    where j.start_date < c.index_date
      and coalesce(j.end_date >= c.index_date - interval 1 year, true)
    group by c.event_id
)
select
    c.event_id,
    coalesce(p.sex, 'unknown') as sex,
    coalesce(p.ethnicity, 'unknown') as ethnicity,
    e.age_at_index,
    coalesce(p.disabled, false) as disabled,
    coalesce(counted.status, 'neither') as status,
    least(24, date_diff('day', coalesce(
        since.since, counted.last_known + 1, (c.index_date - interval 2 year)::date
    ), c.index_date) / 30.4375) as months_in_status,
    coalesce(counted.weeks_in_work_before, 0) as weeks_in_work_before,
    coalesce(counted.jobs_begun, 0) as jobs_begun,
    coalesce(paid.pay_before, 0) as pay_before,
    coalesce(counted.weeks_searching, 0) as weeks_searching,
    coalesce(counted.weeks_inactive, 0) as weeks_inactive,
    coalesce(counted.claims_begun, 0) as claims_begun,
    coalesce(counted.weeks_learning, 0) as weeks_learning,
    p.region,
    strftime(c.index_date, '%Y') || ' Q' || quarter(c.index_date) as index_quarter
from chosen c
join chosen_event e using (event_id)
join people p on p.person_id = c.person_id
left join counted using (event_id)
left join since using (event_id)
left join paid using (event_id)
