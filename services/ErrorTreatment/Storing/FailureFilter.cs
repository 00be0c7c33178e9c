using Integration.Hosting;

namespace Integration.ErrorTreatment.Storing;

/// <summary>Which failures to list.</summary>
internal sealed record FailureFilter
{
    public string? State { get; init; }
    public string? Category { get; init; }
    public string? Operation { get; init; }
    public string? Process { get; init; }

    /// <summary>Text that occurs anywhere in ids, names or the error's message.</summary>
    public string? Text { get; init; }

    /// <summary>The last one of the page before.</summary>
    public string? After { get; init; }

    /// <summary>How many at most.</summary>
    public int Limit { get; init; } = Paging.Usual;
}
