using System.Text;
using Integration.Egress;
using Integration.Ldap.Protocol;
using Integration.Ldap.Servers;
using Microsoft.Extensions.Options;

namespace Integration.Ldap.Sessions;

/// <summary>Opens sessions: connected, secured and, for work, logged in.</summary>
internal sealed class LdapDialer(
    GuardedConnector connector,
    CertificateCheck certificates,
    IOptions<LdapOptions> options,
    TimeProvider time
)
{
    private readonly LdapOptions _options = options.Value;

    public async Task<LdapSession> OpenAsync(LdapServer server, SessionPurpose purpose, CancellationToken cancellation)
    {
        var logsIn = purpose == SessionPurpose.Work && server.BindDn.Length > 0;
        var password = logsIn ? await server.PasswordAsync(cancellation) : "";
        var socket = await connector.ConnectAsync(server.Host, server.Port, _options.ConnectTimeout, cancellation);
        var connection = new LdapConnection(socket, server.Host, server.Target, _options.MaxMessageBytes, time);
        try
        {
            if (server.StartTls)
                await StartTlsAsync(connection, server, cancellation);
            if (server.IsEncrypted)
                await connection.SecureAsync(certificates, _options.ConnectTimeout, cancellation);
            var session = new LdapSession(connection, _options, time);
            if (logsIn)
                await LogInAsync(session, server, password, cancellation);
            session.Begin();
            return session;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task StartTlsAsync(LdapConnection connection, LdapServer server, CancellationToken cancellation)
    {
        var request = LdapRequests.StartTls();
        await connection.SendAsync(request, _options.ConnectTimeout, cancellation);
        var message = await connection.ReceiveAsync(_options.ConnectTimeout, cancellation);
        var result = connection.Decode(() => message.Result(request.Answer));
        connection.Settle();
        if (result.Code is ResultCode.Unavailable or ResultCode.Busy)
            throw ResultErrors.Of(server.Target, "StartTLS", result);
        if (!result.IsSuccess)
            throw LdapErrors.NoStartTls(server.Target, server.Name, result);
    }

    private static async Task LogInAsync(
        LdapSession session,
        LdapServer server,
        string password,
        CancellationToken cancellation
    )
    {
        var result = await session.AskAsync(
            LdapRequests.Bind(server.BindDn, Encoding.UTF8.GetBytes(password)),
            cancellation
        );
        if (!result.IsSuccess)
            throw ResultErrors.Of(
                server.Target,
                $"our login (Ldap__Servers__{server.Name}__BindDn and its password)",
                result
            );
    }
}
