using System.Text.Json;
using Integration.Egress;
using Integration.Errors;

namespace Integration.Rest.Request;

/// <summary>Puts secrets into headers, query parameters and fields of a form, for the host that they are about to be sent to.</summary>
internal static class RequestSecrets
{
    public static async ValueTask<RequestOperation.Input> RevealAsync(
        RequestOperation.Input input,
        Secrets secrets,
        CancellationToken cancellation
    )
    {
        if (!AreIn(input.Headers) && !AreIn(input.Query) && !AreIn(input.Form))
            return input;
        var target = RequestAddress.Of(input).Uri;
        return input with
        {
            Headers = await RevealAsync(input.Headers, "headers", holdsData: false),
            Query = await RevealAsync(input.Query, "query", holdsData: true),
            Form = await RevealAsync(input.Form, "form", holdsData: true),
        };

        async ValueTask<IReadOnlyDictionary<string, JsonElement>?> RevealAsync(
            IReadOnlyDictionary<string, JsonElement>? values,
            string place,
            bool holdsData
        )
        {
            if (!AreIn(values))
                return values;
            var revealed = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
            foreach (var (name, value) in values!)
            {
                revealed[name] = value;
                if (!IsIn(value))
                    continue;
                if (value.ValueKind != JsonValueKind.String)
                    throw InvalidInput.At($"{place}.{name}", "names a secret inside of a list. Write a text.");
                var text = await secrets.RevealAsync(
                    value.GetString()!,
                    target.Host,
                    target.Port,
                    $"{place}.{name}",
                    cancellation,
                    holdsData
                );
                revealed[name] = JsonSerializer.SerializeToElement(text);
            }

            return revealed;
        }
    }

    private static bool AreIn(IReadOnlyDictionary<string, JsonElement>? values) => values?.Values.Any(IsIn) == true;

    private static bool IsIn(JsonElement value) =>
        value.ValueKind == JsonValueKind.String
            ? Secrets.AreIn(value.GetString()!)
            : value.ValueKind == JsonValueKind.Array && value.EnumerateArray().Any(IsIn);
}
