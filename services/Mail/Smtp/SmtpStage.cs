namespace Integration.Mail.Smtp;

/// <summary>Where in the conversation an answer belongs; what a refusal means depends on it.</summary>
internal enum SmtpStage
{
    Greeting,
    Hello,
    StartTls,
    Authentication,
    Sender,
    Recipient,
    Data,

    /// <summary>The answer to the whole message. The only one after which it was sent.</summary>
    Content,
}
