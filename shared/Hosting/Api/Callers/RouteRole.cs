using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;

namespace Integration.Hosting;

/// <summary>Who may call a route, as metadata of the endpoint. A route without it is closed to every caller.</summary>
/// <param name="Role">The least that a caller must be.</param>
internal sealed record RouteRole(ApiRole Role) : IAuthorizeData
{
    /// <inheritdoc />
    public string? Policy
    {
        get => Role.Name();
        set => throw new NotSupportedException();
    }

    /// <inheritdoc />
    public string? Roles { get; set; }

    /// <inheritdoc />
    public string? AuthenticationSchemes { get; set; }
}

/// <summary>Says who may call a route.</summary>
public static class RouteRoles
{
    /// <summary>Lets in callers with this role or a higher one.</summary>
    public static TBuilder For<TBuilder>(this TBuilder route, ApiRole role)
        where TBuilder : IEndpointConventionBuilder
    {
        route.Add(endpoint => endpoint.Metadata.Add(new RouteRole(role)));
        return route;
    }
}
