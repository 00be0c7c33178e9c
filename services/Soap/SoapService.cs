using Integration.Files.S3;
using Integration.Hosting;
using Integration.Http;
using Integration.Sdk;
using Integration.Soap.Call;
using Integration.Soap.Commands;
using Integration.Soap.Services;
using Integration.Soap.Settings;
using Integration.Soap.Wsdl;
using Microsoft.Extensions.Options;

namespace Integration.Soap;

/// <summary>Calls SOAP services for processes, from their WSDL.</summary>
public static class SoapService
{
    /// <summary>The service, ready to be run.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">Replaces parts of it, e.g. the bus.</param>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null) =>
        IntegrationService.Create(
            args,
            new ServiceDescription("soap", 5111),
            builder =>
            {
                builder.AddSoap();
                configure?.Invoke(builder);
            }
        );

    /// <summary>The operations, and what they need.</summary>
    public static WebApplicationBuilder AddSoap(this WebApplicationBuilder builder)
    {
        builder.AddSettings<SoapOptions>(SoapOptions.Section);
        builder.AddOutgoingHttp();
        builder.AddS3Files();
        builder.Services.AddSingleton<IValidateOptions<SoapOptions>, ProfilesCheck>();
        builder.Services.AddSingleton<IDocumentSource, FileDocuments>();
        builder.Services.AddSingleton<IDocumentSource, HttpDocuments>();
        builder.Services.AddSingleton<IWsdlReader>(provider => new WsdlReader(
            provider.GetServices<IDocumentSource>(),
            new WsdlLimits
            {
                MaxDocumentBytes = provider.GetRequiredService<IOptions<SoapOptions>>().Value.MaxWsdlBytes,
            }
        ));
        builder.Services.AddSingleton<ServiceCatalog>();
        builder.Services.AddSingleton<CallPreparation>();
        builder.Services.AddSingleton(WsdlCommand.Help);
        builder.AddOperation<CallOperation>();
        return builder;
    }
}
