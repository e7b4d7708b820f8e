-- Kinds of table, by who writes them:
--   facts    append-only                                phenotype, candidate, evaluation, outcome, anchor_result, sealed_test, arrival
--   heads    by the coordinator that holds the search row's lock   search, front_stay, front_size, funnel
-- All times come from the database's clock. One word per thing: see package dev.normforge.search.

create table proxy (
  hash bytea primary key check (octet_length(hash) = 32),   -- SHA-256 of the canonical ProxySpec
  spec jsonb not null
);

create table search (
  id          bigint generated always as identity primary key,
  name        text        not null unique,                  -- client-chosen: create is idempotent on it
  preset      text        not null,
  spec        jsonb       not null,                         -- SearchSpec, immutable
  seed        bigint      not null,
  data        text        not null,                         -- 'cifar10' or 'synthetic': labels every chart and sentence
  evolution   smallint    not null,                         -- version of the proposal code: replay refuses another
  simplifier  smallint    not null,                         -- version of the rewrite rules, likewise
  study       text,                                         -- groups the arms and seeds of one experiment
  arm         text,
  phase       text        not null default 'CALIBRATION'
              check (phase in ('CALIBRATION', 'EVOLUTION', 'CONFIRMATION', 'REPORT', 'FINISHED')),
  intent      text        not null default 'RUN' check (intent in ('RUN', 'PAUSE', 'CANCEL')),
  ending      text        check (ending in ('COMPLETED', 'CANCELLED', 'EXHAUSTED', 'FAILED')),
  ending_note text,
  births      integer     not null default 0,               -- proposals made so far
  arrivals    integer     not null default 0,               -- results absorbed so far
  revision    bigint      not null default 0,               -- +1 on every visible change: the doorbell's cursor
  calibration jsonb,                                        -- noise, baselines, verdict: set when calibration ends
  report      jsonb,                                        -- set when the search finishes
  created_at  timestamptz not null default clock_timestamp(),
  evolution_started_at timestamptz,
  evolution_ended_at   timestamptz,
  evolution_end text       check (evolution_end in ('BUDGET', 'EXHAUSTED', 'FAILURES')),
  active_ms   bigint      not null default 0,               -- time spent running, pauses and stops not counted
  active_at   timestamptz,                                  -- when active_ms was last brought up to date
  finished_at timestamptz,
  check ((phase = 'FINISHED') = (ending is not null))
);
create index search_live on search (id) where phase <> 'FINISHED';
create index search_study on search (study) where study is not null;

-- One row per distinct simplified graph and numerics, shared by all searches.
create table phenotype (
  id            bigint   generated always as identity primary key,
  simplifier    smallint not null,
  hash          bytea    not null check (octet_length(hash) = 32),
  formula       text     not null,
  operations    smallint not null,
  tensor_passes smallint not null,                          -- full-size reads and writes: what bandwidth pays
  parameters_per_channel smallint not null,
  batch_statistics boolean not null,
  unique (simplifier, hash)
);

-- Every proposal ever made, also those screened out. The tournament is not stored: replay recomputes it from (seed, birth, seen).
create table candidate (
  search_id    bigint   not null references search on delete cascade,
  birth        integer  not null check (birth >= 0),
  origin       text     not null check (origin in ('RANDOM', 'MUTATION')),
  parent_birth integer,
  seen         integer  not null,                           -- arrivals 1..seen were visible to this proposal, no others
  genotype     bytea    not null,                           -- 3 bytes a node
  phenotype_id bigint   references phenotype,               -- null: refused before it was simplified
  initial_behaviour bytea,                                  -- fingerprint at initialisation, null where the probe was not reached
  fate         text     not null check (fate in ('EVALUATED', 'INHERITED', 'SCREENED')),
  screen_stage text     check (screen_stage in ('STATIC', 'PROBE', 'STACK', 'SEEN')),
  screen_rule  text,
  screen_value double precision,                            -- what the rule measured
  audited      boolean  not null default false,             -- chosen for the audit: trained though refused, or on past a gate
  created_at   timestamptz not null default clock_timestamp(),
  primary key (search_id, birth),
  check ((origin = 'MUTATION') = (parent_birth is not null)),
  check ((fate = 'SCREENED') = (screen_rule is not null)),
  check ((screen_rule is null) = (screen_stage is null))
);
create index candidate_phenotype on candidate (search_id, phenotype_id) where phenotype_id is not null;
create index candidate_children on candidate (search_id, parent_birth) where parent_birth is not null;

