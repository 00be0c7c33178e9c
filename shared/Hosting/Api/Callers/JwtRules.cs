namespace Integration.Hosting;

/// <summary>Name a wrong setting of the section <c>Api:Jwt</c>, and the way out.</summary>
internal static class JwtRules
{
    public static IEnumerable<string> Broken(JwtOptions options)
    {
        if (!options.IsConfigured)
        {
            if (options.Audience.Length > 0)
                yield return "Api__Jwt__Audience is set, and Api__Jwt__Authority is not; set it to the address of the OpenID provider, or neither.";
            yield break;
        }

        if (
            !Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority)
            || !(
                authority.Scheme == Uri.UriSchemeHttps
                || (authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback)
            )
        )
            yield return $"Api__Jwt__Authority is '{options.Authority}'; write the https address of the OpenID provider, e.g. https://login.example.";
        if (options.Audience.Length == 0)
            yield return "Api__Jwt__Audience is missing; write what the provider puts into 'aud' for this service. Without it a JWT for any other "
                + "service would be taken.";
        if (options.RoleClaim.Length == 0)
            yield return "Api__Jwt__RoleClaim is empty; write the claim with the roles, e.g. roles.";
        if (options.NameClaim.Length == 0)
            yield return "Api__Jwt__NameClaim is empty; write the claim that names the caller, e.g. sub.";
    }
}
