using Integration.Contracts;
using Integration.ErrorTreatment.Failures;
using Integration.ErrorTreatment.Storing;

namespace Integration.ErrorTreatment.Api;

/// <summary>Reads the query of the list; what it does not understand it names.</summary>
internal static class FilterReader
{
    private static readonly string[] _known = ["state", "category", "operation", "process", "q", "limit", "after"];
    private static readonly string[] _states = [.. FailureStates.Visible.Select(state => state.Name())];
    private static readonly string[] _categories = [.. Enum.GetValues<ErrorCategory>().Select(RoutingKeys.Name)];

    public static (FailureFilter? Filter, IResult? Problem) Read(IQueryCollection query)
    {
        if (query.Keys.FirstOrDefault(key => !_known.Contains(key, StringComparer.Ordinal)) is { } unknown)
            return Wrong(unknown, $"'{unknown}' is no filter. There are: {string.Join(", ", _known)}.");
        if (query.FirstOrDefault(pair => pair.Value.Count > 1).Key is { } twice)
            return Wrong(twice, $"'{twice}' is given more than once; give one value.");

        var filter = new FailureFilter
        {
            State = Value(query, "state"),
            Category = Value(query, "category"),
            Operation = Value(query, "operation"),
            Process = Value(query, "process"),
            Text = Value(query, "q"),
            After = Value(query, "after"),
        };
        if (filter.State is not null && !_states.Contains(filter.State, StringComparer.Ordinal))
            return Wrong("state", $"'{filter.State}' is no state. There are: {string.Join(", ", _states)}.");
        if (filter.Category is not null && !_categories.Contains(filter.Category, StringComparer.Ordinal))
            return Wrong(
                "category",
                $"'{filter.Category}' is no category. There are: {string.Join(", ", _categories)}."
            );
        if (filter.After is not null && !Guid.TryParse(filter.After, out _))
            return Wrong("after", "'after' must be the 'next' of the page before.");
        if (Value(query, "limit") is not { } limit)
            return (filter, null);
        return int.TryParse(limit, out var number) && number is >= 1 and <= FailureFilter.LargestLimit
            ? (filter with { Limit = number }, null)
            : Wrong(
                "limit",
                $"'limit' is '{limit}'; it must be a number from 1 to {FailureFilter.LargestLimit}, e.g. limit=50."
            );
    }

    // U+0000 stands in no stored text, and PostgreSQL refuses it in a parameter.
    private static string? Value(IQueryCollection query, string name) =>
        query[name].ToString() is { Length: > 0 } value ? Storable.Text(value) : null;

    private static (FailureFilter? Filter, IResult? Problem) Wrong(string field, string detail) =>
        (null, Problems.BadField(field, detail));
}
