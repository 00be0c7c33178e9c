using Integration.Egress;
using Microsoft.Extensions.Options;

namespace Integration.Http;

/// <summary>Reports wrong profiles at start, by setting.</summary>
internal sealed class AuthenticationsCheck(IOptions<SecretsOptions> secrets, IEnumerable<ISecretProvider> providers)
    : IValidateOptions<AuthenticationsOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthenticationsOptions options)
    {
        var problems = options.SelectMany(profile => Problems($"Http__Authentications__{profile.Key}", profile.Value));
        return problems.ToList() is { Count: > 0 } all
            ? ValidateOptionsResult.Fail(all)
            : ValidateOptionsResult.Success;
    }

    private List<string> Problems(string setting, AuthenticationOptions profile)
    {
        Authentication authentication;
        try
        {
            authentication = profile.Read();
        }
        catch (FormatException e)
        {
            return [$"{setting}__{e.Message}"];
        }

        return
        [
            .. AuthenticationRules
                .Check(authentication)
                .Select(one => $"{setting}__{Setting(one.Field)}: it {one.Problem}"),
            .. Unknown(authentication)
                .Select(secret =>
                    $"{setting} names the secret '{secret}', which this service does not have. Set Secrets__{secret}__Value or "
                    + $"Secrets__{secret}__File, and Secrets__{secret}__Hosts."
                ),
        ];
    }

    private IEnumerable<string> Unknown(Authentication one) =>
        providers.Any()
            ? []
            : new[]
            {
                one.UserName,
                one.Password,
                one.Token,
                one.Value,
                one.ClientId,
                one.ClientSecret,
                one.RefreshToken,
            }
                .Concat(one.Parameters?.Values ?? [])
                .SelectMany(text => Secrets.NamesIn(text ?? ""))
                .Where(name => !secrets.Value.ContainsKey(name));

    private static string Setting(string field) => char.ToUpperInvariant(field[0]) + field[1..];
}
