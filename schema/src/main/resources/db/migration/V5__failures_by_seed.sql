-- Results of comparisons name the seed of a failure in a field of its own: 'seed 3: worker-lost' becomes
-- {"seed": 3, "why": "worker-lost"}.
update search set report = jsonb_set(report, '{cells}', (
  select jsonb_agg(jsonb_set(cell, '{failures}', (
    select coalesce(jsonb_agg(jsonb_build_object('seed', substring(failure from 'seed (-?\d+): ')::bigint,
                                                 'why', regexp_replace(failure, '^seed -?\d+: ', '')) order by nth), '[]')
    from jsonb_array_elements_text(cell -> 'failures') with ordinality as f (failure, nth))) order by place)
  from jsonb_array_elements(report -> 'cells') with ordinality as c (cell, place)))
where kind = 'COMPARISON' and jsonb_path_exists(report, '$.cells[*].failures[0] ? (@.type() == "string")');
