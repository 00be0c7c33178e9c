using System.Web;
using Refit;

namespace Integration.Clients;

/// <summary>Pages of lists.</summary>
public static class Pages
{
    /// <summary>What <c>after</c> is to be for the next page, by the header <c>Link</c>; null when this is the last one.</summary>
    /// <exception cref="ApiException">The answer is no success.</exception>
    public static string? Next<T>(this ApiResponse<T> page)
    {
        ArgumentNullException.ThrowIfNull(page);
        if (page.Error is { } error)
            throw error;
        if (!page.Headers!.TryGetValues("Link", out var links))
            return null;
        var link = links.FirstOrDefault(one => one.Contains("rel=\"next\"", StringComparison.Ordinal));
        var query = link?.Split('?', '>') is [_, var parameters, ..] ? parameters : "";
        return HttpUtility.ParseQueryString(query)["after"];
    }
}
