using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Dapper;
using Integration.Bus;
using Integration.Fixtures;
using Integration.Hosting;
using Integration.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Integration.ProcessCore.Tests;

/// <summary>A whole process core on a free loopback port, with its database and bus chosen by the test.</summary>
internal sealed class Core : IAsyncDisposable
{
    private readonly WebApplication _app;

    private Core(WebApplication app)
    {
        _app = app;
        Http = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };
    }

    public HttpClient Http { get; }

    public IServiceProvider Services => _app.Services;

    public WebApplication App => _app;

    public static Task<Core> StartAsync(string database, IBus? bus = null, params string[] settings) =>
        StartAsync(database, bus, log: null, settings);

    /// <summary>The same, and what it logs is kept.</summary>
    public static Task<Core> StartAsync(string database, IBus? bus, ILoggerProvider? log, params string[] settings) =>
        StartAsync(
            database,
            bus,
            builder =>
            {
                builder.Logging.SetMinimumLevel(log is null ? LogLevel.Warning : LogLevel.Information);
                if (log is not null)
                    builder.Logging.AddProvider(log);
            },
            settings
        );

    /// <summary>The same, with parts replaced.</summary>
    public static async Task<Core> StartAsync(
        string database,
        IBus? bus,
        Action<WebApplicationBuilder> configure,
        params string[] settings
    )
    {
        var storage = database.StartsWith("Host=", StringComparison.Ordinal) ? "PostgreSql" : "Sqlite";
        var app = ProcessCoreService.Create(
            [
                "--urls=http://127.0.0.1:0",
                $"--Storage:Provider={storage}",
                $"--Storage:ConnectionString={database}",
                "--Core:PollInterval=00:00:00.02",
                .. settings,
            ],
            builder =>
            {
                if (bus is not null)
                    builder.Services.AddSingleton(bus);
                configure(builder);
            }
        );
        await app.StartAsync();
        var core = new Core(app);
        var readiness = app.Services.GetRequiredService<Readiness>();
        await Eventually.TrueAsync(() =>
            readiness.Failure is { } failure
                ? throw new InvalidOperationException("The core did not start.", failure)
                : readiness.Started
        );
        return core;
    }

    public async Task<HttpResponseMessage> PostXmlAsync(string xml) =>
        await Http.PostAsync("/definitions", new StringContent(xml, Encoding.UTF8, "application/xml"));

    public async Task DeployAsync(Drawing drawing)
    {
        using var answer = await PostXmlAsync(drawing.Xml);
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
    }

    public async Task<string> BeginAsync(string definition = "order", object? variables = null)
    {
        using var answer = await Http.PostAsJsonAsync("/instances", new { definition, variables });
        if (!answer.IsSuccessStatusCode)
            throw new InvalidOperationException(await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }

    public async Task<JsonElement> ShowAsync(string instance) =>
        await Http.GetFromJsonAsync<JsonElement>($"/instances/{instance}");

    public Task<JsonElement> GetAsync(string path) => Http.GetFromJsonAsync<JsonElement>(path);

    /// <summary>Rows of a table.</summary>
    public async Task<long> CountAsync(string table)
    {
        await using var connection = await Services.GetRequiredService<IDatabase>().OpenAsync(CancellationToken.None);
        return await connection.ExecuteScalarAsync<long>($"select count(*) from {table}");
    }

    public Task ExecuteAsync(string sql) =>
        Services
            .GetRequiredService<IDatabase>()
            .WriteAsync(
                transaction => transaction.Connection!.ExecuteAsync(sql, null, transaction),
                CancellationToken.None
            );

    public async Task<string> StateAsync(string instance) =>
        (await ShowAsync(instance)).GetProperty("state").GetString()!;

    public Task EndedAsync(string instance, string state = "completed") =>
        Eventually.TrueAsync(async () => await StateAsync(instance) == state, what: $"{instance} is {state}");

    public async Task<IReadOnlyList<string>> HistoryAsync(string instance) =>
        [
            .. (await Http.GetFromJsonAsync<JsonElement>($"/instances/{instance}/history"))
                .EnumerateArray()
                .Select(entry => entry.GetProperty("type").GetString()!),
        ];

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
