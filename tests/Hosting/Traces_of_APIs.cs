using System.Diagnostics;
using Integration.Fixtures;

namespace Integration.Hosting.Tests;

/// <summary>What is exported of requests to and from a service, and what its log says of the trace that they belong to.</summary>
public sealed class Traces_of_APIs
{
    private const string Canary = "canary-5d0b9e71";

    [Fact]
    public async Task A_request_is_one_span_at_each_end_and_tells_neither_query_nor_credentials()
    {
        using var spans = new RecordedSpans();
        await using var api = await TestApi.StartAsync(spans.AddTo, RecordedSpans.Endpoint);
        using var trace = RecordedSpans.Trace();
        var address = new UriBuilder(new Uri(api.Http.BaseAddress!, "/things"))
        {
            UserName = "ada",
            Password = Canary,
            Query = $"after={Canary}",
        };

        using var answer = await api.Http.GetAsync(address.Uri, TestContext.Current.CancellationToken);

        await Eventually.TrueAsync(() => spans.Of(trace).Count >= 2);
        var client = spans.Of(trace).Single(span => span.Kind == ActivityKind.Client);
        var server = spans.Of(trace).Single(span => span.Kind == ActivityKind.Server);
        server.ParentSpanId.ShouldBe(client.SpanId);
        server.DisplayName.ShouldBe("GET /things");
        RecordedSpans.TextOf(client).ShouldContain("url.full=http://127.0.0.1");
        spans.Of(trace).ShouldAllBe(span => !RecordedSpans.TextOf(span).Contains(Canary));
    }

    [Fact]
    public async Task Probes_have_no_spans()
    {
        using var spans = new RecordedSpans();
        await using var api = await TestApi.StartAsync(spans.AddTo, RecordedSpans.Endpoint);
        using var trace = RecordedSpans.Trace();

        (await api.GetAsync(path: Health.Live)).EnsureSuccessStatusCode();
        (await api.GetAsync(path: Health.Ready)).EnsureSuccessStatusCode();
        await api.GetAsync();

        await Eventually.TrueAsync(() => Served().Length > 0);
        Served().ShouldBe(["GET /things"]);

        string[] Served() =>
            [.. spans.Of(trace).Where(span => span.Kind == ActivityKind.Server).Select(span => span.DisplayName)];
    }

    [Theory]
    [InlineData("simple", "TraceId:")]
    [InlineData("json", "\"TraceId\":\"")]
    public async Task The_log_names_the_trace_though_none_is_recorded(string format, string expected)
    {
        await using var service = ServiceProcess.Launch(
            "Rest",
            new Dictionary<string, string>
            {
                ["Bus__Transport"] = "InMemory",
                ["Logging__Console__FormatterName"] = format,
            },
            port: null,
            "--Logging:LogLevel:Microsoft.AspNetCore.Hosting.Diagnostics=Information"
        );
        await service.ReadyAsync();
        using var http = new HttpClient { BaseAddress = service.Url };
        using var trace = RecordedSpans.Trace();

        using var answer = await http.GetAsync(
            new Uri(Health.Live, UriKind.Relative),
            TestContext.Current.CancellationToken
        );

        await Eventually.TrueAsync(() => service.Log.Contains($"{expected}{trace.TraceId}", StringComparison.Ordinal));
    }
}
