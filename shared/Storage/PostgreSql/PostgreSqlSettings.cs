using System.Net;
using Npgsql;

namespace Integration.Storage.PostgreSql;

/// <summary>The connection string as configured, with safe and fast defaults where it says nothing.</summary>
internal static class PostgreSqlSettings
{
    private const string WayOut =
        "Set it to \"Host=…;Database=…;Username=…;Password=…\" (values that contain ';' or '=' in quotes), or set "
        + "Storage__Provider to Sqlite.";

    /// <exception cref="StorageException">The connection string is missing or wrong.</exception>
    public static NpgsqlConnectionStringBuilder Read(StorageOptions options, string service)
    {
        if (string.IsNullOrWhiteSpace(options.ConnectionString))
            throw new StorageException(
                $"Storage__ConnectionString is missing, and PostgreSQL has no default. {WayOut}"
            );
        var settings =
            Parse(options.ConnectionString)
            ?? throw new StorageException($"Storage__ConnectionString cannot be read. {WayOut}");
        if (string.IsNullOrWhiteSpace(settings.Host) || string.IsNullOrWhiteSpace(settings.Database))
            throw new StorageException($"Storage__ConnectionString names no Host or no Database. {WayOut}");
        AddDefaults(settings, service);
        return settings;
    }

    /// <summary>Null when the text cannot be read; why may quote a piece of the password, so it is not kept.</summary>
    private static NpgsqlConnectionStringBuilder? Parse(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException)
        {
            return null;
        }
    }

    private static void AddDefaults(NpgsqlConnectionStringBuilder settings, string service)
    {
        settings.ApplicationName ??= service;
        if (!settings.ShouldSerialize("SSL Mode"))
            settings.SslMode = IsLocal(settings.Host!) ? SslMode.Prefer : SslMode.VerifyFull;
        // Npgsql would ask for a Kerberos ticket first, and complain where the image has no library for it.
        if (!settings.ShouldSerialize("GSS Encryption Mode"))
            settings.GssEncryptionMode = GssEncryptionMode.Disable;
        if (!settings.ShouldSerialize("Max Auto Prepare"))
            settings.MaxAutoPrepare = 64;
        if (!settings.ShouldSerialize("Auto Prepare Min Usages"))
            settings.AutoPrepareMinUsages = 2;
        if (!settings.ShouldSerialize("TCP Keepalive"))
            settings.TcpKeepAlive = true;
    }

    private static bool IsLocal(string hosts) =>
        hosts
            .Split(',', StringSplitOptions.TrimEntries)
            .All(host =>
                host.StartsWith('/')
                || string.Equals(host.Split(':')[0], "localhost", StringComparison.OrdinalIgnoreCase)
                || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address))
                || (IPEndPoint.TryParse(host, out var endpoint) && IPAddress.IsLoopback(endpoint.Address))
            );
}
