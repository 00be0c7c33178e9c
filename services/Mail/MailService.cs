using Integration.Egress;
using Integration.Files;
using Integration.Hosting;
using Integration.Mail.Accounts;
using Integration.Mail.Send;
using Integration.Mail.Smtp;
using Integration.Mail.Templates;
using Integration.Sdk;

namespace Integration.Mail;

/// <summary>Sends mail for processes.</summary>
public static class MailService
{
    /// <summary>The service, ready to be run.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">Replaces parts of it, e.g. the bus.</param>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null) =>
        IntegrationService.Create(
            args,
            new ServiceDescription("mail", 5113),
            builder =>
            {
                builder.AddMail();
                configure?.Invoke(builder);
            }
        );

    /// <summary>The operations, and what they need.</summary>
    public static WebApplicationBuilder AddMail(this WebApplicationBuilder builder)
    {
        builder.AddSettings<MailOptions>(MailOptions.Section);
        builder.AddEgress();
        builder.AddFiles();
        builder.Services.AddSingleton<MailAccounts>();
        builder.Services.AddSingleton<TemplateRenderer>();
        builder.Services.AddSingleton<LetterReader>();
        builder.Services.AddSingleton<SmtpDialer>();
        builder.Services.AddSingleton<SmtpSessions>();
        builder.AddOperation<SendOperation>();
        return builder;
    }
}
