using System.Text.Json;
using System.Text.Json.Serialization;
using Refit;

namespace Integration.Clients;

/// <summary>Makes clients of the services' HTTP APIs.</summary>
public static class ApiClient
{
    private static readonly RefitSettings _settings = new(
        new SystemTextJsonContentSerializer(
            new JsonSerializerOptions(JsonSerializerDefaults.Web)
            {
                // What is not given is not sent: a field that is null is one that the service would have to know.
                DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
            }
        )
    );

    /// <summary>A client of the API that <typeparamref name="TApi"/> describes.</summary>
    /// <typeparam name="TApi">E.g. <see cref="IProcessCoreApi"/>.</typeparam>
    /// <param name="http">With the address of the service; the caller disposes of it. See <see cref="Http"/>.</param>
    public static TApi Of<TApi>(HttpClient http) => RestService.For<TApi>(http, _settings);

    /// <summary>A connection to a service, for <see cref="Of"/>.</summary>
    /// <param name="address">E.g. <c>http://127.0.0.1:5100</c>.</param>
    /// <param name="token">An API token or JWT; null for a service that does not ask who calls.</param>
    public static HttpClient Http(Uri address, string? token = null) =>
        new(new BearerToken(token) { InnerHandler = new SocketsHttpHandler() }) { BaseAddress = address };
}
