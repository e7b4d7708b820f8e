-- Reports say under which conditions layers were trained; of those written before, nobody noted it.
update search set report = report || '{"conditions": null}' where kind = 'SEARCH' and report is not null;
