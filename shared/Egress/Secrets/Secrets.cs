using System.Net;
using System.Text.RegularExpressions;
using Integration.Contracts;
using Integration.Hosting;
using Integration.Sdk;
using Microsoft.Extensions.Options;

namespace Integration.Egress;

/// <summary>
/// Puts secrets in the place of <c>{{secrets.NAME}}</c>, for the hosts that each is declared for. What it returns is
/// to be sent and then forgotten; it is masked wherever it appears.
/// </summary>
[Raises(
    ErrorCategory.Access,
    "secret-unknown",
    "The task names a secret that this service does not have. Nothing was sent.",
    "Correct the name, or set Secrets__NAME__Value or Secrets__NAME__File, and Secrets__NAME__Hosts."
)]
[Raises(
    ErrorCategory.Access,
    "secret-not-for-host",
    "The secret is not declared for the host that it would be sent to. Nothing was sent.",
    "Correct the address, or add the host to Secrets__NAME__Hosts."
)]
[Raises(
    ErrorCategory.Access,
    "secret-unavailable",
    "The file or the provider of the secret does not have it at the moment. Nothing was sent.",
    "Look at Secrets__NAME__File, or at the provider of secrets."
)]
public sealed partial class Secrets(
    IOptions<SecretsOptions> options,
    IEnumerable<ISecretProvider> providers,
    SecretMask mask
)
{
    /// <summary>The text with all secrets in it.</summary>
    /// <param name="text">As the task has it.</param>
    /// <param name="host">That it will be sent to.</param>
    /// <param name="port">Of the host.</param>
    /// <param name="field">Where the text stands, e.g. <c>headers.Authorization</c>, for messages.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="AccessErrorException">
    /// Codes <c>secret-unknown</c>, <c>secret-not-for-host</c>, <c>secret-unavailable</c>. Nothing was sent.
    /// </exception>
    public async ValueTask<string> RevealAsync(
        string text,
        string host,
        int port,
        string field,
        CancellationToken cancellation
    )
    {
        ArgumentNullException.ThrowIfNull(text);
        var from = 0;
        while (Placeholder().Match(text, from) is { Success: true } match)
        {
            var value = await RevealOneAsync(match.Groups["name"].Value, host, port, field, cancellation);
            text = string.Concat(text.AsSpan(0, match.Index), value, text.AsSpan(match.Index + match.Length));
            // Not looked at again: a secret that looks like a placeholder is none.
            from = match.Index + value.Length;
        }

        return text;
    }

    /// <summary>Whether there is anything to reveal in it.</summary>
    public static bool AreIn(string text) => Placeholder().IsMatch(text);

    private async ValueTask<string> RevealOneAsync(
        string name,
        string host,
        int port,
        string field,
        CancellationToken cancellation
    )
    {
        var target = HostName.WithPort(host, port);
        if (!options.Value.TryGetValue(name, out var secret))
            throw Refused(
                "secret-unknown",
                $"{field} names the secret '{name}', which this service does not have. Set "
                    + $"Secrets__{name}__Value or Secrets__{name}__File, and Secrets__{name}__Hosts.",
                target
            );
        if (!IsFor(secret, host, port))
            throw Refused(
                "secret-not-for-host",
                $"{field} would send the secret '{name}' to {target}. Add '{host}' to "
                    + $"Secrets__{name}__Hosts to allow it.",
                target
            );
        var value =
            await FindAsync(name, secret, cancellation)
            ?? throw Refused(
                "secret-unavailable",
                $"The secret '{name}' that {field} names cannot be read at the moment. Look "
                    + $"at Secrets__{name}__File, or at the provider of secrets.",
                target
            );
        mask.Add(value);
        return value;
    }

    private async ValueTask<string?> FindAsync(string name, SecretOptions secret, CancellationToken cancellation)
    {
        if (secret.Value.Length > 0)
            return secret.Value;
        if (secret.File.Length > 0)
            return await ReadAsync(secret.File, cancellation);
        foreach (var provider in providers)
        {
            // A shorter one could not be masked.
            if (await provider.FindAsync(name, cancellation) is { Length: >= SecretMask.ShortestSecret } value)
                return value;
        }

        return null;
    }

    private static async Task<string?> ReadAsync(string file, CancellationToken cancellation)
    {
        try
        {
            var value = (await File.ReadAllTextAsync(file, cancellation)).TrimEnd('\r', '\n');
            return value.Length >= SecretMask.ShortestSecret ? value : null;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    // By what the task calls: a rule with an address is for those who call the address, and for no name.
    private static bool IsFor(SecretOptions secret, string host, int port)
    {
        host = HostName.Normalise(host);
        var address = IPAddress.TryParse(host, out var parsed) ? HostName.Plain(parsed) : null;
        return EgressRule
            .Split(secret.Hosts)
            .Any(text =>
                EgressRule.TryParse(text, out var rule)
                && (rule.Network is null || address is not null)
                && rule.Matches(host, address ?? IPAddress.None, port)
            );
    }

    private static AccessErrorException Refused(string code, string message, string target) =>
        new(code, message) { Target = target };

    [GeneratedRegex(@"\{\{\s*secrets\.(?<name>[A-Za-z0-9_-]+)\s*\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
