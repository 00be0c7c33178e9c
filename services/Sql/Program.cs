using Integration.Sdk;
using Integration.Sql;

return await IntegrationService.RunAsync(args, SqlService.Create);
