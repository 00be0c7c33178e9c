using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Integration.Fixtures;

/// <summary>Everything that a service logs, exceptions included.</summary>
public sealed class LogLines : ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = [];

    /// <summary>All of it.</summary>
    public string Text => string.Join('\n', _lines);

    /// <summary>How many lines have this text in them.</summary>
    public int Count(string text) => _lines.Count(line => line.Contains(text, StringComparison.Ordinal));

    /// <inheritdoc />
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc />
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull
    {
        _lines.Enqueue($"{state}");
        return null;
    }

    /// <inheritdoc />
    public bool IsEnabled(LogLevel logLevel) => true;

    /// <inheritdoc />
    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    ) => _lines.Enqueue($"{formatter(state, exception)} {exception}");

    /// <inheritdoc />
    public void Dispose() { }
}
