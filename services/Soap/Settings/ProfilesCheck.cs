using Integration.Http;
using Microsoft.Extensions.Options;

namespace Integration.Soap.Settings;

/// <summary>Reports at start, by setting, a service that names a profile of HTTP authentication which does not exist.</summary>
internal sealed class ProfilesCheck(IOptions<AuthenticationsOptions> profiles) : IValidateOptions<SoapOptions>
{
    public ValidateOptionsResult Validate(string? name, SoapOptions options)
    {
        var problems = options
            .Services.SelectMany(service =>
                new[]
                {
                    (Setting: nameof(ServiceOptions.Authentication), Profile: service.Value.Authentication),
                    (Setting: nameof(ServiceOptions.WsdlAuthentication), Profile: service.Value.WsdlAuthentication),
                }
                    .Where(named => named.Profile.Length > 0 && !profiles.Value.ContainsKey(named.Profile))
                    .Select(named => Problem(service.Key, named.Setting, named.Profile))
            )
            .ToList();
        return problems.Count > 0 ? ValidateOptionsResult.Fail(problems) : ValidateOptionsResult.Success;
    }

    private string Problem(string service, string setting, string profile)
    {
        var known =
            profiles.Value.Count == 0
                ? "None is configured"
                : $"There are: {string.Join(", ", profiles.Value.Keys.Order(StringComparer.Ordinal))}";
        return $"{SoapOptions.Section}__{nameof(SoapOptions.Services)}__{service}__{setting}: there is no profile '{profile}'. {known}. "
            + $"Correct it, or set Http__Authentications__{profile}__Type and what belongs to it.";
    }
}
