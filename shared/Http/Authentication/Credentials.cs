using System.Text;
using Integration.Contracts;
using Integration.Egress;
using Integration.Errors;

namespace Integration.Http;

/// <summary>The secrets of an authentication, revealed for a host.</summary>
[Raises(
    ErrorCategory.Access,
    "secret-unusable",
    "A secret holds a character that no header can carry. Nothing was sent.",
    "Look at the secret: a line break or a letter beyond ASCII was probably stored with it."
)]
internal sealed class Credentials(Secrets secrets, PassingSecrets pairs, Uri target)
{
    /// <summary>User and password as the header of Basic carries them, and masked in this form, too.</summary>
    public string Encode(string user, string password)
    {
        var pair = Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}"));
        pairs.Add(pair);
        return pair;
    }

    /// <summary>For the target of the call, or of what is asked for a token.</summary>
    public ValueTask<string> RevealAsync(string text, string field, CancellationToken cancellation) =>
        secrets.RevealAsync(text, target.Host, target.Port, $"authentication.{field}", cancellation);

    /// <summary>The same for what stands in a header as it is.</summary>
    public async ValueTask<string> RevealForHeaderAsync(string text, string field, CancellationToken cancellation)
    {
        var value = await RevealAsync(text, field, cancellation);
        return value.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0
            ? value
            : throw new AccessErrorException(
                "secret-unusable",
                $"The secret that authentication.{field} names holds a character that no header can carry. Look at its value."
            )
            {
                Target = HostName.WithPort(target.Host, target.Port),
            };
    }
}
