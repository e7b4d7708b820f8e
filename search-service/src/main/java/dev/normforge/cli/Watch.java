package dev.normforge.cli;

import dev.normforge.dispatch.LocalFitness;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;

/** Shows how a search or a comparison gets on until it is finished, or a stop is requested. */
final class Watch {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);

    /** Longer than anything that happens without a visible change, but for one long training. */
    private static final Duration QUIET = Duration.ofMinutes(2);

    private final RunningService service;
    private final Screen screen;
    private final StopRequest stop;
    private final String subject;
    private final String goOn;
    private Optional<String> complaint = Optional.empty();

    /**
     * @param subject for example {@code search laptop-seed1}
     * @param goOn the command that goes on with what this one had to leave
     */
    Watch(RunningService service, Screen screen, StopRequest stop, String subject, String goOn) {
        this.service = service;
        this.screen = screen;
        this.stop = stop;
        this.subject = subject;
        this.goOn = goOn;
    }

    /**
     * How it stands.
     *
     * @param note one line for people, where there is more to say
     * @param revision grows with every visible change
     * @param running how many trainings run
     */
    record State(Shown shown, boolean finished, @Nullable String note, long revision, long running) {
    }

    /** Looks. */
    interface Look {
        State look();
    }

    /**
     * @return whether it is finished; false if a stop was requested first
     * @throws UserError if it cannot go on: no worker can train, no room, no database
     */
    boolean finishes(Look look) {
        long revision = -1;
        String said = "";
        long changed = System.nanoTime();
        long answered = changed;
        while (!stop.within(BETWEEN_LOOKS)) {
            var lack = service.lackOfRoom();
            if (lack.isPresent()) {
                throw stopped(lack.get());
            }
            State state;
            try {
                state = look.look();
                if (state.finished()) {
                    screen.erase();
                    return true;
                }
                screen.show(state.shown());
                heed(service.get(LocalFitness.class));
                answered = System.nanoTime();
            } catch (DataAccessException e) {
                // a server that restarts is waited for
                if (System.nanoTime() - answered > QUIET.toNanos()) {
                    throw stopped("the database does not answer (log: %s): %s".formatted(service.log(),
                            NormForge.oneLine(NormForge.firstCause(e))));
                }
                continue;
            }
            var note = state.note();
            if (note != null && !note.equals(said)) {
                screen.say("%s: %s".formatted(subject, note));
                said = note;
            }
            if (state.revision() != revision || state.running() > 0) {
                revision = state.revision();
                changed = System.nanoTime();
            } else if (System.nanoTime() - changed > QUIET.toNanos()) {
                screen.say("nothing has happened for %d minutes; the log may say why: %s".formatted(QUIET.toMinutes(),
                        service.log()));
                changed = System.nanoTime();
            }
        }
        screen.erase();
        return false;
    }

    /** Workers without images, or without an engine, are tried again for a while: what was lost may come back. */
    private void heed(LocalFitness fitness) {
        var now = fitness.complaint();
        if (now.isPresent() && !now.equals(complaint)) {
            screen.say("a worker cannot train here: %s; the next one tries again".formatted(now.get()));
        }
        complaint = now;
        fitness.whyNobodyTrains().ifPresent(why -> {
            screen.erase();
            throw new UserError("no worker can train: %s; nothing is lost. Once that is mended, go on with: %s"
                    .formatted(why, goOn));
        });
    }

    private UserError stopped(String why) {
        screen.erase();
        return new UserError("%s has stopped, nothing is lost: %s; put it right, then go on with: %s".formatted(subject,
                why, goOn));
    }
}
