using System.Runtime.InteropServices;

namespace Integration.Files.Tests;

/// <summary>
/// Lets no file of this process become larger, until it is disposed: the operating system then refuses a write in its middle, as
/// that of a full disk.
/// </summary>
internal sealed class FileSizeLimit : IDisposable
{
    private const int OfFileSizes = 1;
    private const int SignalOfFileSizes = 25;

    // Ends the process unless somebody listens; for as long as the process lives, because it may come late.
    private static readonly PosixSignalRegistration _signal = PosixSignalRegistration.Create(
        (PosixSignal)SignalOfFileSizes,
        context => context.Cancel = true
    );
    private readonly Limit _before;

    public FileSizeLimit(ulong bytes)
    {
        GC.KeepAlive(_signal);
        getrlimit(OfFileSizes, out _before).ShouldBe(0);
        var limit = _before with { Soft = bytes };
        setrlimit(OfFileSizes, in limit).ShouldBe(0);
    }

    public void Dispose() => setrlimit(OfFileSizes, in _before).ShouldBe(0);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int getrlimit(int resource, out Limit limit);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int setrlimit(int resource, in Limit limit);

    [StructLayout(LayoutKind.Sequential)]
    private record struct Limit(ulong Soft, ulong Hard);
}
