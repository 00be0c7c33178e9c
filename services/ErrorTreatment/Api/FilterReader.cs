using Integration.Contracts;
using Integration.ErrorTreatment.Failures;
using Integration.ErrorTreatment.Storing;
using Integration.Hosting;

namespace Integration.ErrorTreatment.Api;

/// <summary>Reads the query of the list.</summary>
internal static class FilterReader
{
    /// <summary>The parameters there are.</summary>
    public static QueryParameter[] Known =>
        [_state, _category, _operation, _process, _text, Paging.Limit, Paging.After];

    private static readonly QueryParameter _state = QueryParameter.OneOf(
        "state",
        "Only those in this state.",
        [.. FailureStates.Visible.Select(state => state.Name())]
    );

    private static readonly QueryParameter _category = QueryParameter.OneOf(
        "category",
        "Only those whose last error is of this category.",
        [.. Enum.GetValues<ErrorCategory>().Select(RoutingKeys.Name)]
    );

    private static readonly QueryParameter _operation = QueryParameter.Text(
        "operation",
        "Only those of this operation, e.g. rest.request."
    );

    private static readonly QueryParameter _process = QueryParameter.Text(
        "process",
        "Only those of the process with this id."
    );

    private static readonly QueryParameter _text = QueryParameter.Text(
        "q",
        "A text in ids, names, engine, target or message, in upper or lower case."
    );

    public static (FailureFilter? Filter, IResult? Problem) Read(IQueryCollection parameters)
    {
        var query = new QueryReading(parameters);
        var filter = new FailureFilter
        {
            State = query.Text(_state),
            Category = query.Text(_category),
            Operation = query.Text(_operation),
            Process = query.Text(_process),
            Text = query.Text(_text),
            After = query.Text(Paging.After),
            Limit = query.Number(Paging.Limit),
        };
        return query.Problem is { } problem ? (null, problem) : (filter, null);
    }
}
