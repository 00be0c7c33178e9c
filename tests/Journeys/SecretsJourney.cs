using System.Text;
using System.Web;
using Microsoft.AspNetCore.Http;

namespace Integration.Journeys.Tests;

/// <summary>A secret reaches the target that it is for, and nothing else: every byte that leaves the services is searched.</summary>
public sealed class SecretsJourney(Broker broker)
{
    private const string Canary = "canary/\"7+f3\"-Unsafe&value";

    private static readonly string[] _forms =
    [
        "canary/",
        "canary%2F",
        Convert.ToBase64String(Encoding.UTF8.GetBytes(Canary))[..16],
    ];

    [Fact]
    public async Task Whatever_fails_a_secret_is_seen_by_its_target_only()
    {
        await using var collector = await Collector.StartAsync();
        await using var target = await HttpTarget.StartAsync(AnswerAsync);
        await using var breaking = TcpTarget.Start(async conversation =>
        {
            await conversation.ReadRequestAsync();
            conversation.Reset();
        });
        await using var system = new Deployment(broker.TakeVirtualHost());
        foreach (var (name, value) in collector.Settings)
            system.Settings[name] = value;
        await Task.WhenAll(
            system.StartAsync("ErrorTreatment"),
            system.StartAsync(
                "Rest",
                ("Secrets__CRM__Value", Canary),
                ("Secrets__CRM__Hosts", "127.0.0.1"),
                ("Secrets__CRM__Inputs", "query.token,headers.token"),
                ("Logging__LogLevel__Default", "Trace")
            )
        );
        await using var engine = await Wire.ConnectAsync(system.Broker);
        var results = await engine.ReceiveAsync("integration.my-engine", "integration.results", "my-engine.#");
        var errors = await engine.ListenAsync("integration.errors", "#");
        var control = await engine.ListenAsync("integration.control", "#");
        object query = new { token = "{{secrets.CRM}}" };

        await SendAsync("echo", new { url = target.Uri, query });
        await SendAsync("rejected", new { url = $"{target.Uri}reject", query });
        await SendAsync("refused", new { url = $"{target.Uri}refuse", query });
        await SendAsync("failed", new { url = $"{target.Uri}fail", query });
        await SendAsync("broken", new { url = $"{target.Uri}broken", query });
        await SendAsync("reset", new { url = breaking.Uri, query });
        await SendAsync("elsewhere", new { url = $"http://localhost:{target.Uri.Port}/", query });
        await SendAsync("unheard", new { url = target.Uri, query = new { token = "{{secrets.OTHER}}" } });
        await SendAsync("in the address", new { url = $"{target.Uri}{{{{secrets.CRM}}}}" });
        await SendAsync("header", new { url = target.Uri, headers = new { token = "{{secrets.CRM}}" } });

        // What error treatment says of its retries comes in between.
        await Eventually.TrueAsync(
            () => results.Count >= 3 && results.Count(IsMasked) >= 2 && errors.Count >= 7,
            Api.Patience
        );
        CodesOf(errors)
            .ShouldBe([
                "broken malformed-answer",
                "elsewhere secret-not-for-host",
                "failed server-error",
                "in the address invalid-input",
                "refused unauthorised",
                "reset connection-lost",
                "unheard secret-unknown",
            ]);
        await Eventually.TrueAsync(() => collector.Everything.Count >= 4, Api.Patience);
        await Eventually.TrueAsync(() => system.Logs.Any(log => log.Contains("Task reset")), Api.Patience);

        target.Requests.ShouldAllBe(request =>
            HttpUtility.UrlDecode(request.Target).Contains(Canary) || request.Headers["token"] == Canary
        );
        results.Count(IsMasked).ShouldBe(2, "echoed by the target");
        foreach (var form in _forms)
        {
            var bytes = Encoding.UTF8.GetBytes(form);
            foreach (var said in results.Concat(errors).Concat(control))
                $"{said.Body}".ShouldNotContain(form);
            foreach (var log in system.Logs)
                log.ShouldNotContain(form);
            system.Files.Count(file => file.AsSpan().IndexOf(bytes) >= 0).ShouldBe(0, form);
            collector.Everything.Count(export => export.AsSpan().IndexOf(bytes) >= 0).ShouldBe(0, form);
        }

        Task SendAsync(string id, object inputs) =>
            engine.PublishAsync(
                "integration.tasks",
                "rest.request.v1",
                "task.requested",
                new
                {
                    taskId = id,
                    operation = "rest.request",
                    version = 1,
                    replyTo = "my-engine",
                    inputs = id == "rejected"
                        ? new
                        {
                            url = $"{target.Uri}reject",
                            query,
                            errors = new[] { new { code = "NO", status = 409 } },
                        }
                        : inputs,
                }
            );
    }

    private static IEnumerable<string> CodesOf(IEnumerable<WireEvent> errors) =>
        errors
            .Where(error => error.Type == "task.errored" && error.Body.GetProperty("attempt").GetInt32() == 1)
            .Select(error =>
                $"{error.Body.GetProperty("taskId").GetString()} {error.Body.GetProperty("error").GetProperty("code").GetString()}"
            )
            .Order(StringComparer.Ordinal);

    // What error treatment says of failures stands among the results, and may quote an echo as well.
    private static bool IsMasked(WireEvent result) =>
        result.Type is "task.completed" or "task.rejected"
        && $"{result.Body}".Contains("***", StringComparison.Ordinal);

    /// <summary>A target that tells everything it was told.</summary>
    private static Task AnswerAsync(HttpContext context)
    {
        var token = context.Request.Query["token"].ToString();
        var raw = context.Request.QueryString.Value!;
        context.Response.StatusCode = context.Request.Path.Value switch
        {
            "/reject" => 409,
            "/refuse" => 401,
            "/fail" => 500,
            _ => 200,
        };
        context.Response.Headers["X-Echo"] = raw;
        if (context.Request.Path != "/broken")
            return context.Response.WriteAsJsonAsync(new { token, raw });
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync($"{{{token} {raw}");
    }
}
