using System.Diagnostics;
using Integration.Egress;
using Integration.Errors;
using Integration.Fixtures;
using Integration.Hosting;
using Integration.Rest.Request;
using Integration.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Integration.Rest.Tests;

public sealed class The_service(RestFixture rest) : IClassFixture<RestFixture>
{
    [Fact]
    public async Task Starts_with_its_defaults_and_listens_on_loopback_only()
    {
        using var folder = new TemporaryFolder();
        await using var app = RestService.Create(Arguments(folder));
        await app.StartAsync();
        app.Urls.ShouldHaveSingleItem().ShouldStartWith("http://127.0.0.1:");
        var ready = app.Services.GetRequiredService<Readiness>();
        await Eventually.TrueAsync(() => ready.Started);
        await app.StopAsync();
    }

    [Fact]
    public async Task Tells_a_web_page_nothing()
    {
        using var folder = new TemporaryFolder();
        await using var app = RestService.Create(Arguments(folder));
        await app.StartAsync();
        await GuardedRoutes.RefuseWebPagesAsync(app);
        await app.StopAsync();
    }

    [Theory]
    [InlineData("--Rest:Retries=11", "Rest__Retries must be between 0 and 10.")]
    [InlineData("--Rest:AttemptTimeout=00:00:00", "Rest__AttemptTimeout must be between")]
    [InlineData("--Rest:MaxAnswerBytes=0", "Rest__MaxAnswerBytes must be between")]
    [InlineData("--Rest:AttemptTimeout=00:10:00", "Rest__AttemptTimeout is longer than Rest__MaxTimeout")]
    [InlineData("--Rest:Retries=6", "Rest__Retries is more than Rest__MaxRetries")]
    [InlineData("--Http:ConnectTimeout=00:00:00", "Http__ConnectTimeout: 00:00:00 is not between 0 and 1 hour.")]
    [InlineData("--Egress:TrustedAuthorities=/no/such/file.pem", "Egress__TrustedAuthorities: there is no file")]
    [InlineData("--Egress:Allow=http://x", "Egress__Allow: 'http://x' is no rule.")]
    public async Task Does_not_start_with_a_wrong_setting_and_says_which(string setting, string expected)
    {
        using var folder = new TemporaryFolder();
        await using var app = RestService.Create([.. Arguments(folder), setting]);
        var error = await Should.ThrowAsync<OptionsValidationException>(() => app.StartAsync());
        error.Message.ShouldContain(expected);
    }

    [Fact]
    public async Task Calls_nothing_inside_unless_it_is_configured()
    {
        using var folder = new TemporaryFolder();
        await using var app = RestService.Create(Arguments(folder));
        var connector = app.Services.GetRequiredService<GuardedConnector>();
        var error = await Should.ThrowAsync<AccessErrorException>(() =>
            connector.ConnectAsync("localhost", 80, TimeSpan.FromSeconds(5), default)
        );
        error.Code.ShouldBe("egress-refused");
    }

    [Fact]
    public async Task Carries_the_trace_of_the_task_to_the_target()
    {
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Integration.", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
        };
        ActivitySource.AddActivityListener(listener);
        await using var target = await HttpTarget.AnsweringAsync(200);
        using var activity = new Activity("engine").SetIdFormat(ActivityIdFormat.W3C).Start();
        await rest.CallAsync(new { url = target.Uri });
        target.Requests.ShouldHaveSingleItem().Headers["traceparent"].ShouldContain(activity.TraceId.ToHexString());
    }

    [Theory]
    [InlineData(ActivityTraceFlags.None)]
    [InlineData(ActivityTraceFlags.Recorded)]
    public async Task Carries_the_trace_on_though_it_records_none_itself(ActivityTraceFlags flags)
    {
        await using var target = await HttpTarget.AnsweringAsync(200);
        using var activity = new Activity("engine") { ActivityTraceFlags = flags, TraceStateString = "vendor=1" };
        activity.SetIdFormat(ActivityIdFormat.W3C).Start();
        await rest.CallAsync(new { url = target.Uri });
        var headers = target.Requests.ShouldHaveSingleItem().Headers;
        headers["traceparent"].ShouldContain(activity.TraceId.ToHexString());
        // Another test of this process may record what is not recorded here.
        if (flags == ActivityTraceFlags.Recorded)
            headers["traceparent"].ShouldEndWith("-01");
        headers["tracestate"].ShouldBe("vendor=1");
    }

    [Fact]
    public async Task Exports_one_span_per_call_without_what_the_call_carries()
    {
        const string canary = "canary-93ab417e";
        using var spans = new RecordedSpans();
        await using var target = await HttpTarget.AnsweringAsync(200, $"{{\"secret\":\"{canary}\"}}");
        await using var service = await ServiceHarness.StartAsync(
            builder =>
            {
                builder.AddRest();
                spans.AddTo(builder);
            },
            "--Egress:AllowLoopback=true",
            RecordedSpans.Endpoint
        );
        using var trace = RecordedSpans.Trace();

        var answer = await service.RunAsync(
            "rest.request",
            new
            {
                url = $"{target.Uri}orders?key={canary}",
                query = new { token = canary },
                headers = new { token = canary },
            }
        );

        answer.Completed.ShouldNotBeNull(answer.Error);
        await Eventually.TrueAsync(() => spans.Of(trace).Any(span => span.Kind == ActivityKind.Consumer));
        var call = spans.Of(trace).Where(span => span.Kind == ActivityKind.Client).ShouldHaveSingleItem();
        RecordedSpans.TextOf(call).ShouldContain($"url.full={target.Uri}orders?*");
        target.Requests.ShouldHaveSingleItem().Headers["traceparent"].ShouldContain(call.SpanId.ToHexString());
        spans.Of(trace).ShouldAllBe(span => !RecordedSpans.TextOf(span).Contains(canary));
    }

    [Fact]
    public async Task Uses_one_connection_for_tasks_that_follow_each_other()
    {
        await using var target = await HttpTarget.AnsweringAsync(200, "{}");
        for (var i = 0; i < 5; i++)
            (await rest.CallAsync(new { url = target.Uri })).Completed.ShouldNotBeNull();
        target.Connections.ShouldBe(1);
    }

    [Theory]
    [InlineData("404", 404, 404)]
    [InlineData("4xx", 400, 499)]
    [InlineData("4XX", 400, 499)]
    [InlineData("200-204", 200, 204)]
    public void Reads_statuses_in_every_form(string text, int first, int last)
    {
        StatusRange.TryParse(text, out var range).ShouldBeTrue();
        range.ShouldBe(new StatusRange(first, last));
    }

    [Theory]
    [InlineData("")]
    [InlineData("xx")]
    [InlineData("099")]
    [InlineData("600")]
    [InlineData("6xx")]
    [InlineData("204-200")]
    [InlineData("2xx-3xx")]
    [InlineData("+20")]
    public void Refuses_what_is_no_status(string text) => StatusRange.TryParse(text, out _).ShouldBeFalse();

    private static string[] Arguments(TemporaryFolder folder) =>
        [
            "--urls=http://127.0.0.1:0",
            "--Bus:Transport=InMemory",
            $"--Storage:ConnectionString=Data Source={folder.Combine("rest.db")}",
        ];
}
