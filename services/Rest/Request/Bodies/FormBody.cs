using System.Text;
using System.Text.Json;
using Integration.Errors;

namespace Integration.Rest.Request;

/// <summary>The input <c>form</c>: fields as a browser sends them (<c>application/x-www-form-urlencoded</c>, utf-8).</summary>
internal static class FormBody
{
    private const string Type = "application/x-www-form-urlencoded";

    public static ReadOnlyMemory<byte> Of(
        IReadOnlyDictionary<string, JsonElement> form,
        Dictionary<string, string> headers
    )
    {
        headers.TryAdd(RequestBody.ContentType, Type);
        if (!headers[RequestBody.ContentType].StartsWith(Type, StringComparison.OrdinalIgnoreCase))
            throw InvalidInput.At($"headers.{RequestBody.ContentType}", $"must be {Type} for a form. Remove it.");
        return Encoding.ASCII.GetBytes(
            string.Join(
                '&',
                NamedValues.Of(form, "form").Select(field => $"{Escape(field.Name)}={Escape(field.Value)}")
            )
        );
    }

    // A space is a plus sign in forms since the first browsers.
    private static string Escape(string text) =>
        Uri.EscapeDataString(text).Replace("%20", "+", StringComparison.Ordinal);
}
