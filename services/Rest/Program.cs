using Integration.Rest;
using Integration.Sdk;

return await IntegrationService.RunAsync(args, RestService.Create);
