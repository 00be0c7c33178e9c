using Integration.Hosting;
using Integration.ProcessCore;

return await IntegrationHost.RunAsync(args, args => ProcessCoreService.Create(args));
