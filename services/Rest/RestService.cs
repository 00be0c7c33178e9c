using Integration.Files.S3;
using Integration.Hosting;
using Integration.Http;
using Integration.Rest.Request;
using Integration.Sdk;

namespace Integration.Rest;

/// <summary>Calls REST interfaces for processes.</summary>
public static class RestService
{
    /// <summary>The service, ready to be run.</summary>
    /// <param name="args">The command line.</param>
    /// <param name="configure">Replaces parts of it, e.g. the bus.</param>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null) =>
        IntegrationService.Create(
            args,
            new ServiceDescription("rest", 5110),
            builder =>
            {
                builder.AddRest();
                configure?.Invoke(builder);
            }
        );

    /// <summary>The operations, and what they need.</summary>
    public static WebApplicationBuilder AddRest(this WebApplicationBuilder builder)
    {
        builder.AddSettings<RestOptions>(RestOptions.Section);
        builder.AddOutgoingHttp();
        builder.AddS3Files();
        builder.Services.AddSingleton<SavedAnswers>();
        builder.AddOperation<RequestOperation>();
        return builder;
    }
}
