namespace Integration.Http;

/// <summary>A token as the endpoint gave it out.</summary>
/// <param name="Value">Fit for a header.</param>
/// <param name="Until">When it is not used any more: a little before it expires.</param>
/// <param name="RefreshToken">Takes the place of the one that it was asked for with; null when the endpoint gave none.</param>
internal sealed record AccessToken(string Value, DateTimeOffset Until, string? RefreshToken)
{
    public override string ToString() => $"{nameof(AccessToken)} {{ {nameof(Until)} = {Until:O} }}";
}
