using System.ComponentModel.DataAnnotations;
using System.Security.Claims;

namespace Integration.Hosting;

/// <summary>Whose JWT are taken, beside API tokens. Configuration section <c>Api:Jwt</c>.</summary>
public sealed class JwtOptions : IValidatableObject
{
    /// <summary>Name of the configuration section.</summary>
    public const string Section = "Api:Jwt";

    /// <summary>
    /// Address of the OpenID provider, e.g. <c>https://login.example/realms/integration</c>; its keys are read from
    /// <c>/.well-known/openid-configuration</c> below it. Empty, the default value, takes no JWT.
    /// </summary>
    public string Authority { get; set; } = "";

    /// <summary>Whom a JWT must be for (<c>aud</c>). Required with an authority.</summary>
    public string Audience { get; set; } = "";

    /// <summary>
    /// Claim with the roles: a text, a text of several words, or a list of texts. A dot leads into an object, as in Keycloak's
    /// <c>realm_access.roles</c>. The default value is <c>roles</c>.
    /// </summary>
    public string RoleClaim { get; set; } = "roles";

    /// <summary>Claim that names the caller in histories. The default value is <c>sub</c>.</summary>
    public string NameClaim { get; set; } = "sub";

    /// <summary>Values of the claim, joined by commas, that make a viewer. The default value is <c>viewer</c>.</summary>
    public string Viewers { get; set; } = "viewer";

    /// <summary>Values of the claim, joined by commas, that make an operator. The default value is <c>operator</c>.</summary>
    public string Operators { get; set; } = "operator";

    /// <summary>Values of the claim, joined by commas, that make an administrator. The default value is <c>administrator</c>.</summary>
    public string Administrators { get; set; } = "administrator";

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
        JwtRules.Broken(this).Select(rule => new ValidationResult(rule));

    internal bool IsConfigured => Authority.Length > 0;

    /// <summary>Who it is, by the claims of a JWT that was verified.</summary>
    internal Caller CallerOf(ClaimsPrincipal principal)
    {
        HashSet<string> values = [.. ClaimedValues.Of(principal, RoleClaim)];
        ApiRole? role =
            Has(Administrators) ? ApiRole.Administrator
            : Has(Operators) ? ApiRole.Operator
            : Has(Viewers) ? ApiRole.Viewer
            : null;
        return new Caller(
            principal.FindFirst(NameClaim)?.Value ?? principal.FindFirst("sub")?.Value ?? "JWT without a subject",
            role
        );

        bool Has(string list) =>
            list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Any(values.Contains);
    }
}
