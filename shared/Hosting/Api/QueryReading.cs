using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace Integration.Hosting;

/// <summary>Reads parameters of queries; what cannot be read is answered with the parameter's name.</summary>
/// <param name="query">Of a route that <see cref="RequestShapes.TakesQuery"/>.</param>
public sealed class QueryReading(IQueryCollection query)
{
    /// <summary>The first thing that is wrong; null when nothing is.</summary>
    public IResult? Problem { get; private set; }

    /// <summary>A text, one of a list, or an id as it is stored; null when it is not given or empty.</summary>
    public string? Text(QueryParameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        if (Given(parameter) is not { } text)
            return null;
        if (parameter.Values is { } known && !known.Contains(text, StringComparer.Ordinal))
            Refuse(parameter, $"There is no such {parameter.Name}. Use one of {string.Join(", ", known)}.");
        if (parameter.IdFrom is not { } from)
            return text;
        if (Guid.TryParseExact(text, "D", out var id))
            return id.ToString("D");
        Refuse(parameter, $"It is no id. {from}");
        return null;
    }

    /// <summary>A whole number from 1.</summary>
    public int Number(QueryParameter parameter)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        var (usual, most) = (parameter.Usual ?? 1, parameter.Most ?? int.MaxValue);
        if (Given(parameter) is not { } text)
            return usual;
        if (
            int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            && number >= 1
            && number <= most
        )
            return number;
        Refuse(parameter, $"It is '{Short(text)}'. Use a number from 1 to {most}.");
        return usual;
    }

    /// <summary>Notes what is wrong with a parameter beside its form.</summary>
    public void Refuse(QueryParameter parameter, string detail)
    {
        ArgumentNullException.ThrowIfNull(parameter);
        Problem ??= ApiProblem.BadField(parameter.Name, detail);
    }

    private string? Given(QueryParameter parameter) =>
        query[parameter.Name].ToString() is { Length: > 0 } text ? text : null;

    private static string Short(string text) => text.Length <= 50 ? text : text[..50] + "…";
}
