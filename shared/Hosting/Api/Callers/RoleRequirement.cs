using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Integration.Hosting;

/// <summary>The caller has this role, or one that may more.</summary>
internal sealed class RoleRequirement(ApiRole role) : AuthorizationHandler<RoleRequirement>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, RoleRequirement requirement)
    {
        if (context.User.Identity is CallerIdentity { Caller.Role: { } has } && has >= role)
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}

/// <summary>
/// What counts where no role is declared: a route that says nothing is closed. Where no route was found (404, 405) every caller
/// that is known learns so.
/// </summary>
internal sealed class NoRouteRequirement : AuthorizationHandler<NoRouteRequirement>, IAuthorizationRequirement
{
    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, NoRouteRequirement requirement)
    {
        if (context.Resource is HttpContext http && http.GetEndpoint() is not RouteEndpoint)
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
