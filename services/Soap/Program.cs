using Integration.Sdk;
using Integration.Soap;
using Integration.Soap.Commands;

return WsdlCommand.IsWanted(args)
    ? await WsdlCommand.RunAsync(args, SoapService.Create, Console.Out, Console.Error)
    : await IntegrationService.RunAsync(args, SoapService.Create);
