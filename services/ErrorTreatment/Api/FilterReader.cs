using Integration.Contracts;
using Integration.ErrorTreatment.Failures;
using Integration.ErrorTreatment.Storing;
using Integration.Hosting;

namespace Integration.ErrorTreatment.Api;

/// <summary>Reads the query of the list.</summary>
internal static class FilterReader
{
    /// <summary>The parameters there are.</summary>
    public static readonly string[] Known = ["state", "category", "operation", "process", "q", "limit", "after"];

    private static readonly string[] _states = [.. FailureStates.Visible.Select(state => state.Name())];
    private static readonly string[] _categories = [.. Enum.GetValues<ErrorCategory>().Select(RoutingKeys.Name)];

    public static (FailureFilter? Filter, IResult? Problem) Read(IQueryCollection parameters)
    {
        var query = new QueryReading(parameters);
        var filter = new FailureFilter
        {
            State = query.OneOf("state", _states),
            Category = query.OneOf("category", _categories),
            Operation = query.Text("operation"),
            Process = query.Text("process"),
            Text = query.Text("q"),
            After = query.Id("after", "Use the 'next' of the page before."),
        };
        filter = filter with { Limit = query.Limit("limit", filter.Limit, FailureFilter.LargestLimit) };
        return query.Problem is { } problem ? (null, problem) : (filter, null);
    }
}
