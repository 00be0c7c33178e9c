using Microsoft.Extensions.Logging;

namespace Integration.Bus.MassTransit;

/// <summary>
/// What MassTransit logs. While the broker is away it warns at each attempt of each endpoint, without end; that it is away says the connection
/// of our own, so of the same warning one is enough.
/// </summary>
internal sealed class RareLogging(ILoggerFactory inner, TimeProvider time) : ILoggerFactory
{
    private readonly Outage _outage = new(time);

    public ILogger CreateLogger(string categoryName) => new RareLogger(inner.CreateLogger(categoryName), _outage);

    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    // The factory is the application's.
    public void Dispose() { }

    private sealed class RareLogger(ILogger inner, Outage outage) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (logLevel < LogLevel.Warning || outage.ShouldLog(formatter(state, exception)))
                inner.Log(logLevel, eventId, state, exception, formatter);
        }
    }
}
