using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Sdk;

/// <summary>Refuses secrets where the operation's input does not provide for them.</summary>
internal static class SecretPlaces<TInput>
{
    private static readonly HashSet<string> _allowed = new(
        typeof(TInput)
            .GetConstructors()
            .SelectMany(constructor => constructor.GetParameters())
            .Where(parameter => parameter.IsDefined(typeof(MayHoldSecretsAttribute)))
            .Select(parameter => parameter.Name!)
            .Concat(
                typeof(TInput)
                    .GetProperties()
                    .Where(property => property.IsDefined(typeof(MayHoldSecretsAttribute)))
                    .Select(property => property.Name)
            )
            .Select(JsonNamingPolicy.CamelCase.ConvertName),
        StringComparer.Ordinal
    );

    /// <exception cref="DataErrorException">A secret stands in the wrong place; the message names it.</exception>
    public static void Check(JsonElement inputs)
    {
        if (inputs.ValueKind != JsonValueKind.Object || !HoldsOne(inputs))
            return;
        foreach (var property in inputs.EnumerateObject())
        {
            if (_allowed.Contains(property.Name) || !HoldsOne(property.Value))
                continue;
            var places =
                _allowed.Count == 0
                    ? "This operation takes none."
                    : $"They may stand in {string.Join(", ", _allowed)}.";
            throw new DataErrorException(
                ErrorCodes.InvalidInput,
                $"inputs.{property.Name} names a secret, which would be sent as it is. {places}"
            );
        }
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
