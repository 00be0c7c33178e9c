using System.Collections.Concurrent;
using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Integration.Bus.Tests;

/// <summary>Writes what an adapter logs into the output of the test that uses it, to be read when it fails.</summary>
internal sealed class TestLog : ILoggerFactory, ILogger
{
    private readonly ITestOutputHelper? _output = TestContext.Current.TestOutputHelper;

    private readonly ConcurrentQueue<string> _lines = new();

    /// <summary>What was logged so far.</summary>
    public IReadOnlyCollection<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(
        LogLevel logLevel,
        EventId eventId,
        TState state,
        Exception? exception,
        Func<TState, Exception?, string> formatter
    )
    {
        if (!IsEnabled(logLevel))
            return;
        var now = TimeProvider.System.GetUtcNow().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
        _lines.Enqueue(formatter(state, exception));
        try
        {
            _output?.WriteLine($"{now} {logLevel} {formatter(state, exception)} {exception}");
        }
        catch (InvalidOperationException)
        {
            // The test is over.
        }
    }

    public void AddProvider(ILoggerProvider provider) { }

    public void Dispose() { }
}
