using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Bus.MassTransit;

/// <summary>For a service whose operations are to run on MassTransit.</summary>
public static class TransportHosting
{
    /// <summary>
    /// The service can be set to <c>Bus:Transport=MassTransit</c>. What the service itself does with MassTransit
    /// (<c>builder.Services.AddMassTransit(…)</c>) stays as it is: operations have connections of their own.
    /// </summary>
    public static WebApplicationBuilder AddMassTransitTransport(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<IBusTransport, MassTransitTransport>();
        return builder;
    }
}
