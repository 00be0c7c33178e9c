using System.Runtime.InteropServices;
using System.Text.Json;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Sdk;

/// <summary>Refuses secrets where the operation's input does not provide for them.</summary>
/// <param name="allowed">The fields in which they may stand.</param>
internal sealed class SecretPlaces(IEnumerable<string> allowed)
{
    private readonly List<string> _allowed = [.. allowed];

    /// <exception cref="DataErrorException">A secret stands in the wrong place; the message names it.</exception>
    public void Check(JsonElement inputs)
    {
        if (Problem(inputs) is { } problem)
            throw new DataErrorException(ErrorCodes.InvalidInput, problem);
    }

    /// <summary>Which secret stands in the wrong place; null for none.</summary>
    public string? Problem(JsonElement inputs)
    {
        if (inputs.ValueKind != JsonValueKind.Object || !HoldsOne(inputs))
            return null;
        foreach (var property in inputs.EnumerateObject())
        {
            if (_allowed.Contains(property.Name) || !HoldsOne(property.Value))
                continue;
            var places =
                _allowed.Count == 0
                    ? "This operation takes none."
                    : $"They are allowed in {string.Join(", ", _allowed)}.";
            return $"inputs.{property.Name} names a secret, which would be sent as it is. {places}";
        }

        return null;
    }

    private static bool HoldsOne(JsonElement element)
    {
        var text = JsonMarshal.GetRawUtf8Value(element);
        while (text.IndexOf("{{"u8) is >= 0 and var found)
        {
            text = text[(found + 1)..];
            if (text[1..].TrimStart((byte)' ').StartsWith("secrets."u8))
                return true;
        }

        return false;
    }
}
