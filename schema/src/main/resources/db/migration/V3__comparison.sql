-- A comparison is a row of search too: the same queue, fence, pause and cancellation. It has no births and no arrivals. Its
-- preset is its specification's name, its seed the first one, its evolution minus the version of its plan.
alter table search add column kind text not null default 'SEARCH' check (kind in ('SEARCH', 'COMPARISON'));
alter table search drop constraint search_phase_check;
alter table search add constraint search_phase_check
  check (phase in ('CALIBRATION', 'EVOLUTION', 'CONFIRMATION', 'REPORT', 'COMPARISON', 'FINISHED'));

-- The round of a comparison's evaluation is the number of its training, its reference the layer's label, its replicate the
-- seed's place from 0.

-- The layer of an evaluation is a graph or one that is written in the worker.
alter table evaluation alter column genotype drop not null;
alter table evaluation add column native text;
alter table evaluation add constraint evaluation_layer check ((genotype is null) <> (native is null));
alter table evaluation add column observation jsonb;        -- what is looked at besides the score

alter table evaluation drop constraint evaluation_purpose_check;
alter table evaluation add constraint evaluation_purpose_check
  check (purpose in ('CALIBRATION', 'EVOLUTION', 'AUDIT', 'CONFIRMATION', 'COMPARISON'));
alter table evaluation drop constraint evaluation_scored_on_check;
alter table evaluation add constraint evaluation_scored_on_check
  check (scored_on in ('SEARCH', 'CONFIRM', 'CONFIRM_AND_TEST', 'TEST'));

-- Orders hold what a worker of the release before cannot read; it never picks this name. What waits is readable to the new one.
update scheduled_tasks set task_name = 'evaluate.v2' where task_name = 'evaluate.v1';
