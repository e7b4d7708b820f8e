-- One row per worker process, never reused.
create table worker (
  id            bigint generated always as identity primary key,
  name          text     not null unique,                   -- db-scheduler's picked_by
  host          text     not null,
  pid           bigint   not null,
  device        text     not null,
  version       text     not null,
  started_at    timestamptz not null default clock_timestamp(),
  seen_at       timestamptz not null default clock_timestamp(),
  evaluation_id bigint,                                     -- what it trains now
  anchor        smallint,
  step          integer,
  steps         integer,
  stopped_at    timestamptz,
  stop_reason   text                                        -- 'finished', 'hung', 'died: exit 134', 'killed: signal 9', 'silent'
) with (fillfactor = 60);
create index worker_live on worker (id) where stopped_at is null;

-- db-scheduler's table (its postgresql_tables.sql), one row per waiting or running evaluation.
create table scheduled_tasks (
  task_name            text not null,
  task_instance        text not null,
  task_data            bytea,
  execution_time       timestamp with time zone not null,
  picked               boolean not null,
  picked_by            text,
  last_success         timestamp with time zone,
  last_failure         timestamp with time zone,
  consecutive_failures int,
  last_heartbeat       timestamp with time zone,
  version              bigint not null,
  priority             smallint,
  primary key (task_name, task_instance)
);
create index scheduled_tasks_execution_time on scheduled_tasks (execution_time);
create index scheduled_tasks_last_heartbeat on scheduled_tasks (last_heartbeat);
create index scheduled_tasks_priority on scheduled_tasks (priority desc, execution_time asc);
