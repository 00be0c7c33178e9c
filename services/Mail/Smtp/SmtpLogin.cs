using System.Text;
using Integration.Contracts;
using Integration.Errors;
using Integration.Mail.Accounts;

namespace Integration.Mail.Smtp;

/// <summary>Proves to a server who we are (RFC 4954). Only ever over TLS.</summary>
[Raises(
    ErrorCategory.Access,
    "authentication-not-offered",
    "The server does not offer what the account wants.",
    "Correct `Authentication` of the account."
)]
internal static class SmtpLogin
{
    public static async Task LogInAsync(
        SmtpConnection connection,
        SmtpExtensions extensions,
        MailAccount account,
        string secret,
        TimeSpan limit,
        CancellationToken cancellation
    )
    {
        var mechanism = Choose(connection, extensions, account);
        var reply = mechanism switch
        {
            "PLAIN" => await InitialAsync("PLAIN", Plain(account.User, secret)),
            "XOAUTH2" => await InitialAsync("XOAUTH2", XOAuth2(account.User, secret)),
            _ => await LoginAsync(),
        };
        // XOAUTH2 tells its reason as a question; an empty answer to it ends the exchange.
        if (mechanism == "XOAUTH2" && reply.Code == 334)
            reply = await connection.AskAsync("", limit, cancellation);
        if (reply.Code != 235)
            throw SmtpErrors.Of(connection.Target, SmtpStage.Authentication, reply);

        Task<SmtpReply> InitialAsync(string name, string response) =>
            connection.AskAsync($"AUTH {name} {Base64(response)}", limit, cancellation);

        async Task<SmtpReply> LoginAsync()
        {
            var asked = await connection.AskAsync("AUTH LOGIN", limit, cancellation);
            if (asked.Code == 334)
                asked = await connection.AskAsync(Base64(account.User), limit, cancellation);
            return asked.Code == 334 ? await connection.AskAsync(Base64(secret), limit, cancellation) : asked;
        }
    }

    /// <summary>Everything in which the secret travels. A server could repeat it.</summary>
    public static string[] Forms(MailAccount account, string secret) =>
        secret.Length == 0
            ? []
            : [secret, Base64(secret), Base64(Plain(account.User, secret)), Base64(XOAuth2(account.User, secret))];

    private static string Plain(string user, string secret) => $"\0{user}\0{secret}";

    private static string XOAuth2(string user, string secret) => $"user={user}\u0001auth=Bearer {secret}\u0001\u0001";

    private static string Choose(SmtpConnection connection, SmtpExtensions extensions, MailAccount account)
    {
        string[] wanted = account.Authentication switch
        {
            AccountAuthentication.Plain => ["PLAIN"],
            AccountAuthentication.Login => ["LOGIN"],
            AccountAuthentication.XOAuth2 => ["XOAUTH2"],
            _ => account.UsesToken ? ["XOAUTH2"] : ["PLAIN", "LOGIN"],
        };
        var offered = extensions.Authentication;
        return wanted.FirstOrDefault(offered.Contains)
            ?? throw new AccessErrorException(
                "authentication-not-offered",
                $"{connection.Target} does not offer {string.Join(" or ", wanted)} but "
                    + $"{(offered.Count == 0 ? "no authentication" : string.Join(", ", offered))}. Correct "
                    + $"Mail__Accounts__{account.Name}__Authentication, or remove its User. The mail was not sent."
            )
            {
                Target = connection.Target,
            };
    }

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
