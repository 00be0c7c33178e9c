using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Integration.Fixtures;
using Integration.Standalone.Running;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.Hosting.Tests;

/// <summary>A route of a service.</summary>
internal sealed record Route(string Method, string Pattern, string Path, ApiRole? Role, bool IsHealth)
{
    public void Deconstruct(out string method, out string path, out ApiRole? role, out bool isHealth) =>
        (method, path, role, isHealth) = (Method, Path, Role, IsHealth);
}

/// <summary>A service with a token for each role.</summary>
internal sealed class RunningService : IAsyncDisposable
{
    /// <summary>Their folders.</summary>
    public static IReadOnlyList<string> All { get; } = [.. ServiceList.All.Select(service => service.Folder)];

    private readonly TemporaryFolder _folder;
    private readonly WebApplication _app;
    private readonly HttpClient _http;
    private readonly Dictionary<ApiRole, string> _tokens;

    private RunningService(TemporaryFolder folder, WebApplication app, Dictionary<ApiRole, string> tokens)
    {
        _folder = folder;
        _app = app;
        _tokens = tokens;
        _http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
        Routes =
        [
            .. from endpoint in app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            from method in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
            select new Route(
                method,
                endpoint.RoutePattern.RawText!,
                GuardedRoutes.Filled(endpoint.RoutePattern.RawText!),
                endpoint.Metadata.GetMetadata<RouteRole>()?.Role,
                endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null
            ),
        ];
    }

    public IReadOnlyList<Route> Routes { get; }

    public static async Task<RunningService> StartAsync(string service)
    {
        var folder = new TemporaryFolder("routes");
        var tokens = Enum.GetValues<ApiRole>().ToDictionary(role => role, _ => ApiTokenText.Create());
        var app = ServiceList
            .All.Single(one => one.Folder == service)
            .Create(
                [
                    .. TestApi.Arguments(folder),
                    "--Logging:LogLevel:Default=Error",
                    .. tokens.SelectMany(token =>
                        new[]
                        {
                            $"--Api:Tokens:{token.Key.Name()}:Hash={ApiTokenText.Hash(token.Value)}",
                            $"--Api:Tokens:{token.Key.Name()}:Role={token.Key.Name()}",
                        }
                    ),
                ],
                null
            );
        await app.StartAsync();
        await app.Services.GetRequiredService<Readiness>().WaitAsync(TestContext.Current.CancellationToken);
        return new RunningService(folder, app, tokens);
    }

    public async Task<HttpStatusCode> CallAsync(string method, string path, ApiRole? caller)
    {
        using var request = Request(method, path, caller);
        if (method is not "GET")
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        using var answer = await _http.SendAsync(request);
        return answer.StatusCode;
    }

    public async Task<string> DescriptionAsync()
    {
        using var request = Request("GET", ApiDescription.Route, ApiRole.Viewer);
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, text);
        return text;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _folder.Dispose();
    }

    private HttpRequestMessage Request(string method, string path, ApiRole? caller) =>
        new(new HttpMethod(method), path)
        {
            Headers =
            {
                Authorization = caller is { } role ? new AuthenticationHeaderValue("Bearer", _tokens[role]) : null,
            },
        };
}
