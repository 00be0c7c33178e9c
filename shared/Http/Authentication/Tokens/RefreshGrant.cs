using System.Security.Cryptography;
using System.Text;

namespace Integration.Http;

/// <summary>
/// What a user once agreed to. All that is asked for with it, whatever the scope, has one current refresh token: once that was
/// replaced, an endpoint that sees the one before withdraws everything.
/// </summary>
/// <param name="Endpoint">That gives out the tokens.</param>
/// <param name="Client">Its id.</param>
/// <param name="Configured">The refresh token that it began with.</param>
internal sealed record RefreshGrant(Uri Endpoint, string Client, string Configured)
{
    /// <summary>Fit for a file name; reveals nothing.</summary>
    public string Key { get; } =
        Convert.ToHexStringLower(
            SHA256.HashData(Encoding.UTF8.GetBytes($"{Endpoint.AbsoluteUri}\n{Client}\n{Configured}"))
        )[..32];

    public override string ToString() => $"{nameof(RefreshGrant)} {{ {nameof(Endpoint)} = {Endpoint} }}";
}
