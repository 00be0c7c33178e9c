using Integration.Contracts;
using Microsoft.AspNetCore.Builder;

namespace Integration.Hosting;

/// <summary>
/// What requests to a route may consist of, as metadata of the endpoint: the guard holds them against it, and the OpenAPI document
/// is written from it. A route without it takes no body and no parameters, so a new one is closed until it says what it takes.
/// </summary>
/// <param name="Body">Content that it takes.</param>
/// <param name="Limit">Largest body in bytes.</param>
/// <param name="Query">The parameters that it takes.</param>
internal sealed record RequestShape(RequestBody Body, long Limit, IReadOnlyList<QueryParameter> Query)
{
    public static readonly RequestShape Nothing = new(RequestBody.None, 0, []);

    /// <summary>What the body is read into; null for one of any form.</summary>
    public Type? Type { get; init; }

    /// <summary>Whether the body may be left out.</summary>
    public bool Optional { get; init; }

    /// <summary>Headers that mean something to the route, with what they mean.</summary>
    public IReadOnlyList<(string Name, string Meaning)> Headers { get; init; } = [];
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
    /// <summary>Takes a JSON object; the guard has checked that it is JSON when the route runs.</summary>
    /// <param name="route">The route.</param>
    /// <param name="type">What the route reads it into; null for an object of any form.</param>
    /// <param name="optional">Whether it may be left out.</param>
    /// <param name="limit">Largest body in bytes. The default value is that of events, 256 KiB; who takes more says why.</param>
    public static TBuilder TakesJson<TBuilder>(
        this TBuilder route,
        Type? type = null,
        bool optional = false,
        long limit = Limits.Body
    )
        where TBuilder : IEndpointConventionBuilder =>
        route.With(shape => shape with { Body = RequestBody.Json, Limit = limit, Type = type, Optional = optional });

    /// <summary>Takes an XML body.</summary>
    /// <param name="route">The route.</param>
    /// <param name="limit">Largest body in bytes; asked for when the service starts and its settings are checked.</param>
    public static TBuilder TakesXml<TBuilder>(this TBuilder route, Func<long> limit)
        where TBuilder : IEndpointConventionBuilder =>
        route.With(shape => shape with { Body = RequestBody.Xml, Limit = limit() });

    /// <summary>Takes these parameters in its query; any other is refused.</summary>
    /// <param name="route">The route.</param>
    /// <param name="parameters">What they are called, mean, and may be.</param>
    public static TBuilder TakesQuery<TBuilder>(this TBuilder route, params QueryParameter[] parameters)
        where TBuilder : IEndpointConventionBuilder => route.With(shape => shape with { Query = parameters });

    /// <summary>Takes note of a header.</summary>
    /// <param name="route">The route.</param>
    /// <param name="name">E.g. <c>Idempotency-Key</c>.</param>
    /// <param name="meaning">What it does, in a sentence.</param>
    public static TBuilder TakesHeader<TBuilder>(this TBuilder route, string name, string meaning)
        where TBuilder : IEndpointConventionBuilder =>
        route.With(shape => shape with { Headers = [.. shape.Headers, (name, meaning)] });

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
