using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;

namespace Integration.Fixtures;

/// <summary>What has to hold for every route of every service: read from the application, so that a new one is not forgotten.</summary>
public static partial class GuardedRoutes
{
    /// <summary>Method and path of each route, its parameters filled in.</summary>
    public static IReadOnlyList<(string Method, string Path)> Of(IServiceProvider services) =>
        [
            .. from source in services.GetServices<EndpointDataSource>()
            from endpoint in source.Endpoints.OfType<RouteEndpoint>()
            from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
            select (method, Filled(endpoint.RoutePattern.RawText!)),
        ];

    /// <summary>A pattern as a path, with 1 for each parameter.</summary>
    public static string Filled(string pattern) => Parameter().Replace(pattern, "1").TrimEnd('/');

    /// <summary>A started application refuses everything that a web page may send, on all its routes.</summary>
    public static Task RefuseWebPagesAsync(WebApplication app) =>
        RefuseWebPagesAsync(app.Services, new Uri(app.Urls.First()));

    /// <summary>The same, by services and address.</summary>
    public static async Task RefuseWebPagesAsync(IServiceProvider services, Uri address)
    {
        var routes = Of(services);
        routes.ShouldNotBeEmpty();
        using var client = new HttpClient { BaseAddress = address };
        foreach (var (method, plain) in routes)
        {
            await RefusedAsync(HttpStatusCode.Forbidden, ("Origin", "http://evil.example"));
            await RefusedAsync(HttpStatusCode.Forbidden, ("Origin", "null"));
            await RefusedAsync(HttpStatusCode.Forbidden, ("Origin", $"http://127.0.0.1:{address.Port + 1}"));
            await RefusedAsync(HttpStatusCode.Forbidden, ("Origin", $"https://127.0.0.1:{address.Port}"));
            await RefusedAsync(HttpStatusCode.Forbidden, ("Origin", $"http://localhost:{address.Port}"));
            await RefusedAsync(HttpStatusCode.Forbidden, ("Sec-Fetch-Site", "cross-site"));
            await RefusedAsync(HttpStatusCode.Forbidden, ("Sec-Fetch-Site", "same-site"));
            await RefusedAsync(HttpStatusCode.Forbidden, ("Sec-Fetch-Site", "of-tomorrow"));
            if (method != "GET")
                await RefusedAsync(HttpStatusCode.Forbidden, ("Sec-Fetch-Site", "none"));
            if (plain.StartsWith("/health", StringComparison.Ordinal))
                continue;
            await RefusedAsync(HttpStatusCode.MisdirectedRequest, ("Host", "rebound.example"));
            await RefusedAsync(
                HttpStatusCode.MisdirectedRequest,
                ("Host", $"127.0.0.1.rebound.example:{address.Port}")
            );
            await RefusedAsync(HttpStatusCode.BadRequest, path: $"{plain}?unheardOf=1", field: "unheardOf");

            async Task RefusedAsync(
                HttpStatusCode status,
                (string Name, string Value)? header = null,
                string? field = null,
                string? path = null
            )
            {
                using var request = new HttpRequestMessage(new HttpMethod(method), path ?? plain);
                if (method != "GET")
                    request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
                if (header is var (name, value))
                    request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue();
                using var answer = await client.SendAsync(request);
                var text = await answer.Content.ReadAsStringAsync();
                var what = $"{method} {path ?? plain} with {header}: {text}";
                answer.StatusCode.ShouldBe(status, what);
                answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json", what);
                var problem = JsonElement.Parse(text);
                problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty(what);
                if (field is not null)
                    problem.GetProperty("field").GetString().ShouldBe(field, what);
            }
        }
    }

    [GeneratedRegex(@"\{[^}]*\}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Parameter();
}
