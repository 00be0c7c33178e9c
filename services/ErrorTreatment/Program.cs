using Integration.ErrorTreatment;
using Integration.Hosting;

return await IntegrationHost.RunAsync(args, arguments => ErrorTreatmentService.Create(arguments));
