using Integration.Contracts;
using Integration.Egress;
using Integration.Errors;
using Integration.Mail.Accounts;
using Microsoft.Extensions.Options;

namespace Integration.Mail.Smtp;

/// <summary>Opens sessions: connected, secured, authenticated.</summary>
[RaisesFrom(typeof(GuardedConnector))]
[RaisesFrom(typeof(TlsHandshake))]
[RaisesFrom(typeof(SmtpLogin))]
[Raises(
    ErrorCategory.Access,
    "starttls-not-offered",
    "The server offers no STARTTLS. Nothing was said to it.",
    "Set `Security` of the account to ImplicitTls and its port, often 465."
)]
internal sealed class SmtpDialer(
    GuardedConnector connector,
    CertificateCheck certificates,
    IOptions<MailOptions> options,
    TimeProvider time
)
{
    private readonly MailOptions _options = options.Value;

    public async Task<SmtpSession> OpenAsync(MailAccount account, CancellationToken cancellation)
    {
        var secret = account.Secret();
        var socket = await connector.ConnectAsync(account.Host, account.Port, _options.ConnectTimeout, cancellation);
        var connection = new SmtpConnection(socket, account.Host, account.Target, time);
        connection.Hide(SmtpLogin.Forms(account, secret));
        try
        {
            var extensions = await GreetAsync(connection, account, cancellation);
            if (account.User.Length > 0)
                await SmtpLogin.LogInAsync(
                    connection,
                    extensions,
                    account,
                    secret,
                    _options.CommandTimeout,
                    cancellation
                );
            return new SmtpSession(connection, extensions, _options, time.GetTimestamp());
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async Task<SmtpExtensions> GreetAsync(
        SmtpConnection connection,
        MailAccount account,
        CancellationToken cancellation
    )
    {
        if (account.Security == AccountSecurity.ImplicitTls)
            await connection.SecureAsync(certificates, _options.CommandTimeout, cancellation);
        var greeting = await connection.ReadAsync(_options.CommandTimeout, cancellation);
        if (greeting.Code != 220)
            throw SmtpErrors.Of(connection.Target, SmtpStage.Greeting, greeting);
        var extensions = await HelloAsync(connection, account, cancellation);
        if (account.Security != AccountSecurity.StartTls)
            return extensions;

        if (!extensions.StartTls)
            throw new AccessErrorException(
                "starttls-not-offered",
                $"{connection.Target} offers no STARTTLS, and without it everybody on the way could read the mail. Set "
                    + $"Mail__Accounts__{account.Name}__Security to ImplicitTls (usually port 465), or ask who runs the server. "
                    + "The mail was not sent."
            )
            {
                Target = connection.Target,
            };
        var answer = await connection.AskAsync("STARTTLS", _options.CommandTimeout, cancellation);
        if (answer.Code != 220)
            throw SmtpErrors.Of(connection.Target, SmtpStage.StartTls, answer);
        await connection.SecureAsync(certificates, _options.CommandTimeout, cancellation);
        // RFC 3207, 4.2: what was said in the clear counts no more.
        return await HelloAsync(connection, account, cancellation);
    }

    private async Task<SmtpExtensions> HelloAsync(
        SmtpConnection connection,
        MailAccount account,
        CancellationToken cancellation
    )
    {
        var name = account.HelloName.Length > 0 ? account.HelloName : connection.OwnAddress;
        var hello = await connection.AskAsync($"EHLO {name}", _options.CommandTimeout, cancellation);
        return hello.Code == 250
            ? new SmtpExtensions(hello)
            : throw SmtpErrors.Of(connection.Target, SmtpStage.Hello, hello);
    }
}
