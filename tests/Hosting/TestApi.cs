using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Integration.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integration.Hosting.Tests;

/// <summary>A service with a route for each role, one for nobody, and one that says who calls.</summary>
internal sealed class TestApi : IAsyncDisposable
{
    private readonly TemporaryFolder _folder;

    private TestApi(WebApplication app, TemporaryFolder folder)
    {
        App = app;
        _folder = folder;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public WebApplication App { get; }

    public HttpClient Http { get; }

    /// <summary>The setting by which another process finds its database.</summary>
    public string Database => Arguments(_folder)[2];

    public TokenStore Tokens => App.Services.GetRequiredService<TokenStore>();

    /// <summary>Builds it; with a database of its own when the settings name none.</summary>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = IntegrationHost.CreateBuilder(args, new ServiceDescription("test-api"));
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        configure?.Invoke(builder);
        var app = builder.BuildWithHealth();
        app.MapGet("/things", (HttpContext context) => Caller.Of(context)).For(ApiRole.Viewer);
        app.MapPost("/things", () => "made").For(ApiRole.Operator).TakesJson(limit: 100);
        app.MapDelete("/things", () => "gone").For(ApiRole.Administrator);
        app.MapGet("/forgotten", () => "a route whose author said nothing");
        return app;
    }

    public static Task<TestApi> StartAsync(params string[] settings) => StartAsync(configure: null, settings);

    public static async Task<TestApi> StartAsync(Action<WebApplicationBuilder>? configure, params string[] settings)
    {
        var folder = new TemporaryFolder("api");
        var app = Create([.. Arguments(folder), .. settings], configure);
        await app.StartAsync();
        await app.Services.GetRequiredService<Readiness>().WaitAsync(TestContext.Current.CancellationToken);
        return new TestApi(app, folder);
    }

    public static string[] Arguments(TemporaryFolder folder) =>
        [
            "--urls=http://127.0.0.1:0",
            "--Bus:Transport=InMemory",
            $"--Storage:ConnectionString=Data Source={folder.Combine("api.db")}",
        ];

    /// <summary>Makes a token as the command does; returns it.</summary>
    public async Task<string> NewTokenAsync(string name, ApiRole role, DateTimeOffset? expires = null)
    {
        var token = ApiTokenText.Create();
        (await Tokens.AddAsync(name, ApiTokenText.Hash(token), role, expires, CancellationToken.None)).ShouldBeTrue();
        return token;
    }

    public Task<HttpResponseMessage> GetAsync(string? token = null, string path = "/things") =>
        SendAsync(HttpMethod.Get, path, token);

    public async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? token = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (method != HttpMethod.Get)
            request.Content = new StringContent("{}", Encoding.UTF8, "application/json");
        if (method == HttpMethod.Delete)
            request.Content = null;
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return await Http.SendAsync(request, TestContext.Current.CancellationToken);
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        _folder.Dispose();
    }
}

/// <summary>Reading of answers that refuse.</summary>
internal static class ProblemReading
{
    public static async Task<JsonElement> ProblemAsync(this HttpResponseMessage answer, HttpStatusCode status)
    {
        var text = await answer.Content.ReadAsStringAsync();
        answer.StatusCode.ShouldBe(status, text);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json", text);
        var problem = JsonElement.Parse(text);
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
        return problem;
    }
}
