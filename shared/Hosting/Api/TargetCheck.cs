using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Integration.Hosting;

/// <summary>
/// Path and query as they came: percent-encoding that is broken or no UTF-8 would be passed on undecoded, and a control character
/// is in no name of ours (U+0000 is refused by PostgreSQL).
/// </summary>
internal static class TargetCheck
{
    public static IResult? Refusal(HttpRequest request, IReadOnlyList<string>? query)
    {
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var split = target.IndexOf('?', StringComparison.Ordinal);
        if (Wrong(split < 0 ? target : target[..split]) is { } path)
            return ApiProblem.BadField("path", path);
        if (split >= 0 && Wrong(target[split..]) is { } parameters)
            return ApiProblem.BadField("query", parameters);
        if (query is null)
            return null;
        foreach (var (name, values) in request.Query)
        {
            if (!query.Contains(name, StringComparer.Ordinal))
                return ApiProblem.BadField(
                    name,
                    query.Count == 0
                        ? "This route takes no parameters. Leave it out."
                        : $"There is no such parameter here. There are: {string.Join(", ", query)}."
                );
            if (values.Count > 1)
                return ApiProblem.BadField(name, "It is given more than once. Give one value.");
        }

        return null;
    }

    private static string? Wrong(string part)
    {
        var decoded = new byte[part.Length];
        var length = 0;
        for (var at = 0; at < part.Length; at++, length++)
        {
            var character = part[at];
            if (character > 0x7E)
                return "It has characters that are not ASCII. Percent-encode them as UTF-8.";
            if (character == '%')
            {
                if (at + 2 >= part.Length || !char.IsAsciiHexDigit(part[at + 1]) || !char.IsAsciiHexDigit(part[at + 2]))
                    return "Its percent-encoding is broken. Write % as %25.";
                character = (char)Convert.ToByte(part.Substring(at + 1, 2), 16);
                at += 2;
            }

            if (character is < ' ' or (char)0x7F)
                return "It has a control character. Leave it out.";
            decoded[length] = (byte)character;
        }

        return Utf8.IsValid(decoded.AsSpan(0, length)) ? null : "Its percent-encoding is no UTF-8.";
    }
}
