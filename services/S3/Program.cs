using Integration.S3;
using Integration.Sdk;

return await IntegrationService.RunAsync(args, S3Service.Create);
