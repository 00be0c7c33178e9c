using Microsoft.Extensions.Logging;

namespace Integration.Hosting;

/// <summary>Logs of every provider without secrets.</summary>
internal sealed class MaskingLoggerFactory(ILoggerFactory inner, SecretMask mask) : ILoggerFactory
{
    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    public ILogger CreateLogger(string categoryName) => new MaskingLogger(inner.CreateLogger(categoryName), mask);

    public void Dispose() => inner.Dispose();

    private sealed class MaskingLogger(ILogger inner, SecretMask mask) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull =>
            !mask.IsEmpty && state.ToString() is { } text && mask.Apply(text) is var masked && masked != text
                ? inner.BeginScope(masked)
                : inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(
            LogLevel logLevel,
            EventId eventId,
            TState state,
            Exception? exception,
            Func<TState, Exception?, string> formatter
        )
        {
            if (mask.IsEmpty || !inner.IsEnabled(logLevel))
            {
                inner.Log(logLevel, eventId, state, exception, formatter);
                return;
            }

            var message = formatter(state, exception);
            var trouble = exception?.ToString();
            var masked = mask.Apply(message);
            if (ReferenceEquals(masked, message) && (trouble is null || ReferenceEquals(mask.Apply(trouble), trouble)))
                inner.Log(logLevel, eventId, state, exception, formatter);
            else
                inner.Log(
                    logLevel,
                    eventId,
                    trouble is null ? masked : $"{masked} {mask.Apply(trouble)}",
                    exception: null,
                    static (text, _) => text
                );
        }
    }
}
