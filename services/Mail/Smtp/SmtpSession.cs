using Integration.Contracts;
using Integration.Errors;
using Integration.Mail.Content;

namespace Integration.Mail.Smtp;

/// <summary>A conversation with a server that knows us: sends one mail after the other.</summary>
[RaisesFrom(typeof(SmtpErrors))]
[RaisesFrom(typeof(RecipientErrors))]
[Raises(
    ErrorCategory.Data,
    "address-not-supported",
    "An address has characters beyond ASCII before the @, and the server lacks SMTPUTF8.",
    "Use another address or server."
)]
internal sealed class SmtpSession(
    SmtpConnection connection,
    SmtpExtensions extensions,
    MailOptions options,
    long openedAt
) : IAsyncDisposable
{
    private static readonly TimeSpan _farewell = TimeSpan.FromSeconds(2);

    public int Mails { get; private set; }

    public long UsedAt { get; set; } = openedAt;

    /// <summary>Whether the last dot was written and not yet answered.</summary>
    public bool MayHaveSent => connection.MayHaveSent;

    public bool Usable => !connection.Broken && !connection.MayHaveSent && Mails < options.MailsPerConnection;

    /// <summary>Sends a mail. When it throws, nothing was sent, unless the error says that it may have been.</summary>
    /// <param name="letter">For the envelope.</param>
    /// <param name="message">What is sent.</param>
    /// <param name="allOrNothing">Whether nobody gets it when one of them is refused.</param>
    /// <param name="cancellation">Gives up before the last dot.</param>
    /// <param name="afterDot">Gives up waiting for the answer to the whole mail.</param>
    public async Task<SmtpReceipt> SendAsync(
        Letter letter,
        MailMessage message,
        bool allOrNothing,
        CancellationToken cancellation,
        CancellationToken afterDot
    )
    {
        Fit(letter, message);
        Mails++;
        var sender = await AskAsync($"MAIL FROM:<{letter.From.Address}>{Parameters(letter, message)}", cancellation);
        if (sender.Code != 250)
            throw SmtpErrors.Of(connection.Target, SmtpStage.Sender, sender);

        var replies = new List<RecipientReply>();
        foreach (var recipient in letter.Recipients)
        {
            var reply = await AskAsync($"RCPT TO:<{recipient.Address}>", cancellation);
            // 421: the server hangs up. 530 is about us, not about the recipient.
            if (reply.Code is 421 or 530)
                throw SmtpErrors.Of(connection.Target, SmtpStage.Recipient, reply);
            replies.Add(new RecipientReply(recipient, reply));
        }

        if (RecipientErrors.Find(connection.Target, replies, allOrNothing) is { } refused)
        {
            await ResetAsync(cancellation);
            throw refused;
        }

        var go = await AskAsync("DATA", cancellation);
        if (go.Code != 354)
            throw SmtpErrors.Of(connection.Target, SmtpStage.Data, go);
        return new SmtpReceipt(await TransferAsync(message, cancellation, afterDot), replies);
    }

    /// <summary>Forgets what was said about a mail that is not sent. False when the session is of no more use.</summary>
    public async Task<bool> ResetAsync(CancellationToken cancellation)
    {
        try
        {
            return Usable && (await AskAsync("RSET", cancellation)).Code == 250;
        }
        catch (TaskErrorException)
        {
            return false;
        }
    }

    /// <summary>Says goodbye, if the server listens, and hangs up.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!connection.Broken)
                await connection.AskAsync("QUIT", _farewell, CancellationToken.None);
        }
        catch (TaskErrorException)
        {
            // It has nothing to say any more that would matter.
        }
        finally
        {
            await connection.DisposeAsync();
        }
    }

    private void Fit(Letter letter, MailMessage message)
    {
        if (extensions.MaxSize is { } most && message.Size > most)
            throw new VolumetricErrorException(
                "too-large",
                $"The mail has {message.Size} bytes, and {connection.Target} takes at most {most}. Send less. The mail was not sent."
            )
            {
                Target = connection.Target,
            };
        if (letter.NeedsUtf8 && !extensions.Utf8)
            throw new DataErrorException(
                "address-not-supported",
                $"{connection.Target} takes no addresses with characters beyond ASCII before the @ (it lacks SMTPUTF8). Use "
                    + "another address, or another server. The mail was not sent."
            )
            {
                Target = connection.Target,
            };
    }

    private string Parameters(Letter letter, MailMessage message) =>
        (extensions.Size ? $" SIZE={message.Size}" : "")
        + (letter.NeedsUtf8 ? (extensions.EightBit ? " BODY=8BITMIME" : "") + " SMTPUTF8" : "");

    private async Task<SmtpReply> TransferAsync(
        MailMessage message,
        CancellationToken cancellation,
        CancellationToken afterDot
    )
    {
        await using (var data = new DataStream(connection, options.CommandTimeout))
        {
            try
            {
                await message.WriteAsync(data, cancellation);
                await data.FlushAsync(cancellation);
                cancellation.ThrowIfCancellationRequested();
            }
            catch
            {
                // Half a message must not be ended: without its last dot the server drops it.
                connection.Abandon();
                throw;
            }
        }

        await connection.EndMailAsync(options.CommandTimeout, afterDot);
        var reply = await connection.ReadAsync(options.AcceptTimeout, afterDot);
        if (reply.Code is not (>= 200 and < 300))
        {
            connection.MayHaveSent = reply.Code is not (>= 400 and < 600);
            throw SmtpErrors.Of(connection.Target, SmtpStage.Content, reply);
        }

        connection.MayHaveSent = false;
        return reply;
    }

    private Task<SmtpReply> AskAsync(string command, CancellationToken cancellation) =>
        connection.AskAsync(command, options.CommandTimeout, cancellation);
}
