package dev.normforge.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Layers that abort or hang the process that trains them, ordered by their hash: the search goes on and says why. */
@Tag("long")
class LayersThatBringWorkersDownTest {

    /** Every layer whose hash starts with one of these digits, a sixteenth of all layers each: some initial ones among them. */
    private static final String UNLUCKY = "[4-7]";

    @TempDir
    private Path folder;

    @Test
    void aLayerThatAbortsItsProcessEachTimeEndsAsFailedAndTheSearchGoesOn() throws Exception {
        try (var program = Program.serve(folder.resolve("home"),
                Map.of("NORMFORGE_FAULT", "abort@step=2:layer=" + UNLUCKY)); var database = program.database()) {
            KilledProcessesLoseNothingTest.create(program, "aborting", 12);
            KilledProcessesLoseNothingTest.finish(program, database, "aborting", folder.resolve("home"));
            assertThat(Ledger.text(database, """
                    select count(*) from outcome o join search s on s.id = o.search_id
                    where s.name = ? and o.reason = 'worker-crashed'
                    """, "aborting")).isNotEqualTo("0");
            assertThat(Ledger.text(database, """
                    select count(*) from outcome o join search s on s.id = o.search_id
                    join evaluation e on e.id = o.evaluation_id
                    left join candidate c on c.search_id = e.search_id and c.birth = e.birth
                    left join phenotype p on p.id = c.phenotype_id
                    where s.name = ? and e.purpose = 'EVOLUTION'
                    and (o.reason is not distinct from 'worker-crashed') <> (encode(p.hash, 'hex') ~ '^[4-7]')
                    """, "aborting")).as("a lucky layer that crashed, or an unlucky one that did not").isEqualTo("0");
        }
    }

    @Test
    void aHungWorkerHaltsItselfAndItsEvaluationIsRedone() throws Exception {
        try (var program = Program.serve(folder.resolve("home"),
                Map.of("NORMFORGE_FAULT", "hang@step=2:layer=" + anInitialLayer(), "NORMFORGE_STALL_SECONDS", "3"));
                var database = program.database()) {
            KilledProcessesLoseNothingTest.create(program, "hanging", 16);
            KilledProcessesLoseNothingTest.finish(program, database, "hanging", folder.resolve("home"));
            assertThat(Ledger.text(database, """
                    select count(*) from worker, search s where s.name = ? and stop_reason = 'hung'
                    """, "hanging")).as("workers that halted themselves").isNotEqualTo("0");
            assertThat(Ledger.text(database, """
                    select max(e.crashes) from evaluation e join search s on s.id = e.search_id where s.name = ?
                    """, "hanging")).as("attempts at the layer that hangs").isEqualTo("3");
        }
    }

    /** The hash of a layer that every search of the seed trains: which its evolution trains depends on who is faster. */
    private String anInitialLayer() throws Exception {
        try (var program = Program.serve(folder.resolve("scout")); var database = program.database()) {
            KilledProcessesLoseNothingTest.create(program, "scout", 1);
            KilledProcessesLoseNothingTest.finish(program, database, "scout", folder.resolve("scout"));
            return Ledger.text(database, """
                    select encode(p.hash, 'hex') from candidate c join search s on s.id = c.search_id
                    join evaluation e on e.search_id = c.search_id and e.birth = c.birth and e.purpose = 'EVOLUTION'
                    join phenotype p on p.id = c.phenotype_id where s.name = ? order by c.birth limit 1
                    """, "scout");
        }
    }
}
