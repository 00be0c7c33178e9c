using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Integration.Fixtures;

/// <summary>
/// Everything that is logged, exceptions included. It is also in the output of the test that made it, from information on, to be
/// read when the test fails.
/// </summary>
public sealed class LogLines : ILoggerFactory, ILoggerProvider, ILogger
{
    private readonly ConcurrentQueue<string> _lines = [];
    private readonly ITestOutputHelper? _output = TestContext.Current.TestOutputHelper;

    /// <summary>What was logged so far.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    /// <summary>All of it.</summary>
    public string Text => string.Join('\n', _lines);

    /// <summary>How many lines have this text in them.</summary>
    public int Count(string text) => _lines.Count(line => line.Contains(text, StringComparison.Ordinal));

    /// <inheritdoc cref="ILoggerFactory.CreateLogger" />
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc />
    public void AddProvider(ILoggerProvider provider) { }

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
    )
    {
        ArgumentNullException.ThrowIfNull(formatter);
        var line = $"{formatter(state, exception)} {exception}".TrimEnd();
        _lines.Enqueue(line);
        if (logLevel < LogLevel.Information)
            return;
        try
        {
            _output?.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss.fff} {logLevel} {line}");
        }
        catch (InvalidOperationException)
        {
            // The test is over.
        }
    }

    /// <inheritdoc />
    public void Dispose() { }
}
