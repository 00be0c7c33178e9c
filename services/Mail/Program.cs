using Integration.Mail;
using Integration.Sdk;

return await IntegrationService.RunAsync(args, MailService.Create);
