using Microsoft.Extensions.Options;

namespace Integration.Hosting;

/// <summary>Names a wrong setting of the section <c>Api:Jwt</c>, and the way out.</summary>
internal sealed class JwtOptionsValidation : IValidateOptions<JwtOptions>
{
    public ValidateOptionsResult Validate(string? name, JwtOptions options)
    {
        if (!options.IsConfigured)
            return options.Audience.Length == 0
                ? ValidateOptionsResult.Success
                : ValidateOptionsResult.Fail(
                    "Api__Jwt__Audience is set, and Api__Jwt__Authority is not; set it to the address of the OpenID provider, or neither."
                );
        List<string> failures = [];
        if (
            !Uri.TryCreate(options.Authority, UriKind.Absolute, out var authority)
            || !(
                authority.Scheme == Uri.UriSchemeHttps
                || (authority.Scheme == Uri.UriSchemeHttp && authority.IsLoopback)
            )
        )
            failures.Add(
                $"Api__Jwt__Authority is '{options.Authority}'; write the https address of the OpenID provider, e.g. https://login.example."
            );
        if (options.Audience.Length == 0)
            failures.Add(
                "Api__Jwt__Audience is missing; write what the provider puts into 'aud' for this service. Without it a JWT for any other "
                    + "service would be taken."
            );
        if (options.RoleClaim.Length == 0)
            failures.Add("Api__Jwt__RoleClaim is empty; write the claim with the roles, e.g. roles.");
        if (options.NameClaim.Length == 0)
            failures.Add("Api__Jwt__NameClaim is empty; write the claim that names the caller, e.g. sub.");
        return failures.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(failures);
    }
}
