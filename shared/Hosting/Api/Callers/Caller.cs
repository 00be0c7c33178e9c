using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace Integration.Hosting;

/// <summary>Who calls a route.</summary>
/// <param name="Name">Name of the token, or subject of the JWT; null for a caller that was not asked who it is.</param>
/// <param name="Role">What it may do; null for nothing, e.g. a JWT without a role of ours.</param>
public sealed record Caller(string? Name, ApiRole? Role)
{
    /// <summary>A caller of a service that does not ask who calls: may do everything, under no name.</summary>
    internal static Caller Unasked { get; } = new(Name: null, ApiRole.Administrator);

    /// <summary>Who calls this route, for histories.</summary>
    public static Caller Of(HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return (context.User.Identity as CallerIdentity)?.Caller ?? new Caller(Name: null, Role: null);
    }
}

/// <summary>A caller as ASP.NET Core carries it.</summary>
internal sealed class CallerIdentity(Caller caller) : ClaimsIdentity(CallerHandler.Scheme)
{
    public Caller Caller => caller;
}