-- An order to train one layer on the anchors of one proxy with one seed. Immutable but for the two counters.
create table evaluation (
  id          bigint   generated always as identity primary key,
  search_id   bigint   not null references search on delete cascade,
  purpose     text     not null check (purpose in ('CALIBRATION', 'EVOLUTION', 'AUDIT', 'CONFIRMATION')),
  round       smallint not null default 0,                  -- 1 and 2 in confirmation
  birth       integer,                                      -- null for a reference layer
  reference   text,                                         -- 'bn-relu', …; null for a candidate
  genotype    bytea    not null,
  proxy_hash  bytea    not null references proxy,
  replicate   integer  not null,                            -- replicate r uses the r-th seed of the search's common list
  seed        bigint   not null,
  gates       boolean  not null,
  audit       boolean  not null,
  stability_floor double precision,
  scored_on   text     not null check (scored_on in ('SEARCH', 'CONFIRM', 'CONFIRM_AND_TEST')),
  losses      smallint not null default 0,                  -- its worker went silent or was killed
  crashes     smallint not null default 0,                  -- its worker's process died of itself
  created_at  timestamptz not null default clock_timestamp(),
  foreign key (search_id, birth) references candidate (search_id, birth),
  check ((birth is null) = (reference is not null))
);
create index evaluation_purpose on evaluation (search_id, purpose, round);
create unique index evaluation_once on evaluation (search_id, purpose, round, birth, replicate) where birth is not null;
create unique index evaluation_reference_once on evaluation (search_id, purpose, round, reference, replicate) where reference is not null;

-- What a worker reported. The primary key is the fence: the first settled result counts.
create table outcome (
  evaluation_id bigint   primary key references evaluation on delete cascade,
  search_id     bigint   not null,
  worker_id     bigint,                                     -- null: ended by the dead-execution handler
  kind          text     not null check (kind in ('SCORED', 'REJECTED', 'FAILED')),
  stage         text,                                       -- STABILITY, QUALITY, NUMERIC, TIME; null unless REJECTED
  reason        text,                                       -- 'high-loss', 'worker-lost', …; null for SCORED
  detail        jsonb    not null,                          -- the Outcome without test counts
  steps         integer  not null,
  audit_steps   integer  not null,
  saved_steps   integer  not null,
  device_ms     bigint   not null,
  settled_at    timestamptz not null default clock_timestamp(),
  absorbed      boolean  not null default false,
  check ((kind = 'SCORED') = (reason is null)),
  check ((kind = 'REJECTED') = (stage is not null))
);
create index outcome_inbox on outcome (search_id, settled_at, evaluation_id) where not absorbed;
create index outcome_search on outcome (search_id);

create table anchor_result (
  evaluation_id bigint   not null references outcome on delete cascade,
  anchor        smallint not null,                          -- position in ProxySpec.anchors
  correct       integer  not null,
  total         integer  not null check (total > 0 and correct between 0 and total),
  loss          double precision not null,
  step_ms       double precision not null,
  primary key (evaluation_id, anchor)
);

-- Counts on the test images: read by nobody before the search's list of confirmed layers is frozen.
create table sealed_test (
  evaluation_id bigint   not null references outcome on delete cascade,
  anchor        smallint not null,
  correct       integer  not null,
  total         integer  not null check (total > 0 and correct between 0 and total),
  primary key (evaluation_id, anchor)
);

-- A result that came after another had settled: kept as evidence, counted never.
create table superseded (
  id            bigint   generated always as identity primary key,
  evaluation_id bigint   not null references evaluation on delete cascade,
  worker_id     bigint,
  detail        jsonb    not null,
  settled_at    timestamptz not null default clock_timestamp()
);

-- The order in which evolution learned things; with spec and seed the only input of a proposal.
create table arrival (
  search_id     bigint  not null references search on delete cascade,
  ordinal       integer not null check (ordinal > 0),       -- dense: given under the search row's lock
  birth         integer not null,
  evaluation_id bigint  references evaluation,              -- for an inherited score: the evaluation it came from
  correct       integer[],                                  -- per anchor, pooled over replicates; null: did not enter the window
  total         integer[],
  created_at    timestamptz not null default clock_timestamp(),
  primary key (search_id, ordinal),
  unique (search_id, birth),
  check ((correct is null) = (total is null)),
  foreign key (search_id, birth) references candidate (search_id, birth)
);
create index arrival_scored on arrival (search_id, ordinal desc) include (birth, correct, total) where correct is not null;
-- Mean accuracy over the anchors, so that the best layer so far is one index entry away.
create function mean_accuracy(correct integer[], total integer[]) returns double precision
  language sql immutable strict parallel safe
  return (select avg(c::double precision / t) from unnest(correct, total) as pair (c, t));
create index arrival_best on arrival (search_id, mean_accuracy(correct, total) desc, birth) where correct is not null;

-- The front after arrival n: entered <= n and (left_at is null or left_at > n).
create table front_stay (
  search_id    bigint  not null references search on delete cascade,
  birth        integer not null,
  entered      integer not null,                            -- arrival ordinals
  left_at      integer,
  displaced_by integer,                                     -- birth
  primary key (search_id, birth, entered)                   -- a layer returns when one that displaced it measures worse again
);
create index front_now on front_stay (search_id) where left_at is null;

create table front_size (
  search_id   bigint  not null references search on delete cascade,
  ordinal     integer not null,
  members     integer not null,
  hypervolume double precision not null,
  primary key (search_id, ordinal)
);

create table funnel (
  search_id   bigint not null references search on delete cascade,
  stage       text   not null,                              -- STATIC, PROBE, STACK, SEEN, STABILITY, QUALITY, NUMERIC, TIME, FAILED, SCORED, INHERITED, AUDIT
  reason      text   not null,
  candidates  bigint not null,
  steps_spent bigint not null,
  steps_saved bigint not null,
  device_ms   bigint not null,
  primary key (search_id, stage, reason)
);
