using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Integration.Hosting;

/// <summary>Reads parameters of queries; what cannot be read is answered with the parameter's name.</summary>
/// <param name="query">Of a route that <see cref="RequestShapes.TakesQuery"/>.</param>
public sealed class QueryReading(IQueryCollection query)
{
    /// <summary>The first thing that is wrong; null when nothing is.</summary>
    public IResult? Problem { get; private set; }

    /// <summary>A text; null when it is not given or empty.</summary>
    public string? Text(string name) => query[name].ToString() is { Length: > 0 } text ? text : null;

    /// <summary>One of a list.</summary>
    public string? OneOf(string name, IReadOnlyList<string> known)
    {
        var text = Text(name);
        if (text is not null && !known.Contains(text, StringComparer.Ordinal))
            Problem ??= ApiProblem.BadField(name, $"There is no such {name}. Use one of {string.Join(", ", known)}.");
        return text;
    }

    /// <summary>A whole number from 1 to <paramref name="most"/>.</summary>
    public int Limit(string name, int usual, int most)
    {
        if (Text(name) is not { } text)
            return usual;
        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1
            && number <= most
        )
            return number;
        Problem ??= ApiProblem.BadField(name, $"It is '{Short(text)}'. Use a number from 1 to {most}.");
        return usual;
    }

    /// <summary>An id that was made here (a UUID), as it is stored.</summary>
    /// <param name="name">Of the parameter.</param>
    /// <param name="fix">Where to take it from.</param>
    public string? Id(string name, string fix)
    {
        if (Text(name) is not { } text)
            return null;
        if (Guid.TryParseExact(text, "D", out var id))
            return id.ToString("D");
        Problem ??= ApiProblem.BadField(name, $"It is no id. {fix}");
        return null;
    }

    private static string Short(string text) => text.Length <= 50 ? text : text[..50] + "…";
}
