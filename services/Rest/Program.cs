using Integration.Hosting;
using Integration.Rest;

return await IntegrationHost.RunAsync(args, rest => RestService.Create(rest));
