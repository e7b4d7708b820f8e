-- Answers to orders that came with an Idempotency-Key: whoever repeats one gets the same answer, for a day.
create table idempotency (
  resource    text        not null,                         -- 'searches' or 'comparisons'
  key         text        not null check (char_length(key) between 1 and 255),
  fingerprint bytea       not null check (octet_length(fingerprint) = 32),   -- SHA-256 of the body
  search_id   bigint      references search on delete cascade,   -- this and the answer are null only before the order is done
  status      smallint,
  location    text,
  answer      text,
  created_at  timestamptz not null default clock_timestamp(),
  primary key (resource, key)
);
create index idempotency_age on idempotency (created_at);
create index idempotency_search on idempotency (search_id);   -- a search that is deleted takes its answers along

-- What evolution had spent when an arrival came: two searches are compared by it, and nobody adds up ten thousand rows.
alter table arrival add column trained integer;             -- births handed to a worker and ended, this one included
alter table arrival add column steps bigint;                -- training steps on candidates, audits included

-- An inherited score trained nobody; an audit trains a layer that had ended before.
update arrival a set trained = sums.trained, steps = sums.steps
  from (select a.search_id, a.ordinal,
               count(*) filter (where c.fate = 'EVALUATED' and e.purpose = 'EVOLUTION') over earlier as trained,
               coalesce(sum(o.steps) filter (where c.fate <> 'INHERITED') over earlier, 0) as steps
          from arrival a
          join candidate c on c.search_id = a.search_id and c.birth = a.birth
          left join evaluation e on e.id = a.evaluation_id
          left join outcome o on o.evaluation_id = a.evaluation_id
        window earlier as (partition by a.search_id order by a.ordinal)) sums
 where a.search_id = sums.search_id and a.ordinal = sums.ordinal;

-- A trigger, so that a coordinator of the release before counts too.
create function count_arrival() returns trigger language plpgsql as $$
begin
  select coalesce(max(a.trained), 0), coalesce(max(a.steps), 0) into new.trained, new.steps
    from arrival a where a.search_id = new.search_id and a.ordinal = new.ordinal - 1;
  select new.trained + case when e.purpose = 'EVOLUTION' then 1 else 0 end, new.steps + coalesce(o.steps, 0)
    into new.trained, new.steps
    from (select 1) one
    left join candidate c on c.search_id = new.search_id and c.birth = new.birth and c.fate <> 'INHERITED'
    left join evaluation e on e.id = new.evaluation_id and c.birth is not null
    left join outcome o on o.evaluation_id = e.id;
  return new;
end $$;
create trigger arrival_counted before insert on arrival for each row execute function count_arrival();
