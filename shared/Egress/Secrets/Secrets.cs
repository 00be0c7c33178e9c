using System.Text.RegularExpressions;
using Integration.Contracts;
using Integration.Errors;
using Integration.Hosting;
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
    "secret-not-for-input",
    "The secret is not declared for the input that names it. Nothing was sent.",
    "See where the text comes from: data that names a secret is an attempt to get it. When it is the process itself, add the "
        + "input to Secrets__NAME__Inputs."
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
    /// <param name="cancellation">Cancels the call.</param>
    /// <param name="holdsData">
    /// Whether data of processes is usual in the field. The author of the data could name a secret in it, so the secret
    /// must be declared for the field.
    /// </param>
    /// <exception cref="AccessErrorException">
    /// Codes <c>secret-unknown</c>, <c>secret-not-for-host</c>, <c>secret-not-for-input</c>, <c>secret-unavailable</c>. Nothing was
    /// sent.
    /// </exception>
    public async ValueTask<string> RevealAsync(
        string text,
        string host,
        int port,
        string field,
        CancellationToken cancellation,
        bool holdsData = false
    )
    {
        ArgumentNullException.ThrowIfNull(text);
        var from = 0;
        while (Placeholder().Match(text, from) is { Success: true } match)
        {
            var value = await RevealOneAsync(match.Groups["name"].Value, host, port, field, holdsData, cancellation);
            text = string.Concat(text.AsSpan(0, match.Index), value, text.AsSpan(match.Index + match.Length));
            // Not looked at again: a secret that looks like a placeholder is none.
            from = match.Index + value.Length;
        }

        return text;
    }

    /// <summary>Refuses a host that no access token may be sent to which was got with the secrets in the text.</summary>
    /// <param name="text">As the task or the configuration has it.</param>
    /// <param name="host">Of the target.</param>
    /// <param name="port">Of the target.</param>
    /// <param name="field">Where the text stands, for messages.</param>
    /// <exception cref="AccessErrorException">Codes <c>secret-unknown</c>, <c>secret-not-for-host</c>.</exception>
    public void CheckTokenHost(string text, string host, int port, string field)
    {
        var target = HostName.WithPort(host, port);
        foreach (var name in NamesIn(text))
        {
            var secret = Find(name, target, field);
            if (!new HostRules(secret.TokenHosts.Length > 0 ? secret.TokenHosts : secret.Hosts).Contain(host, port))
                throw Refused(
                    "secret-not-for-host",
                    $"An access token that is got with the secret '{name}' ({field}) would be sent to {target}. Add '{host}' to "
                        + $"Secrets__{name}__TokenHosts to allow it.",
                    target
                );
        }
    }

    /// <summary>The names of the secrets in it.</summary>
    public static IEnumerable<string> NamesIn(string text) =>
        Placeholder().Matches(text).Select(match => match.Groups["name"].Value);

    /// <summary>Whether there is anything to reveal in it.</summary>
    public static bool AreIn(string text) => Placeholder().IsMatch(text);

    private async ValueTask<string> RevealOneAsync(
        string name,
        string host,
        int port,
        string field,
        bool holdsData,
        CancellationToken cancellation
    )
    {
        var target = HostName.WithPort(host, port);
        var secret = Find(name, target, field);
        if (secret.Inputs.Length > 0 ? !Contains(secret.Inputs, field) : holdsData)
            throw Refused(
                "secret-not-for-input",
                $"{field} names the secret '{name}', which is not allowed there. When the text comes from outside, its sender tries to get "
                    + $"the secret; otherwise add '{field}' to Secrets__{name}__Inputs.",
                target
            );
        if (!new HostRules(secret.Hosts).Contain(host, port))
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

    private static bool Contains(string inputs, string field) =>
        EgressRule
            .Split(inputs)
            .Any(input =>
                field.Equals(input, StringComparison.OrdinalIgnoreCase)
                || field.StartsWith($"{input}.", StringComparison.OrdinalIgnoreCase)
            );

    private SecretOptions Find(string name, string target, string field) =>
        options.Value.TryGetValue(name, out var secret)
            ? secret
            : throw Refused(
                "secret-unknown",
                $"{field} names the secret '{name}', which this service does not have. Set "
                    + $"Secrets__{name}__Value or Secrets__{name}__File, and Secrets__{name}__Hosts.",
                target
            );

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

    private static AccessErrorException Refused(string code, string message, string target) =>
        new(code, message) { Target = target };

    [GeneratedRegex(@"\{\{\s*secrets\.(?<name>[A-Za-z0-9_-]+)\s*\}\}", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Placeholder();
}
