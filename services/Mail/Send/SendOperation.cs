using System.Text.Json;
using Integration.Errors;
using Integration.Files.S3;
using Integration.Mail.Accounts;
using Integration.Mail.Content;
using Integration.Mail.Smtp;
using Integration.Sdk;
using Microsoft.Extensions.Options;

namespace Integration.Mail.Send;

/// <summary>Sends a mail: text, HTML or both, from templates, with attachments.</summary>
/// <remarks>
/// The server has taken the mail when the task is completed. Whether it reaches a mailbox is decided by the servers behind it;
/// they tell the sender's address when it does not.
/// <para>
/// SMTP knows no idempotency key, so a mail whose last answer was lost is in doubt. Before its last dot nothing was sent.
/// </para>
/// </remarks>
[Operation("mail.send", Version = 1, Effect = Effect.Once)]
[RaisesFrom(typeof(SmtpSessions))]
[RaisesFrom(typeof(MailAccount))]
[RaisesFrom(typeof(LetterReader))]
[RaisesFrom(typeof(S3Files))]
internal sealed class SendOperation(
    MailAccounts accounts,
    LetterReader letters,
    SmtpSessions sessions,
    IOptions<MailOptions> options
) : Operation<SendOperation.Input, SendOperation.Output>
{
    /// <summary>One of <c>to</c>, <c>cc</c> and <c>bcc</c> is needed, and one of <c>text</c> and <c>html</c>.</summary>
    /// <param name="Subject">One line.</param>
    /// <param name="To">Addresses: <c>ada@example.org</c> or <c>Ada Lovelace &lt;ada@example.org&gt;</c>.</param>
    /// <param name="Cc">Further receivers, visible to all.</param>
    /// <param name="Bcc">Further receivers, visible to nobody.</param>
    /// <param name="ReplyTo">Where answers go. The default value is the sender.</param>
    /// <param name="From">The sender, one that the account allows. The default value is the account's first address.</param>
    /// <param name="Text">The mail as plain text. An empty one beside HTML counts as absent.</param>
    /// <param name="Html">The mail as HTML. With both, the receiver's program chooses. An empty one counts as absent.</param>
    /// <param name="Values">When it is there, <c>subject</c>, <c>text</c> and <c>html</c> are Handlebars templates that are filled from it.</param>
    /// <param name="Attachments">Files that go with the mail.</param>
    /// <param name="Images">Images that the HTML shows, as <c>&lt;img src="cid:logo"&gt;</c>.</param>
    /// <param name="Account">From which account of the service's configuration. The default value is <c>default</c>.</param>
    /// <param name="AllOrNothing">
    /// Whether nobody gets the mail when the server refuses one of the recipients. The default value is true.
    /// </param>
    public sealed record Input(
        string Subject,
        IReadOnlyList<string>? To = null,
        IReadOnlyList<string>? Cc = null,
        IReadOnlyList<string>? Bcc = null,
        IReadOnlyList<string>? ReplyTo = null,
        string? From = null,
        string? Text = null,
        string? Html = null,
        IReadOnlyDictionary<string, JsonElement>? Values = null,
        IReadOnlyList<Attachment>? Attachments = null,
        IReadOnlyList<InlineImage>? Images = null,
        string Account = "default",
        bool AllOrNothing = true
    );

    /// <summary>The server has taken the mail. Whether it arrives is up to the servers behind it.</summary>
    /// <param name="MessageId">As in the mail's header, with its angle brackets; made from the task id.</param>
    /// <param name="Status">Of the server's answer, e.g. 250.</param>
    /// <param name="Answer">The server's answer, usually with the number under which its log has the mail.</param>
    /// <param name="Recipients">What the server answered about each recipient.</param>
    /// <param name="Size">Of the mail as it was sent, in bytes.</param>
    public sealed record Output(
        string MessageId,
        int Status,
        string Answer,
        IReadOnlyList<RecipientAnswer> Recipients,
        long Size
    );

    /// <inheritdoc />
    public override string? TargetOf(Input input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return accounts.Find(input.Account).Target;
    }

    /// <inheritdoc />
    public override async Task<Output> ExecuteAsync(Input input, TaskContext task, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(task);
        var account = accounts.Find(input.Account);
        var letter = letters.Read(input, account);
        var message = await MessageWriter.WriteAsync(letter, task);
        if (message.Size > options.Value.MaxMessageBytes)
            throw LetterErrors.TooLarge(message.Size, options.Value.MaxMessageBytes);

        using var patience = Patience.Begin(task, options.Value.TotalTimeout, cancellation);
        try
        {
            var receipt = await sessions.UseAsync(
                account,
                session =>
                    patience.GuardAsync(
                        account,
                        session,
                        token => session.SendAsync(letter, message, input.AllOrNothing, token, patience.AfterDot)
                    ),
                patience.Token
            );
            return new Output(
                message.Id,
                receipt.Reply.Code,
                receipt.Reply.ToString(),
                [.. receipt.Recipients.Select(RecipientAnswer.Of)],
                message.Size
            );
        }
        catch (OperationCanceledException e) when (patience.IsOver)
        {
            throw patience.Over(account, effectUnknown: false, e);
        }
        catch (OperationCanceledException e) when (e is not CancelledWithoutEffectException)
        {
            // There was no session yet.
            throw new CancelledWithoutEffectException(e);
        }
    }
}
