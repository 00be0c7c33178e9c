using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Integration.Hosting;

/// <summary>
/// Pages of lists, the same in every service: <c>limit</c> says how many, <c>after</c> behind which, and the header
/// <c>Link: &lt;…&gt;; rel="next"</c> (RFC 8288) where the next page is. A list without the header is the last one.
/// </summary>
public static class Paging
{
    /// <summary>Entries of a page when <c>limit</c> is not given.</summary>
    public const int Usual = 100;

    /// <summary>The largest <c>limit</c>.</summary>
    public const int Most = 1000;

    /// <summary>How many entries a page has.</summary>
    public static QueryParameter Limit { get; } =
        QueryParameter.Number("limit", $"How many at most: 1 to {Most}.", Usual, Most);

    /// <summary>Behind which entry the page begins.</summary>
    public static QueryParameter After { get; } =
        QueryParameter.Id(
            "after",
            "The id behind which the page begins: take it from the 'Link' header of the page before.",
            "Use the 'next' of the page before."
        );

    /// <summary>Says in the answer where the next page is.</summary>
    /// <param name="context">Of the request for this page.</param>
    /// <param name="next">What <c>after</c> is to be; null on the last page.</param>
    public static void LinkNext(this HttpContext context, string? next)
    {
        ArgumentNullException.ThrowIfNull(context);
        if (next is null)
            return;
        var query = QueryHelpers
            .ParseQuery(context.Request.QueryString.Value)
            .Where(parameter => parameter.Key is not ("after" or "before"))
            .SelectMany(parameter => parameter.Value, (parameter, value) => KeyValuePair.Create(parameter.Key, value))
            .Append(KeyValuePair.Create("after", (string?)next));
        var path = context.Request.PathBase.Add(context.Request.Path).ToUriComponent();
        context.Response.Headers[HeaderNames.Link] = $"<{path}{QueryString.Create(query)}>; rel=\"next\"";
    }
}
