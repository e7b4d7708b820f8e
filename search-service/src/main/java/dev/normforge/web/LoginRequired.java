package dev.normforge.web;

import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/** Other machines are served only where people there can log in; a link is printed for those at this one. */
@Component
class LoginRequired implements WebServerFactoryCustomizer<TomcatServletWebServerFactory> {

    private final Listening listening;
    private final Admission admission;
    private final WebSettings settings;

    LoginRequired(Listening listening, Admission admission, WebSettings settings) {
        this.listening = listening;
        this.admission = admission;
        this.settings = settings;
    }

    /** @throws IllegalStateException in one line, before anybody is served */
    @Override
    public void customize(TomcatServletWebServerFactory factory) {
        if (listening.toOtherMachines() && !admission.hasSecret() && settings.oidc().issuer() == null) {
            throw new IllegalStateException(
                    "server.address is %s, expected 127.0.0.1, or a login for other machines: set normforge.web.secret-file (--secret-file) or normforge.web.oidc.issuer"
                            .formatted(listening));
        }
    }
}
