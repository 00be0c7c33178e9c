using System.Net;
using Integration.Sql.Settings;
using Npgsql;

namespace Integration.Sql.PostgreSql;

/// <summary>The connection string as configured, with safe defaults where it says nothing.</summary>
internal static class PostgreSqlSettings
{
    private const string WayOut =
        "Write it like \"Host=…;Database=…;Username=…\" (values that contain ';' or '=' in quotes).";

    /// <summary>Values are then read the same way whatever the server, the database or the user has set.</summary>
    private const string Formats =
        "-c DateStyle=ISO -c IntervalStyle=iso_8601 -c bytea_output=hex -c extra_float_digits=1";

    /// <summary>Null when it can be used.</summary>
    public static string? Problem(string prefix, ConnectionOptions connection)
    {
        if (connection.File.Length > 0)
            return $"{prefix}File is set, and only SQLite has one. Set {prefix}Provider=Sqlite, or remove it.";
        var setting = $"{prefix}ConnectionString";
        var problem =
            Secret.Problem(setting, connection.ConnectionString, connection.ConnectionStringFile)
            ?? Secret.Problem($"{prefix}Password", connection.Password, connection.PasswordFile);
        if (problem is not null)
            return problem;
        var text = Secret.Read(setting, connection.ConnectionString, connection.ConnectionStringFile);
        if (text.Length == 0)
            return $"{setting} is missing. {WayOut}";
        if (Parse(text) is not { } settings)
            return $"{setting} cannot be read. {WayOut}";
        if (string.IsNullOrWhiteSpace(settings.Host) || string.IsNullOrWhiteSpace(settings.Database))
            return $"{setting} names no Host or no Database. {WayOut}";
        if (settings.Host.IndexOfAny(['/', '@', ',', '\\']) >= 0)
            return $"{setting}: Host must be one name or address; sockets of the file system and lists are not supported.";
        if (settings.ShouldSerialize("SSL Mode") && settings.SslMode is not (SslMode.Disable or SslMode.VerifyFull))
            return $"{setting}: SSL Mode must be VerifyFull or Disable. The others accept any server.";
        if (settings.RootCertificate is { Length: > 0 } root && !File.Exists(root))
            return $"{setting}: there is no file '{root}' (Root Certificate).";
        return null;
    }

    /// <summary>With the name of the connection as it is shown to the server's administrator.</summary>
    public static NpgsqlConnectionStringBuilder Read(string name, ConnectionOptions connection, SqlOptions sql)
    {
        var setting = $"Sql__Connections__{name}__ConnectionString";
        var settings = Parse(Secret.Read(setting, connection.ConnectionString, connection.ConnectionStringFile))!;
        if (!settings.ShouldSerialize("SSL Mode"))
            settings.SslMode = IsLocal(settings.Host!) ? SslMode.Disable : SslMode.VerifyFull;
        if (!settings.ShouldSerialize("GSS Encryption Mode"))
            settings.GssEncryptionMode = GssEncryptionMode.Disable;
        if (!settings.ShouldSerialize("TCP Keepalive"))
            settings.TcpKeepAlive = true;
        if (!settings.ShouldSerialize("Timezone"))
            settings.Timezone = "UTC";
        settings.ApplicationName ??= $"integration-sql {name}";
        settings.Options = $"{settings.Options} {Formats}".Trim();
        settings.Timeout = (int)Math.Ceiling(sql.ConnectTimeout.TotalSeconds);
        settings.CommandTimeout = 0;
        settings.MaxPoolSize = connection.MaxPoolSize;
        settings.MinPoolSize = 0;
        settings.Enlist = false;
        // A transaction is one connection from its begin to its commit.
        settings.Multiplexing = false;
        settings.PersistSecurityInfo = false;
        settings.IncludeErrorDetail = false;
        settings.IncludeFailedBatchedCommand = false;
        settings.LogParameters = false;
        return settings;
    }

    // Why it cannot be read may quote a piece of the password, so it is not kept.
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

    private static bool IsLocal(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));
}
