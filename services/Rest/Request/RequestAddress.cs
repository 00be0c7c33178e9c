using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Integration.Errors;

namespace Integration.Rest.Request;

/// <summary>
/// The address of a request. Values from the task can fill a path segment or a query parameter, and never become
/// anything else: not another host, not another segment, not another parameter.
/// </summary>
/// <param name="Uri">With all values.</param>
/// <param name="Place">Without values and query: what may be shown.</param>
internal sealed partial record RequestAddress(Uri Uri, string Place)
{
    public static RequestAddress Of(RequestOperation.Input input)
    {
        var (origin, path, query) = Split(input.Url);
        var text = new StringBuilder(origin).Append(Fill(path, input.Path));
        Append(text, query, input.Query);
        if (!Uri.TryCreate(text.ToString(), UriKind.Absolute, out var uri) || uri.Host.Length == 0)
            throw InvalidInput.At("url", "is no valid address. Write it like https://api.example.org/orders/{id}.");
        return new RequestAddress(uri, $"{uri.Scheme}://{uri.Authority}{path}");
    }

    private static (string Origin, string Path, string Query) Split(string url)
    {
        url = url.Trim();
        var scheme = Scheme().Match(url);
        if (!scheme.Success)
            throw InvalidInput.At("url", "must be absolute and begin with http:// or https://.");
        if (url.Contains('#', StringComparison.Ordinal))
            throw InvalidInput.At("url", "has a fragment (#), which is never sent. Remove it, or write %23.");

        var end = url.AsSpan(scheme.Length).IndexOfAny('/', '?', '\\');
        var origin = end < 0 ? url : url[..(scheme.Length + end)];
        if (origin.Contains('@', StringComparison.Ordinal))
            throw InvalidInput.At(
                "url",
                "holds credentials before the host. Remove them: addresses are stored and shown."
            );

        var rest = url[origin.Length..];
        var mark = rest.IndexOf('?', StringComparison.Ordinal);
        var query = mark < 0 ? "" : rest[(mark + 1)..];
        if ((origin + query).AsSpan().IndexOfAny('{', '}') >= 0)
            throw InvalidInput.At("url", "has a placeholder outside of its path. Query parameters belong into query.");
        return (origin, mark < 0 ? rest : rest[..mark], query);
    }

    private static string Fill(string path, IReadOnlyDictionary<string, JsonElement>? values)
    {
        var used = new HashSet<string>(StringComparer.Ordinal);
        var filled = string.Join('/', path.Split('/').Select(segment => Segment(segment, values, used)));
        if (values?.Keys.FirstOrDefault(name => !used.Contains(name)) is { } unused)
            throw InvalidInput.At($"path.{unused}", $"is not used: url has no placeholder {{{unused}}}.");
        return filled;
    }

    private static string Segment(
        string segment,
        IReadOnlyDictionary<string, JsonElement>? values,
        HashSet<string> used
    )
    {
        var filled = Placeholder().Replace(segment, match => Value(match.Groups["name"].Value, values, used));
        if (filled.AsSpan().IndexOfAny('{', '}') >= 0)
            throw InvalidInput.At(
                "url",
                $"has a brace without its partner in '{segment}'. Write {{name}}, or %7B and %7D."
            );
        // Dots are not escaped, and a segment of one or two of them climbs the path.
        if (filled is "." or ".." && filled != segment)
            throw InvalidInput.At(
                "path",
                $"makes the segment '{segment}' of url a '{filled}', which names another path."
            );
        return filled;
    }

    private static string Value(string name, IReadOnlyDictionary<string, JsonElement>? values, HashSet<string> used)
    {
        if (values is null || !values.TryGetValue(name, out var value))
            throw InvalidInput.At("path", $"has no value for the placeholder {{{name}}} in url.");
        used.Add(name);
        var text = Scalar.Text(value, $"path.{name}");
        return text.Length > 0
            ? Uri.EscapeDataString(text)
            : throw InvalidInput.At($"path.{name}", "is empty, which makes it another address.");
    }

    private static void Append(StringBuilder text, string query, IReadOnlyDictionary<string, JsonElement>? parameters)
    {
        var mark = '?';
        if (query.Length > 0)
        {
            text.Append(mark).Append(query);
            mark = '&';
        }

        foreach (var (name, value) in NamedValues.Of(parameters, "query"))
        {
            text.Append(mark).Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
            mark = '&';
        }
    }

    [GeneratedRegex("^https?://", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"\{(?<name>[^{}]+)\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
