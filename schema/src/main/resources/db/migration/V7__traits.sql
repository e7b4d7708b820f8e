-- Two more heads beside the funnel, counted in the same transactions under the search row's lock.

-- How many layers hold an operation, a moment or an index set on a node that their output depends on.
create table trait (
  search_id bigint not null references search on delete cascade,
  trait     text   not null,                                -- 'mul', 'std', 'whc/g', 'std_whc/g'; 'any' for every layer
  proposed  bigint not null,                                -- births
  trained   bigint not null,                                -- of these, trained and scored or rejected for what they are
  survived  bigint not null,                                -- of these, trained to the end: scored
  primary key (search_id, trait)
) with (fillfactor = 50);

-- At which anchor training gave layers up; those without an anchor, such as the unstable, are in the funnel alone.
create table funnel_anchor (
  search_id   bigint not null references search on delete cascade,
  stage       text   not null,
  reason      text   not null,
  anchor      text   not null,
  candidates  bigint not null,
  steps_saved bigint not null,
  primary key (search_id, stage, reason, anchor)
) with (fillfactor = 50);

-- The traits of a stored graph: three bytes a node (code, first input, second input or 255) after four inputs.
create function traits_of(genotype bytea) returns text[] language plpgsql immutable strict parallel safe as $$
declare
  elementwise constant text[] := array['add', 'mul', 'div', 'max', 'neg', 'sigmoid', 'tanh', 'exp', 'log', 'abs', 'square', 'sqrt'];
  moments     constant text[] := array['mean', 'rms', 'std'];
  sets        constant text[] := array['bwh', 'whc', 'wh', 'whc/g'];
  nodes       constant integer := octet_length(genotype) / 3;
  live        boolean[] := array_fill(false, array[nodes + 4]);
  found       text[] := array['any'];
  code        integer;
begin
  live[nodes + 4] := true;
  for node in reverse nodes - 1 .. 0 loop
    continue when not live[node + 5];
    live[get_byte(genotype, 3 * node + 1) + 1] := true;
    if get_byte(genotype, 3 * node + 2) < 255 then
      live[get_byte(genotype, 3 * node + 2) + 1] := true;
    end if;
    code := get_byte(genotype, 3 * node);
    if code < 12 then
      found := found || elementwise[code + 1];
    else
      found := found || array[moments[(code - 12) / 4 + 1], sets[(code - 12) % 4 + 1],
                              moments[(code - 12) / 4 + 1] || '_' || sets[(code - 12) % 4 + 1]];
    end if;
  end loop;
  return array(select distinct unnest(found));
end $$;

-- Counts both anew from the facts: for searches that began before there were these tables, or that a program of then went on with.
create function recount(search bigint) returns void language sql as $$
  delete from trait where search_id = search;
  insert into trait (search_id, trait, proposed, trained, survived)
  select search, t.trait, count(*), count(*) filter (where o.kind <> 'FAILED'), count(*) filter (where o.kind = 'SCORED')
    from candidate c
    left join evaluation e on e.search_id = c.search_id and e.birth = c.birth and e.purpose = 'EVOLUTION' and e.round = 0
    left join outcome o on o.evaluation_id = e.id and o.absorbed
    cross join unnest(traits_of(c.genotype)) as t (trait)
   where c.search_id = search group by t.trait;
  delete from funnel_anchor where search_id = search;
  insert into funnel_anchor (search_id, stage, reason, anchor, candidates, steps_saved)
  select search, o.stage, o.reason, o.detail -> 'reason' ->> 'anchor', count(*), sum(o.saved_steps)
    from outcome o join evaluation e on e.id = o.evaluation_id and e.purpose = 'EVOLUTION'
   where o.search_id = search and o.absorbed and o.kind = 'REJECTED' and o.detail -> 'reason' ? 'anchor'
   group by o.stage, o.reason, o.detail -> 'reason' ->> 'anchor';
$$;

select recount(id) from search where kind = 'SEARCH' and births > 0;
