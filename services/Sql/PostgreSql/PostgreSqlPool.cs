using System.Net;
using Integration.Egress;
using Integration.Sql.Settings;
using Npgsql;

namespace Integration.Sql.PostgreSql;

/// <summary>
/// The connections to one server. The driver opens its sockets itself, so it is given addresses that the egress policy
/// has allowed and never the name; the certificate is still checked for the name.
/// </summary>
internal sealed class PostgreSqlPool : IAsyncDisposable
{
    /// <summary>How long an answer of the name service is used.</summary>
    private static readonly TimeSpan _freshness = TimeSpan.FromSeconds(30);

    private readonly NpgsqlConnectionStringBuilder _settings;
    private readonly string _host;
    private readonly string _passwordSetting;
    private readonly ConnectionOptions _connection;
    private readonly GuardedConnector _egress;
    private readonly CertificateCheck _certificates;
    private readonly CertificateCheck? _own;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _turn = new(1);
    private Resolved? _resolved;

    public PostgreSqlPool(
        string name,
        NpgsqlConnectionStringBuilder settings,
        ConnectionOptions connection,
        GuardedConnector egress,
        CertificateCheck certificates,
        TimeProvider time
    )
    {
        _settings = settings;
        _host = settings.Host!;
        _passwordSetting = $"Sql__Connections__{name}__Password";
        _connection = connection;
        _egress = egress;
        _time = time;
        _own = settings.RootCertificate is { Length: > 0 } root ? new CertificateCheck(root, time) : null;
        _certificates = _own ?? certificates;
        Target = HostName.WithPort(_host, settings.Port);
    }

    /// <summary>Host and port, for messages.</summary>
    public string Target { get; }

    /// <exception cref="Integration.Errors.TaskErrorException">There is none to be had.</exception>
    public async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellation)
    {
        while (true)
        {
            var resolved = await ResolveAsync(cancellation);
            try
            {
                return await resolved.Source.OpenConnectionAsync(cancellation);
            }
            catch (ObjectDisposedException) when (!ReferenceEquals(resolved, _resolved))
            {
                // The server moved between the two lines above.
            }
            catch (Exception e) when (e is NpgsqlException or IOException or TimeoutException)
            {
                if (e is not PostgresException)
                    Forget(resolved);
                throw ConnectionErrors.Of(e, Target, _connection.MaxPoolSize);
            }
        }
    }

    /// <summary>Ends the unused connections: one of them turned out to be dead, and the others are as old.</summary>
    public void Clear() => Volatile.Read(ref _resolved)?.Source.Clear();

    public async ValueTask DisposeAsync()
    {
        if (_resolved is { } resolved)
            await resolved.Source.DisposeAsync();
        _own?.Dispose();
        _turn.Dispose();
    }

    private async Task<Resolved> ResolveAsync(CancellationToken cancellation)
    {
        if (Volatile.Read(ref _resolved) is { } known && IsFresh(known))
            return known;
        await _turn.WaitAsync(cancellation);
        try
        {
            if (_resolved is { } other && IsFresh(other))
                return other;
            var timeout = TimeSpan.FromSeconds(_settings.Timeout);
            var addresses = await _egress.ResolveAsync(_host, _settings.Port, timeout, cancellation);
            var old = _resolved;
            if (old is not null && old.Addresses.ToHashSet().SetEquals(addresses))
            {
                old.At = _time.GetTimestamp();
                return old;
            }

            _resolved = new Resolved(addresses, Build(addresses)) { At = _time.GetTimestamp() };
            if (old is not null)
                await old.Source.DisposeAsync();
            return _resolved;
        }
        finally
        {
            _turn.Release();
        }
    }

    private bool IsFresh(Resolved resolved) => resolved.At is { } at && _time.GetElapsedTime(at) < _freshness;

    // Asked anew next time: a server that does not answer may have moved.
    private static void Forget(Resolved resolved) => resolved.At = null;

    private NpgsqlDataSource Build(IReadOnlyList<IPAddress> addresses)
    {
        var settings = new NpgsqlConnectionStringBuilder(_settings.ConnectionString)
        {
            // Several are tried one after the other.
            Host = string.Join(',', addresses),
            RootCertificate = null,
        };
        var verified = settings.SslMode != SslMode.Disable;
        // The check itself is ours, and stricter: this only says that TLS is a must.
        settings.SslMode = verified ? SslMode.Require : SslMode.Disable;
        var builder = new NpgsqlDataSourceBuilder(settings.ConnectionString);
        // A task may bring a text of its own, with data of the process in it.
        builder.ConfigureTracing(tracing =>
            tracing.ConfigureCommandEnrichmentCallback((span, _) => span.SetTag("db.query.text", null))
        );
        if (verified)
            builder.UseSslClientAuthenticationOptionsCallback(tls =>
            {
                tls.TargetHost = HostName.Normalise(_host);
                tls.RemoteCertificateValidationCallback = _certificates.Verify;
            });
        if (_connection.Password.Length > 0 || _connection.PasswordFile.Length > 0)
            builder.UsePasswordProvider(_ => Password(), (_, _) => ValueTask.FromResult(Password()));
        return builder.Build();
    }

    private string Password() => Secret.Read(_passwordSetting, _connection.Password, _connection.PasswordFile);

    private sealed record Resolved(IReadOnlyList<IPAddress> Addresses, NpgsqlDataSource Source)
    {
        private long _at;
        private bool _asked;

        public long? At
        {
            get => Volatile.Read(ref _asked) ? Volatile.Read(ref _at) : null;
            set
            {
                Volatile.Write(ref _at, value ?? 0);
                Volatile.Write(ref _asked, value is not null);
            }
        }
    }
}
