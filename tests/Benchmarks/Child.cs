using System.Diagnostics;
using Integration.Benchmarks.Processes;
using Integration.Benchmarks.Tasks;

namespace Integration.Benchmarks;

/// <summary>
/// A contender in a process of its own, so that its processor time and memory are its own. It ends when its standard
/// input does.
/// </summary>
internal sealed class Child : IAsyncDisposable
{
    private const string ReadyLine = "ready";
    private readonly Process _process;

    private Child(Process process) => _process = process;

    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    public double MemoryMegabytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / 1048576.0;
        }
    }

    public static async Task<Child> StartAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.ArgumentList.Add("child");
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        var process = Process.Start(start)!;
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == ReadyLine)
            {
                _ = process.StandardOutput.ReadToEndAsync();
                return new Child(process);
            }

            Console.Error.WriteLine(line);
        }

        throw new InvalidOperationException($"The contender {string.Join(' ', arguments)} did not start.");
    }

    public static async Task<int> RunAsync(string[] arguments)
    {
        using var stop = new CancellationTokenSource();
        _ = Task.Run(() =>
        {
            while (Console.In.Read() >= 0) { }
            stop.Cancel();
        });
        await (
            arguments[0] switch
            {
                "raw" => RawService.RunAsync(new Uri(arguments[1]), stop.Token),
                "masstransit" => MassTransitService.RunAsync(new Uri(arguments[1]), stop.Token),
                "core" => CoreProcess.RunAsync(arguments[1..], stop.Token),
                "sdk" => SdkService.RunAsync(arguments[1..], stop.Token),
                _ => throw new ArgumentException($"No contender '{arguments[0]}'."),
            }
        );
        return 0;
    }

    public static void Ready()
    {
        Console.WriteLine(ReadyLine);
        Console.Out.Flush();
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
        }

        _process.Dispose();
    }
}
