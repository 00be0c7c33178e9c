using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging;

namespace Integration.Http;

/// <summary>
/// Refresh tokens that an endpoint has given in the place of the configured ones. An endpoint that does so takes the old one
/// no more, so the new one is on disk before anything else happens with it, and only one process at a time asks.
/// </summary>
internal sealed partial class RefreshTokens(HttpTransportOptions options, ILogger<RefreshTokens> log)
{
    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(50);

    private string Folder => options.RefreshTokenFolder;

    /// <summary>Keeps other processes from asking with the same token meanwhile; does nothing without a folder.</summary>
    public async Task<IDisposable?> LockAsync(string key, CancellationToken cancellation)
    {
        if (Folder.Length == 0)
            return null;
        while (true)
        {
            try
            {
                return new FileStream($"{FileOf(key)}.lock", ForUsOnly(FileMode.OpenOrCreate));
            }
            catch (IOException) when (Directory.Exists(Folder))
            {
                await Task.Delay(_pause, cancellation);
            }
        }
    }

    /// <summary>The one that took the place of the configured one; null when none did.</summary>
    public async Task<string?> FindAsync(string key, string configured, CancellationToken cancellation)
    {
        if (Folder.Length == 0 || !File.Exists(FileOf(key)))
            return null;
        var kept = JsonSerializer.Deserialize<Kept>(await File.ReadAllTextAsync(FileOf(key), cancellation));
        // A token that the operator has replaced since then begins anew.
        return kept?.Configured == Hash(configured) ? kept.RefreshToken : null;
    }

    /// <summary>Keeps it. What cannot be written is told in the log, and good until the process ends.</summary>
    public void Keep(string key, string configured, string refreshToken, string endpoint)
    {
        if (Folder.Length == 0)
        {
            LogInMemoryOnly(endpoint);
            return;
        }

        try
        {
            Write(FileOf(key), JsonSerializer.Serialize(new Kept(Hash(configured), refreshToken)));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            LogNotKept(endpoint, Folder, e.GetType().Name);
        }
    }

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

    private string FileOf(string key) => Path.Combine(Folder, Hash(key)[..32]);

    private static string Hash(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));

    [LoggerMessage(
        LogLevel.Warning,
        "The token endpoint {Endpoint} replaces refresh tokens. The new one is lost when this process ends, and access with it: set "
            + "Http__RefreshTokenFolder to a folder that lasts"
    )]
    private partial void LogInMemoryOnly(string endpoint);

    [LoggerMessage(
        LogLevel.Error,
        "The refresh token that the token endpoint {Endpoint} gave cannot be written to {Folder} ({Problem}). It is lost when this "
            + "process ends, and access with it"
    )]
    private partial void LogNotKept(string endpoint, string folder, string problem);

    private sealed record Kept(string Configured, string RefreshToken);
}
