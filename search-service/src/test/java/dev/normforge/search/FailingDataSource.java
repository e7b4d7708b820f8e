package dev.normforge.search;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** Passes everything on, until it is told to die at the n-th statement or commit: the connection is gone, as after a kill. */
final class FailingDataSource implements DataSource {

    private final DataSource real;
    private final AtomicInteger left = new AtomicInteger(Integer.MAX_VALUE);

    FailingDataSource(DataSource real) {
        this.real = real;
    }

    /** The next {@code boundaries} statements and commits pass, the one after is the end. */
    void dieAfter(int boundaries) {
        left.set(boundaries);
    }

    void live() {
        left.set(Integer.MAX_VALUE);
    }

    boolean died() {
        return left.get() < 0;
    }

    private void boundary(Connection connection) throws SQLException {
        if (left.getAndDecrement() <= 0) {
            left.set(-1);
            connection.close();
            throw new SQLException("killed here", "08006");
        }
    }

    @Override
    public Connection getConnection() throws SQLException {
        var connection = real.getConnection();
        return proxy(Connection.class, connection, name -> name.equals("commit"), connection,
                result -> result instanceof PreparedStatement statement
                        ? executing(PreparedStatement.class, statement, connection)
                        : result instanceof Statement statement
                                ? executing(Statement.class, statement, connection)
                                : result);
    }

    private <T> T executing(Class<T> type, T statement, Connection connection) {
        return proxy(type, statement, name -> name.startsWith("execute"), connection, result -> result);
    }

    /** @param dangerous names of calls that may be the end; @param wrap what is given back for a result */
    private <T> T proxy(Class<T> type, T target, Predicate<String> dangerous, Connection connection,
            UnaryOperator<@Nullable Object> wrap) {
        return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[]{type}, (_, method, arguments) -> {
            if (dangerous.test(method.getName())) {
                boundary(connection);
            }
            try {
                return wrap.apply(method.invoke(target, arguments));
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }));
    }

    @Override
    public Connection getConnection(String user, String password) throws SQLException {
        throw new UnsupportedOperationException();
    }

    @Override
    public java.io.PrintWriter getLogWriter() throws SQLException {
        return real.getLogWriter();
    }

    @Override
    public void setLogWriter(java.io.PrintWriter out) throws SQLException {
        real.setLogWriter(out);
    }

    @Override
    public void setLoginTimeout(int seconds) throws SQLException {
        real.setLoginTimeout(seconds);
    }

    @Override
    public int getLoginTimeout() throws SQLException {
        return real.getLoginTimeout();
    }

    @Override
    public Logger getParentLogger() {
        return Logger.getGlobal();
    }

    @Override
    public <T> T unwrap(Class<T> type) throws SQLException {
        return real.unwrap(type);
    }

    @Override
    public boolean isWrapperFor(Class<?> type) throws SQLException {
        return real.isWrapperFor(type);
    }
}
