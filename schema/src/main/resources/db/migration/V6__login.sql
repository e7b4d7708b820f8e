-- Who may come in. Of every secret only its SHA-256 is kept: the secrets are 256 random bits, so that nothing slower is needed.
create table access_key (
  id         bigint generated always as identity primary key,
  name       text  not null,                                -- of the program or person that uses it
  role       text  not null check (role in ('VIEWER', 'OPERATOR')),
  digest     bytea not null unique check (octet_length(digest) = 32),
  created_at timestamptz not null default clock_timestamp(),
  revoked_at timestamptz
);
create unique index access_key_name on access_key (name) where revoked_at is null;

-- Links that log in once.
create table login_link (
  id         bigint generated always as identity primary key,
  role       text  not null check (role in ('VIEWER', 'OPERATOR')),
  digest     bytea not null unique check (octet_length(digest) = 32),
  created_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  used_at    timestamptz
);

-- Spring Session's tables, under the names and in the types that it expects: logins outlive the service. Times are
-- milliseconds since 1970.
create table spring_session (
  primary_id            char(36) primary key,
  session_id            char(36) not null unique,
  creation_time         bigint   not null,
  last_access_time      bigint   not null,
  max_inactive_interval integer  not null,
  expiry_time           bigint   not null,
  principal_name        text
);
create index spring_session_expiry on spring_session (expiry_time);
create index spring_session_principal on spring_session (principal_name);
create table spring_session_attributes (
  session_primary_id char(36)     not null references spring_session on delete cascade,
  attribute_name     varchar(200) not null,
  attribute_bytes    bytea        not null,
  primary key (session_primary_id, attribute_name)
);
