"""SQL by which the database keeps parts in a request apart: a vote is of a checker, and a part never changes."""

SQLITE_NAMES = (
    "cases_vote_by_a_checker",
    "cases_vote_in_this_round",
    "cases_part_outside_the_organisation",
)
"""SQLite makes a table anew to change it: a migration that does so drops these first, and puts them back."""

SQLITE_VOTES = """
create trigger cases_vote_by_a_checker before insert on cases_vote
when not exists (
    select 1 from cases_part where id = new.part_id and case_id = new.case_id and role = 'output checker'
) begin select raise(abort, 'a vote is cast by a checker of the same request'); end;
create trigger cases_vote_in_this_round before insert on cases_vote
when not exists (select 1 from cases_case where id = new.case_id and round = new.round and state = 'checking')
begin select raise(abort, 'a vote is cast in the round that is open'); end;
create trigger cases_part_outside_the_organisation before insert on cases_part
when (new.role = 'provider') <> exists (
    select 1 from accounts_user as u join cases_case as c on c.organisation_id = u.organisation_id
    where u.id = new.user_id and c.id = new.case_id
) begin select raise(abort, 'only its own organisation provides a request, and has no other part in it'); end;
"""

POSTGRESQL_VOTES = """
create or replace function cases_vote_is_fit() returns trigger language plpgsql as $$
begin
    if not exists (
        select 1 from cases_part where id = new.part_id and case_id = new.case_id and role = 'output checker'
    ) then raise exception 'a vote is cast by a checker of the same request'; end if;
    if not exists (select 1 from cases_case where id = new.case_id and round = new.round and state = 'checking')
    then raise exception 'a vote is cast in the round that is open'; end if;
    return new;
end $$;
create trigger cases_vote_is_fit before insert on cases_vote for each row execute function cases_vote_is_fit();
create or replace function cases_part_is_fit() returns trigger language plpgsql as $$
begin
    if (new.role = 'provider') <> exists (
        select 1 from accounts_user as u join cases_case as c on c.organisation_id = u.organisation_id
        where u.id = new.user_id and c.id = new.case_id
    ) then raise exception 'only its own organisation provides a request, and has no other part in it'; end if;
    return new;
end $$;
create trigger cases_part_is_fit before insert on cases_part for each row execute function cases_part_is_fit();
"""
