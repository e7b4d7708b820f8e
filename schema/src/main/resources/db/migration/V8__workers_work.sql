-- What workers do and did, for the page that shows it: read by worker and time, at most as far back as is shown.
alter table worker add column evaluation_since timestamptz;  -- the first heartbeat that named evaluation_id; null: its release does not say
create index worker_stopped on worker (stopped_at, id) where stopped_at is not null;
create index outcome_worker on outcome (worker_id, settled_at);
-- The last refusal may lie any number of scores back.
create index outcome_refused on outcome (worker_id, settled_at) where kind <> 'SCORED';
