package dev.normforge.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.normforge.access.LoginLinks;
import dev.normforge.access.Role;
import java.net.URLEncoder;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code login}. */
@Command(name = "login", description = "Prints a link that logs one browser in, once, within a day.", mixinStandardHelpOptions = true, sortOptions = false)
final class LoginCommand implements Callable<Integer> {

    @Mixin
    private final DatabaseOptions database = new DatabaseOptions();

    @Option(names = "--role", paramLabel = "ROLE", defaultValue = "OPERATOR", description = "viewer or operator (default ${DEFAULT-VALUE}).")
    private Role role = Role.OPERATOR;

    @Option(names = "--url", paramLabel = "URL", description = "Where the service is reached (default: where the last one of this home was).")
    private @Nullable String url;

    @Option(names = "--end", description = "First logs everybody out who is logged in.")
    private boolean end;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by picocli
    private CommandSpec spec;

    /**
     * A login that leads to a page. The token stands in the fragment, which browsers send to no server and no server's log
     * keeps; the login's page hands it over by POST.
     *
     * @param page begins with a slash
     */
    static String link(String address, String token, String page) {
        var next = page.equals("/") ? "" : "?next=" + URLEncoder.encode(page, UTF_8);
        return "%slogin.html%s#%s".formatted(address, next, token);
    }

    @Override
    public Integer call() {
        var address = address();
        try (var service = database.look()) {
            var links = service.get(LoginLinks.class);
            var out = spec.commandLine().getOut();
            if (end) {
                out.println("%d logins ended".formatted(links.endAllLogins()));
            }
            out.println(link(address, links.create(role), "/"));
        }
        return 0;
    }

    private String address() {
        if (url != null && !url.matches("https?://[^\\s#?]+")) {
            throw new ParameterException(spec.commandLine(),
                    "--url is %s, expected the service's address, such as http://127.0.0.1:8077/".formatted(url));
        }
        var address = url == null
                ? LastAddress.read(database.home()).orElse("http://127.0.0.1:%d/".formatted(ServiceOptions.USUAL_PORT))
                : url;
        return address.endsWith("/") ? address : address + "/";
    }
}
