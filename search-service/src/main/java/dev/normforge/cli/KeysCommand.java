package dev.normforge.cli;

import dev.normforge.access.AccessKeys;
import dev.normforge.access.Role;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code keys}: for programs that use REST. */
@Command(name = "keys", description = "Keys with which programs use REST: Authorization: Bearer KEY.", mixinStandardHelpOptions = true, subcommands = {
        KeysCommand.Create.class, KeysCommand.Show.class, KeysCommand.Revoke.class})
final class KeysCommand implements Runnable {

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "expected create, list or revoke");
    }

    /** {@code keys create}. */
    @Command(name = "create", description = "Makes a key and prints it; it is shown this once and kept nowhere.", mixinStandardHelpOptions = true, sortOptions = false)
    static final class Create implements Callable<Integer> {

        @Mixin
        private final DatabaseOptions database = new DatabaseOptions();

        @Parameters(paramLabel = "NAME", description = "Whose key it is.")
        private String name = "";

        @Option(names = "--role", paramLabel = "ROLE", required = true, description = "viewer (reads) or operator (also orders).")
        private Role role = Role.VIEWER;

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Override
        public Integer call() {
            try (var service = database.look()) {
                spec.commandLine().getOut().println(service.get(AccessKeys.class).create(name, role));
                return 0;
            } catch (IllegalArgumentException refused) {
                throw new ParameterException(spec.commandLine(), NormForge.oneLine(refused), refused);
            }
        }
    }

    /** {@code keys list}. */
    @Command(name = "list", description = "Names, roles and dates of all keys.", mixinStandardHelpOptions = true, sortOptions = false)
    static final class Show implements Callable<Integer> {

        @Mixin
        private final DatabaseOptions database = new DatabaseOptions();

        @Option(names = "--json", description = "Print JSON.")
        private boolean json;

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Override
        public Integer call() {
            List<AccessKeys.Key> keys;
            try (var service = database.look()) {
                keys = service.get(AccessKeys.class).list();
            }
            var out = spec.commandLine().getOut();
            if (json) {
                out.println(Json.pretty(keys));
            } else if (keys.isEmpty()) {
                out.println("no keys");
            } else {
                keys.forEach(key -> out.println("%-30s %-9s made %s%s".formatted(key.name(),
                        key.role().name().toLowerCase(Locale.ROOT), key.createdAt(),
                        key.revokedAt() == null ? "" : ", revoked " + key.revokedAt())));
            }
            return 0;
        }
    }

    /** {@code keys revoke}. */
    @Command(name = "revoke", description = "Ends a key, and the logins made with it, at once.", mixinStandardHelpOptions = true, sortOptions = false)
    static final class Revoke implements Callable<Integer> {

        @Mixin
        private final DatabaseOptions database = new DatabaseOptions();

        @Parameters(paramLabel = "NAME", description = "Whose key it is.")
        private String name = "";

        @Spec
        @SuppressWarnings("NullAway.Init") // set by picocli
        private CommandSpec spec;

        @Override
        public Integer call() {
            try (var service = database.look()) {
                if (!service.get(AccessKeys.class).revoke(name)) {
                    throw new UserError("NAME is %s, expected the name of a key that is good: see 'normforge keys list'"
                            .formatted(name));
                }
            }
            spec.commandLine().getOut().println("%s is revoked".formatted(name));
            return 0;
        }
    }
}
