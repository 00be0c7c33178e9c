using System.Diagnostics;
using System.Text.Json;
using Integration.Contracts;
using Integration.Rest;
using Integration.Rest.Request;
using Integration.Sdk;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Integration.Benchmarks.Rest;

/// <summary>What the operation adds to a call: guard, limits, retries, classification, reading the answer as JSON.</summary>
internal static class RestBenchmark
{
    public static async Task RunAsync(Settings settings)
    {
        await using var target = await StartTargetAsync();
        var url = new Uri(new Uri(target.Urls.Single()), "/credit");
        await using var service = RestService.Create(
            ["--Bus:Transport=InMemory", "--Egress:AllowLoopback=true", "--urls=http://127.0.0.1:0"],
            builder => builder.Logging.ClearProviders()
        );
        using var direct = new HttpClient();

        var calls = settings.Singles * 4;
        await MeasureAsync(calls, () => DirectAsync(direct, url), () => OperationAsync(service.Services, url));
        var (plain, operation) = await MeasureAsync(
            calls,
            () => DirectAsync(direct, url),
            () => OperationAsync(service.Services, url)
        );

        Console.WriteLine();
        Console.WriteLine("| GET of 200 bytes of JSON | p50 | p99 |");
        Console.WriteLine("|---|---:|---:|");
        Write("HttpClient, answer parsed", plain);
        Write("rest.request", operation);
        Console.WriteLine(
            $"rest.request adds {(Median(operation) - Median(plain)).TotalMicroseconds:F0} µs at the median."
        );
    }

    private static async Task<(TimeSpan[] First, TimeSpan[] Second)> MeasureAsync(
        int calls,
        Func<Task> first,
        Func<Task> second
    )
    {
        var (a, b) = (new TimeSpan[calls], new TimeSpan[calls]);
        for (var i = 0; i < calls; i++)
        {
            a[i] = await TimeAsync(first);
            b[i] = await TimeAsync(second);
        }

        Array.Sort(a);
        Array.Sort(b);
        return (a, b);
    }

    private static async Task<TimeSpan> TimeAsync(Func<Task> call)
    {
        var started = Stopwatch.GetTimestamp();
        await call();
        return Stopwatch.GetElapsedTime(started);
    }

    private static async Task DirectAsync(HttpClient client, Uri url)
    {
        using var answer = await client.GetAsync(url);
        using var body = await JsonDocument.ParseAsync(await answer.Content.ReadAsStreamAsync());
    }

    private static async Task OperationAsync(IServiceProvider services, Uri url)
    {
        var operation = ActivatorUtilities.CreateInstance<RequestOperation>(services);
        var input = new RequestOperation.Input(url.ToString());
        var task = new TaskContext
        {
            Request = new TaskRequested("bench", "rest.request", 1, "bench", default),
            Effect = Effect.Read,
            Logger = NullLogger.Instance,
            Time = TimeProvider.System,
        };
        await operation.ExecuteAsync(input, task, CancellationToken.None);
    }

    private static async Task<WebApplication> StartTargetAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseSetting("urls", "http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        var app = builder.Build();
        var body = JsonSerializer.Serialize(
            new
            {
                customer = "Ada Lovelace",
                score = 812,
                bureau = "Example",
                remarks = new string('x', 120),
            }
        );
        app.MapGet(
            "/credit",
            (RequestDelegate)(
                context =>
                {
                    context.Response.ContentType = "application/json";
                    return context.Response.WriteAsync(body);
                }
            )
        );
        await app.StartAsync();
        return app;
    }

    private static TimeSpan Median(TimeSpan[] sorted) => sorted[sorted.Length / 2];

    private static void Write(string name, TimeSpan[] sorted) =>
        Console.WriteLine(
            $"| {name} | {Median(sorted).TotalMicroseconds:F0} µs | {sorted[(int)(sorted.Length * 0.99)].TotalMicroseconds:F0} µs |"
        );
}
