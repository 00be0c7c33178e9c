using System.Diagnostics;
using System.Runtime.InteropServices;
using Integration.Standalone.Running;
using Integration.Standalone.Telling;

namespace Integration.Standalone;

/// <summary>The whole of <c>Main</c>: arguments, signals, exit codes.</summary>
internal static class StandaloneProgram
{
    private const int Expected = 0;
    private const int NotExpected = 1;
    private const int WrongArgument = 2;

    public static async Task<int> RunAsync(string[] args)
    {
        var (arguments, problem) = Arguments.Parse(args);
        if (arguments is null)
        {
            await Console.Error.WriteLineAsync($"{problem} --help shows what there is.");
            return WrongArgument;
        }

        if (arguments.Help)
        {
            Console.WriteLine(HelpText.Text);
            return Expected;
        }

        using var stop = new CancellationTokenSource();
        using var interrupt = OnSignal(PosixSignal.SIGINT, stop);
        using var terminate = OnSignal(PosixSignal.SIGTERM, stop);
        try
        {
            return await RunAsync(arguments, stop.Token) ? Expected : NotExpected;
        }
        catch (StartException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return NotExpected;
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            // Asked to end: for --once before the end was reached.
            return arguments.Once ? NotExpected : Expected;
        }
    }

    private static async Task<bool> RunAsync(Arguments arguments, CancellationToken stop)
    {
        var screen = Screens.For(TimeProvider.System);
        if (arguments.Core is not null)
            return await RunRemotelyAsync(arguments, screen, stop);
        using var folder = DataFolder.For(arguments);
        var ports =
            arguments.Port is { } first ? new Ports(first)
            : arguments.Once ? Ports.Free
            : new Ports(Ports.DefaultFirst);

        screen.Say(
            arguments.Once
                ? "Every service in this process, on an in-memory bus and SQLite in a temporary folder."
                : $"Every service in this process, on an in-memory bus and SQLite in {folder.Path}."
        );
        await using var system = new LocalSystem(ports, folder.Path, arguments.Verbose);
        await system.StartAsync(stop);
        var sinceStart = DateTime.UtcNow - Process.GetCurrentProcess().StartTime.ToUniversalTime();
        Guide.Addresses(screen, system, sinceStart);

        using var demonstration = new Demonstration(system, screen);
        return arguments.Once ? await demonstration.RunOnceAsync(stop) : await demonstration.RunAsync(stop);
    }

    /// <summary>The samples, on services that run already.</summary>
    private static async Task<bool> RunRemotelyAsync(Arguments arguments, IScreen screen, CancellationToken stop)
    {
        await using var system = new RemoteSystem(arguments.Core!, arguments.Treatment!, arguments.Systems!);
        await system.StartAsync(stop);
        screen.Say("The sample processes, on services that run already.");
        Guide.Addresses(screen, system);
        screen.Say();
        using var demonstration = new Demonstration(system, screen);
        return arguments.Once ? await demonstration.RunOnceAsync(stop) : await demonstration.RunAsync(stop);
    }

    private static PosixSignalRegistration OnSignal(PosixSignal signal, CancellationTokenSource stop) =>
        PosixSignalRegistration.Create(
            signal,
            context =>
            {
                context.Cancel = true;
                stop.Cancel();
            }
        );
}
