using Microsoft.AspNetCore.Http;

namespace Integration.Hosting;

/// <summary>
/// Refuses web pages. A browser sends what any page says to a service on this machine, with the rights of its user; it
/// only adds where the page is from. Programs send neither <c>Origin</c> nor <c>Sec-Fetch-Site</c>.
/// </summary>
internal sealed class CallerCheck(KnownHosts hosts, Microsoft.Extensions.Options.IOptions<ApiOptions> options)
{
    private readonly HashSet<string?> _origins = [.. options.Value.OriginList.Select(WebOrigin.Of)];

    /// <summary>Why the caller is not answered; null when it is.</summary>
    /// <param name="request">The request.</param>
    /// <param name="isHealth">Whether it is a probe: those call an address that is in no setting, and learn nothing that matters.</param>
    public IResult? Refusal(HttpRequest request, bool isHealth)
    {
        if (!isHealth && !hosts.Knows(request.Host))
            return ApiProblem.Field(
                StatusCodes.Status421MisdirectedRequest,
                "Host",
                $"This service is not known as '{request.Host.Host}'. Call it by localhost or 127.0.0.1, or add the name to the "
                    + "setting Api__Hosts."
            );
        return IsFromHere(request)
            ? null
            : ApiProblem.Of(
                StatusCodes.Status403Forbidden,
                "The request comes from a web page of another origin.",
                "Call this API from a program, or type the address into the browser. If a proxy of yours serves the page and this "
                    + "API under one name, add its origin to the setting Api__Origins."
            );
    }

    private bool IsFromHere(HttpRequest request)
    {
        var isOwn = true;
        if (request.Headers.TryGetValue("Origin", out var origins))
        {
            // "null" is a sandboxed page or a file; anyone can make either.
            var origin = origins.Count == 1 ? WebOrigin.Of(origins[0]) : null;
            if (origin is null)
                return false;
            if (_origins.Contains(origin))
                return true;
            isOwn = origin == WebOrigin.Of($"{request.Scheme}://{request.Host}");
        }

        if (!isOwn || !request.Headers.TryGetValue("Sec-Fetch-Site", out var sites))
            return isOwn;
        // "none" is the address bar, a bookmark, an extension: good for looking, and for nothing else.
        return sites.Count == 1
            && (
                sites[0] == "same-origin"
                || (sites[0] == "none" && (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)))
            );
    }
}
