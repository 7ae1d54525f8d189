-- Who may do what with which table. Run by the owner after every `likeforlike migrate`; running it again changes nothing.
-- Set the passwords of likeforlike_desk and likeforlike_worker with \password; the others connect by their user's name.
-- No role but the owner may change a table, and none may change, remove or empty the record (audit_event).

do $$ declare role text; begin
    foreach role in array array['website', 'mailer', 'desk', 'worker', 'backup'] loop
        if not exists (select from pg_roles where rolname = 'likeforlike_' || role) then
            execute format('create role %I login nosuperuser nocreatedb nocreaterole noreplication', 'likeforlike_' || role);
        end if;
    end loop;
end $$;

revoke all on all tables in schema public from public, likeforlike_website, likeforlike_mailer, likeforlike_desk, likeforlike_worker, likeforlike_backup;
revoke all on all sequences in schema public from public, likeforlike_website, likeforlike_mailer, likeforlike_desk, likeforlike_worker, likeforlike_backup;
revoke create on schema public from public;
grant usage on schema public to likeforlike_website, likeforlike_mailer, likeforlike_desk, likeforlike_worker, likeforlike_backup;
grant usage on all sequences in schema public to likeforlike_website, likeforlike_desk, likeforlike_worker;
grant select on django_migrations to likeforlike_website, likeforlike_desk, likeforlike_worker, likeforlike_mailer;
grant select on django_content_type, auth_permission to likeforlike_website, likeforlike_desk, likeforlike_worker;

-- the record: read and added to
grant select, insert on audit_event to likeforlike_website, likeforlike_desk, likeforlike_worker;

-- signing in, at both sites
grant select, insert, update, delete on django_session, cache, account_emailaddress, account_emailconfirmation,
    mfa_authenticator, usersessions_usersession to likeforlike_website, likeforlike_desk;
grant select, insert, update on accounts_user, accounts_invitation to likeforlike_website, likeforlike_desk;
grant select on accounts_organisation to likeforlike_website, likeforlike_worker;
grant select, insert, update on accounts_organisation to likeforlike_desk;
grant select on accounts_user to likeforlike_worker;

-- the website: what an organisation fills in and asks for; results only to read; no note and no vote of the lab's
grant select, insert, update on cases_case, cases_part, cases_message, cases_signature, jobs_job, uploads_upload to likeforlike_website;
grant select, update on uploads_requestkey to likeforlike_website;
grant select, insert, update on api_token to likeforlike_website;
grant select on cases_result, cases_resultfile, uploads_receipt to likeforlike_website;

-- the desk: the lab's decisions; what the vault made only to read
grant select, insert, update on cases_case, cases_part, cases_message, cases_vote, jobs_job to likeforlike_desk;
grant select, insert on cases_note to likeforlike_desk;
grant select on cases_result, cases_resultfile, cases_signature, jobs_jobstage, uploads_upload, uploads_requestkey, uploads_receipt
    to likeforlike_desk;

-- the worker: lists, keys and results; no session and no second factor
grant select, insert, update on cases_case, cases_result, cases_resultfile, jobs_job, jobs_jobstage, uploads_upload, uploads_requestkey
    to likeforlike_worker;
grant select, insert, update, delete on jobs_workerseen to likeforlike_worker;
grant select on jobs_workerseen to likeforlike_desk;
grant select on cases_part, cases_message, cases_signature to likeforlike_worker;
grant select, insert on uploads_receipt to likeforlike_worker;

-- mails: the website and the worker write into the outbox and cannot read it, for links wait there
grant insert on mails_mail to likeforlike_website, likeforlike_worker;
grant select, insert, update on mails_mail to likeforlike_desk;
grant select, update on mails_mail to likeforlike_mailer;
grant select on mails_changedwording to likeforlike_website, likeforlike_worker;
grant select, insert, update, delete on mails_changedwording to likeforlike_desk;

-- the backup reads everything
grant select on all tables in schema public to likeforlike_backup;
grant select on all sequences in schema public to likeforlike_backup;
