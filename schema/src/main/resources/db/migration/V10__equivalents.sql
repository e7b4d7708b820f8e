-- Which births compute the same, or do the same at initialisation, within a search and in all others: each list is a stretch
-- of an index. What cannot be computed at initialisation (all bits set) is like nothing else.
drop index candidate_phenotype;
create index candidate_phenotype on candidate (phenotype_id, search_id, birth) where phenotype_id is not null;
create index candidate_behaviour on candidate (initial_behaviour, search_id, birth)
  where initial_behaviour is not null and initial_behaviour <> '\xffffffffffffffffffffffffffffffff';
