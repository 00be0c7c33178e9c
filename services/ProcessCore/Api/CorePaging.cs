using Integration.Hosting;

namespace Integration.ProcessCore.Api;

/// <summary>The word that pages of this API had before all services had the same.</summary>
internal static class CorePaging
{
    private const string Way = "Use the last id of the page before.";

    /// <summary>Means <c>after</c>.</summary>
    public static QueryParameter Before { get; } =
        QueryParameter.Id("before", "The older word for 'after'; give only one of them.", Way);

    /// <summary>Behind which instance the page begins, by either word.</summary>
    public static string? Read(QueryReading query)
    {
        var (after, before) = (query.Text(Paging.After), query.Text(Before));
        if (after is not null && before is not null)
            query.Refuse(Before, "It means the same as 'after', which is given, too. Leave it out.");
        return after ?? before;
    }
}
