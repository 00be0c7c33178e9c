using Microsoft.AspNetCore.Builder;

namespace Integration.Hosting;

/// <summary>
/// What requests to a route may consist of, as metadata of the endpoint. A route without it takes no body and no parameters, so a
/// new one is closed until it says what it takes.
/// </summary>
/// <param name="Body">Content that it takes.</param>
/// <param name="Limit">Largest body in bytes.</param>
/// <param name="Query">Names of the parameters that it takes.</param>
internal sealed record RequestShape(RequestBody Body, long Limit, IReadOnlyList<string> Query)
{
    public static readonly RequestShape Nothing = new(RequestBody.None, 0, []);
}

/// <summary>Kinds of content.</summary>
internal enum RequestBody
{
    None,
    Json,
    Xml,
}

/// <summary>Says what a route takes.</summary>
public static class RequestShapes
{
    /// <summary>Takes a JSON body; the guard has checked it when the route runs.</summary>
    /// <param name="route">The route.</param>
    /// <param name="limit">Largest body in bytes.</param>
    public static TBuilder TakesJson<TBuilder>(this TBuilder route, long limit)
        where TBuilder : IEndpointConventionBuilder =>
        route.With(shape => shape with { Body = RequestBody.Json, Limit = limit });

    /// <summary>Takes an XML body.</summary>
    /// <param name="route">The route.</param>
    /// <param name="limit">Largest body in bytes; asked for when the service starts and its settings are checked.</param>
    public static TBuilder TakesXml<TBuilder>(this TBuilder route, Func<long> limit)
        where TBuilder : IEndpointConventionBuilder =>
        route.With(shape => shape with { Body = RequestBody.Xml, Limit = limit() });

    /// <summary>Takes these parameters in its query; any other is refused.</summary>
    /// <param name="route">The route.</param>
    /// <param name="names">Their names, in lower or camel case as they are written.</param>
    public static TBuilder TakesQuery<TBuilder>(this TBuilder route, params string[] names)
        where TBuilder : IEndpointConventionBuilder => route.With(shape => shape with { Query = names });

    private static TBuilder With<TBuilder>(this TBuilder route, Func<RequestShape, RequestShape> change)
        where TBuilder : IEndpointConventionBuilder
    {
        // The last one counts.
        route.Add(endpoint =>
            endpoint.Metadata.Add(
                change(endpoint.Metadata.OfType<RequestShape>().LastOrDefault() ?? RequestShape.Nothing)
            )
        );
        return route;
    }
}
