using Integration.Hosting;
using Integration.Sdk;
using Integration.Soap.Wsdl;

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
        builder.Services.AddSingleton<IDocumentSource, FileDocuments>();
        builder.Services.AddSingleton<IWsdlReader>(provider => new WsdlReader(
            provider.GetServices<IDocumentSource>(),
            new WsdlLimits()
        ));
        return builder;
    }
}
