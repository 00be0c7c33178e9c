using Integration.Hosting;
using Microsoft.Extensions.Options;

namespace Integration.Egress;

/// <summary>Reports wrong secrets at start, by name and never by value.</summary>
internal sealed class SecretsCheck(IEnumerable<ISecretProvider> providers) : IValidateOptions<SecretsOptions>
{
    public ValidateOptionsResult Validate(string? name, SecretsOptions options)
    {
        var problems = options.SelectMany(secret => Problems($"{SecretsOptions.Section}__{secret.Key}", secret.Value));
        return problems.ToList() is { Count: > 0 } all
            ? ValidateOptionsResult.Fail(all)
            : ValidateOptionsResult.Success;
    }

    private IEnumerable<string> Problems(string name, SecretOptions secret)
    {
        if (secret is { Value.Length: > 0, File.Length: > 0 })
            yield return $"{name}: Value and File are both set. Keep one.";
        else if (secret is { Value.Length: 0, File.Length: 0 } && !providers.Any())
            yield return $"{name}: it has no value. Set {name}__Value, or {name}__File to the file that holds it.";
        if (secret.Value.Length is > 0 and < SecretMask.ShortestSecret)
        {
            yield return $"{name}__Value: it is shorter than {SecretMask.ShortestSecret} characters, too short to be masked where "
                + "it must not be seen. Use a longer one.";
        }

        if (secret.File.Length > 0 && !File.Exists(secret.File))
            yield return $"{name}__File: there is no file '{secret.File}'.";
        if (!EgressRule.Split(secret.Hosts).Any())
        {
            yield return $"{name}__Hosts: it is not said where the secret may be sent to. Write the hosts, separated by "
                + "commas (api.example.org, *.example.org:443).";
        }

        foreach (var input in EgressRule.Split(secret.Inputs).Where(input => !IsInput(input)))
        {
            yield return $"{name}__Inputs: '{input}' is no input of a task. Write headers.Authorization, or form for all of its "
                + "fields.";
        }

        foreach (
            var (setting, hosts) in new[]
            {
                (nameof(secret.Hosts), secret.Hosts),
                (nameof(secret.TokenHosts), secret.TokenHosts),
            }
        )
        foreach (var text in EgressRule.Split(hosts))
        {
            if (!EgressRule.TryParse(text, out _))
                yield return $"{name}__{setting}: '{text}' is no host. Write api.example.org, *.example.org or api.example.org:443.";
        }
    }

    private static bool IsInput(string text) =>
        char.IsAsciiLetter(text[0])
        && text.Split('.').All(part => part.Length > 0 && !part.Contains('*', StringComparison.Ordinal));
}
