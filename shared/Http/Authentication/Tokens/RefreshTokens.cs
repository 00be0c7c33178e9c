using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Integration.Http;

/// <summary>
/// Refresh tokens that an endpoint has given in the place of the configured ones. An endpoint that does so takes the old one
/// no more, so the new one is on disk before anything else happens with it, and only one process at a time asks.
/// </summary>
internal sealed partial class RefreshTokens(HttpTransportOptions options, TimeProvider time, ILogger<RefreshTokens> log)
{
    // A turn lasts one request to the token endpoint.
    private const int Turns = 10;
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);

    // Without a folder, or in spite of it: those that could not be written are newer than what lies there.
    private readonly ConcurrentDictionary<string, string> _unwritten = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim[] _locks = [.. Enumerable.Range(0, 16).Select(_ => new SemaphoreSlim(1))];

    private string Folder => options.RefreshTokenFolder;

    /// <summary>Keeps others from asking with the same token meanwhile, in this process and, with a folder, in all of them.</summary>
    /// <exception cref="IOException">The folder cannot be written, or others have kept the lock for too long.</exception>
    public async Task<IDisposable> LockAsync(RefreshGrant grant)
    {
        var turn = _locks[grant.Key.Sum(digit => digit) % _locks.Length];
        await turn.WaitAsync();
        try
        {
            return new Turn(turn, Folder.Length == 0 ? null : await LockFileAsync($"{FileOf(grant)}.lock"));
        }
        catch
        {
            turn.Release();
            throw;
        }
    }

    /// <summary>The one that took the place of the configured one; null when none did.</summary>
    public async Task<string?> FindAsync(RefreshGrant grant)
    {
        if (_unwritten.TryGetValue(grant.Key, out var unwritten))
            return unwritten;
        if (Folder.Length == 0 || !File.Exists(FileOf(grant)))
            return null;
        return JsonSerializer.Deserialize<Kept>(await File.ReadAllTextAsync(FileOf(grant)))?.RefreshToken
            ?? throw new JsonException("There is no refresh token in the file.");
    }

    /// <summary>Keeps a refresh token. One that cannot be written is logged, and lasts until the process ends.</summary>
    public void Keep(RefreshGrant grant, string refreshToken)
    {
        _unwritten[grant.Key] = refreshToken;
        if (Folder.Length == 0)
        {
            LogInMemoryOnly(grant.Endpoint);
            return;
        }

        try
        {
            Write(FileOf(grant), JsonSerializer.Serialize(new Kept(refreshToken)));
            _unwritten.TryRemove(grant.Key, out _);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotKept(grant.Endpoint, Folder, e.GetType().Name);
        }
    }

    private async Task<FileStream> LockFileAsync(string file)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            try
            {
                return new FileStream(file, ForUsOnly(FileMode.OpenOrCreate));
            }
            catch (IOException e) when (IsInUse(e) && time.GetElapsedTime(began) < Turns * options.TokenTimeout)
            {
                await Task.Delay(_pause, time);
            }
        }
    }

    // The platform's own numbers for a file that another process has open: nothing else passes by waiting.
    private static bool IsInUse(IOException e) =>
        (e.HResult & 0xFFFF) is var code
        && (
            OperatingSystem.IsWindows() ? code is 32 or 33
            : OperatingSystem.IsLinux() ? code == 11
            : code == 35
        );

    private static void Write(string file, string text)
    {
        var draft = $"{file}.new";
        using (var stream = new FileStream(draft, ForUsOnly(FileMode.Create)))
        {
            stream.Write(Encoding.UTF8.GetBytes(text));
            stream.Flush(flushToDisk: true);
        }

        File.Move(draft, file, overwrite: true);
    }

    private static FileStreamOptions ForUsOnly(FileMode mode)
    {
        var options = new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.Write,
            Share = FileShare.None,
        };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    private string FileOf(RefreshGrant grant) => Path.Combine(Folder, grant.Key);

    [LoggerMessage(
        LogLevel.Warning,
        "The token endpoint {Endpoint} replaces refresh tokens. The new one is lost when this process ends, and access with it: set "
            + "Http__RefreshTokenFolder to a folder that lasts"
    )]
    private partial void LogInMemoryOnly(Uri endpoint);

    [LoggerMessage(
        LogLevel.Error,
        "The refresh token that the token endpoint {Endpoint} gave cannot be written to {Folder} ({Problem}). It is lost when this "
            + "process ends, and access with it"
    )]
    private partial void LogNotKept(Uri endpoint, string folder, string problem);

    private sealed record Kept(string RefreshToken);

    private sealed class Turn(SemaphoreSlim turn, FileStream? file) : IDisposable
    {
        public void Dispose()
        {
            file?.Dispose();
            turn.Release();
        }
    }
}
