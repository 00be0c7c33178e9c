using Integration.Sdk;
using Integration.Soap;

return await IntegrationService.RunAsync(args, SoapService.Create);
