-- The first day of every month since claims are known: whoever starts is followed from that of their own month.
with month as (
    select unnest(generate_series(
        date_trunc('month', min(start_date)), date_trunc('month', max(start_date)), interval 1 month
    ))::date as index_date
    from claims
)
select
    p.person_id || '-' || strftime(m.index_date, '%Y%m%d') as event_id,
    p.person_id,
    m.index_date,
    month(m.index_date) as month,
    date_diff('day', p.date_of_birth, m.index_date) / 365.25 as age_at_index
from people p
cross join month m
where p.date_of_birth is not null
