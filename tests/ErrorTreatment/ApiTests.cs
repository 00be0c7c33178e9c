using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Integration.Contracts;
using Integration.Fixtures;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.ErrorTreatment.Tests;

public sealed class ApiTests : IAsyncLifetime
{
    private const string Token = "intk_of-this-test";

    private RunningTreatment _treatment = null!;

    public async ValueTask InitializeAsync() => _treatment = await RunningTreatment.StartAsync();

    public ValueTask DisposeAsync() => _treatment.DisposeAsync();

    [Fact]
    public void Its_routes_are_known()
    {
        var routes = _treatment
            .App.Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Select(route =>
                $"{string.Join(",", route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["*"])} {route.RoutePattern.RawText}"
            )
            .Order(StringComparer.Ordinal);

        Snapshot.Match(string.Join('\n', routes), "tests/ErrorTreatment/Routes.txt", "tests/ErrorTreatment");
    }

    [Fact]
    public void It_listens_on_loopback_only() => new Uri(_treatment.App.Urls.Single()).IsLoopback.ShouldBeTrue();

    [Fact]
    public async Task The_list_is_newest_first_in_pages_and_counts_states()
    {
        foreach (var id in (string[])["page-1", "page-2", "page-3"])
            await _treatment.ParkAsync(id);

        var first = await _treatment.ListAsync("limit=2&state=parked");
        TaskIds(first).ShouldBe(["page-3", "page-2"]);
        first.GetProperty("counts").GetProperty("parked").GetInt64().ShouldBe(3);
        first.GetProperty("counts").GetProperty("resolved").GetInt64().ShouldBe(0);

        var second = await _treatment.ListAsync($"limit=2&state=parked&after={first.GetProperty("next").GetString()}");
        TaskIds(second).ShouldBe(["page-1"]);
        second.TryGetProperty("next", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task A_page_links_to_the_next_one_and_the_last_does_not()
    {
        foreach (var id in (string[])["link-1", "link-2", "link-3"])
            await _treatment.ParkAsync(id);

        using var first = await _treatment.Client.GetAsync("/failures?state=parked&limit=2");
        var link = first.Headers.GetValues("Link").ShouldHaveSingleItem();
        link.ShouldEndWith(">; rel=\"next\"");
        using var second = await _treatment.Client.GetAsync(link[1..link.IndexOf('>', StringComparison.Ordinal)]);

        TaskIds(await second.Content.ReadFromJsonAsync<JsonElement>()).ShouldBe(["link-1"]);
        second.Headers.Contains("Link").ShouldBeFalse();
    }

    [Fact]
    public async Task Its_description_is_the_one_that_was_accepted() =>
        await ApiDescriptions.MatchAsync(
            _treatment.Client,
            "tests/ErrorTreatment/openapi.json",
            "tests/ErrorTreatment"
        );

    [Fact]
    public async Task History_names_the_verified_operator_and_keeps_their_own_word_beside_it()
    {
        // SHA-256 of the token that is sent below.
        await using var treatment = await RunningTreatment.StartAsync([
            $"--Api:Tokens:anna.l:Hash={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Token)))}",
            "--Api:Tokens:anna.l:Role=operator",
        ]);
        treatment.Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Token);
        var spoken = await treatment.ParkAsync("spoken");
        var silent = await treatment.ParkAsync("silent");

        await treatment.Client.PostAsJsonAsync($"/failures/{spoken}/retry", new { by = "the boss" });
        await treatment.Client.PostAsJsonAsync($"/failures/{silent}/give-up", new { reason = "Done by hand." });

        var claimed = (await treatment.ShowAsync(spoken)).GetProperty("history")[1];
        claimed.GetProperty("by").GetString().ShouldBe("anna.l");
        claimed.GetProperty("verified").GetBoolean().ShouldBeTrue();
        claimed.GetProperty("claimedBy").GetString().ShouldBe("the boss");
        var unclaimed = (await treatment.ShowAsync(silent)).GetProperty("history")[1];
        unclaimed.GetProperty("by").GetString().ShouldBe("anna.l");
        unclaimed.TryGetProperty("claimedBy", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task What_an_operator_says_of_themselves_is_marked_as_not_verified()
    {
        var id = await _treatment.ParkAsync("unverified");

        await _treatment.Client.PostAsJsonAsync($"/failures/{id}/retry", new { by = "anna" });

        var history = (await _treatment.ShowAsync(id)).GetProperty("history");
        history[0].TryGetProperty("by", out _).ShouldBeFalse();
        history[0].TryGetProperty("verified", out _).ShouldBeFalse();
        history[1].GetProperty("by").GetString().ShouldBe("anna");
        history[1].GetProperty("verified").GetBoolean().ShouldBeFalse();
        history[1].TryGetProperty("claimedBy", out _).ShouldBeFalse();
    }

    [Theory]
    [InlineData("category=access", true)]
    [InlineData("category=data", false)]
    [InlineData("operation=rest.request", true)]
    [InlineData("operation=rest", false)]
    [InlineData("process=orders", true)]
    [InlineData("process=other", false)]
    [InlineData("q=ORDER-17", true)]
    [InlineData("q=partner.example", true)]
    [InlineData("q=%25", false)]
    [InlineData("q=order_17", false)]
    [InlineData("q=%27%3B--", false)]
    public async Task The_list_can_be_filtered(string query, bool found)
    {
        await _treatment.ParkAsync("filtered");

        (await _treatment.ListAsync(query)).GetProperty("failures").GetArrayLength().ShouldBe(found ? 1 : 0);
    }

    [Theory]
    [InlineData("state=broken", "state", "retrying, sent, parked, resolved, given-up, cancelled")]
    [InlineData("category=broken", "category", "connectivity")]
    [InlineData("limit=0", "limit", "1 to 1000")]
    [InlineData("limit=1001", "limit", "1 to 1000")]
    [InlineData("limit=many", "limit", "'many'")]
    [InlineData("after=yesterday", "after", "'next'")]
    [InlineData("sate=parked", "sate", "state, category")]
    [InlineData("state=parked&state=sent", "state", "more than once")]
    public async Task A_wrong_filter_is_named(string query, string field, string hint)
    {
        var answer = await _treatment.Client.GetAsync($"/failures?{query}");

        var problem = await ProblemAsync(answer, HttpStatusCode.BadRequest);
        problem.GetProperty("field").GetString().ShouldBe(field);
        problem.GetProperty("detail").GetString()!.ShouldContain(hint);
    }

    [Fact]
    public async Task A_failure_shows_everything_an_operator_needs()
    {
        var id = await _treatment.ParkAsync("shown");

        var shown = await _treatment.ShowAsync(id);

        var failure = shown.GetProperty("failure");
        failure.GetProperty("state").GetString().ShouldBe("parked");
        failure.GetProperty("wayOut").GetString()!.ShouldContain("credentials");
        failure.GetProperty("possible").EnumerateArray().Select(p => p.GetString()).ShouldBe(["retry", "give-up"]);
        failure.GetProperty("error").GetProperty("category").GetString().ShouldBe("access");
        shown.GetProperty("attempts").GetArrayLength().ShouldBe(1);
        shown.GetProperty("history")[0].GetProperty("note").GetString()!.ShouldContain("Access was refused");
        shown
            .GetProperty("request")
            .GetProperty("inputs")
            .GetProperty("url")
            .GetString()
            .ShouldBe("http://partner.example/orders");
    }

    [Theory]
    [InlineData("")]
    [InlineData("/retry")]
    [InlineData("/give-up")]
    public async Task An_unknown_failure_is_not_found(string action)
    {
        var path = $"/failures/{Guid.NewGuid()}{action}";
        var answer =
            action.Length == 0
                ? await _treatment.Client.GetAsync(path)
                : await _treatment.Client.PostAsJsonAsync(path, new { reason = "x" });

        (await ProblemAsync(answer, HttpStatusCode.NotFound)).GetProperty("detail").GetString()!.ShouldContain("lists");
    }

    [Fact]
    public async Task Retry_sends_the_task_again_and_says_who_asked()
    {
        var id = await _treatment.ParkAsync("retried");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/failures/{id}/retry");
        request.Headers.Add("By", "anna");

        var answer = await _treatment.Client.SendAsync(request);

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var shown = await answer.Content.ReadFromJsonAsync<JsonElement>();
        shown.GetProperty("failure").GetProperty("state").GetString().ShouldBe("sent");
        shown.GetProperty("history")[1].GetProperty("by").GetString().ShouldBe("anna");
        await Eventually.TrueAsync(() => Sent("retried") == 1);
    }

    [Fact]
    public async Task What_an_operator_asks_for_while_the_broker_is_away_is_sent_when_it_is_back()
    {
        var id = await _treatment.ParkAsync("away");
        var back = new TaskCompletionSource();
        _treatment.Bus.OnPublish = (_, _) => back.Task;

        (await _treatment.Client.PostAsync($"/failures/{id}/retry", null)).StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await _treatment.StateAsync("away")).ShouldBe("sent");
        Sent("away").ShouldBe(0);
        back.SetResult();

        await Eventually.TrueAsync(() => Sent("away") == 1);
    }

    [Fact]
    public async Task Two_retries_at_once_send_one_attempt_and_the_second_learns_the_state()
    {
        var id = await _treatment.ParkAsync("twice");

        var answers = await Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => _treatment.Client.PostAsync($"/failures/{id}/retry", null))
        );

        answers.Count(answer => answer.StatusCode == HttpStatusCode.Accepted).ShouldBe(1);
        var refused = answers.First(answer => answer.StatusCode != HttpStatusCode.Accepted);
        var problem = await ProblemAsync(refused, HttpStatusCode.Conflict);
        problem.GetProperty("state").GetString().ShouldBe("sent");
        problem.GetProperty("possible")[0].GetString().ShouldBe("give-up");
        await Eventually.TrueAsync(() => Sent("twice") == 1);
    }

    [Fact]
    public async Task Giving_up_needs_a_reason_and_ends_it()
    {
        var id = await _treatment.ParkAsync("ended");
        var without = await _treatment.Client.PostAsJsonAsync($"/failures/{id}/give-up", new { by = "anna" });
        (await ProblemAsync(without, HttpStatusCode.BadRequest)).GetProperty("field").GetString().ShouldBe("reason");

        var answer = await _treatment.Client.PostAsJsonAsync(
            $"/failures/{id}/give-up",
            new { by = "anna", reason = "Done by hand." }
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        (await _treatment.StateAsync("ended")).ShouldBe("given-up");
        await Eventually.TrueAsync(() =>
            _treatment.Bus.Of(EventTypes.TaskFailed, ContractJson.Default.TaskFailed).Count == 1
        );
        var again = await _treatment.Client.PostAsJsonAsync($"/failures/{id}/give-up", new { reason = "Again." });
        (await ProblemAsync(again, HttpStatusCode.Conflict)).GetProperty("possible").GetArrayLength().ShouldBe(0);
    }

    [Theory]
    [InlineData("{", "body")]
    [InlineData("[]", "body")]
    [InlineData("""{"resaon": "typo"}""", "resaon")]
    [InlineData("""{"reason": 5}""", "reason")]
    [InlineData("""{"reason": "a", "reason": "b"}""", "reason")]
    [InlineData("""{"reason": "\ud800"}""", "reason")]
    [InlineData("""{"reason": "a\u0000b"}""", "reason")]
    [InlineData("""{"reason": "a", "by": "\u0000"}""", "by")]
    [InlineData("""{"Reason": "another case"}""", "Reason")]
    public async Task A_body_that_cannot_be_read_is_refused(string body, string field)
    {
        var id = await _treatment.ParkAsync("body");
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        var answer = await _treatment.Client.PostAsync($"/failures/{id}/give-up", content);

        (await ProblemAsync(answer, HttpStatusCode.BadRequest)).GetProperty("field").GetString().ShouldBe(field);
        (await _treatment.StateAsync("body")).ShouldBe("parked");
    }

    [Fact]
    public async Task Endless_input_is_refused()
    {
        var id = await _treatment.ParkAsync("endless");
        var url = $"/failures/{id}/give-up";

        var body = await _treatment.Client.PostAsJsonAsync(url, new { reason = new string('x', 300_000) });
        (await ProblemAsync(body, HttpStatusCode.RequestEntityTooLarge))
            .GetProperty("field")
            .GetString()
            .ShouldBe("body");
        var reason = await _treatment.Client.PostAsJsonAsync(url, new { reason = new string('x', 3000) });
        (await ProblemAsync(reason, HttpStatusCode.BadRequest)).GetProperty("field").GetString().ShouldBe("reason");
        var by = await _treatment.Client.PostAsJsonAsync(url, new { reason = "x", by = new string('x', 300) });
        (await ProblemAsync(by, HttpStatusCode.BadRequest)).GetProperty("field").GetString().ShouldBe("by");
    }

    [Fact]
    public async Task What_people_read_has_no_escapes_that_JSON_does_not_need()
    {
        const string LongText = "O'Neill + Müller <x> & 日本";
        var error = Events.Access with { Message = LongText };
        await _treatment.TakeAsync(Events.Errored(Events.Task("readable"), error));
        var id = (await _treatment.FindAsync("readable"))!.Value.GetProperty("id").GetString();

        (await _treatment.Client.GetStringAsync("/failures?q=readable")).ShouldContain(LongText);
        (await _treatment.Client.GetStringAsync($"/failures/{id}")).ShouldContain(LongText);
        var ended = await _treatment.Client.PostAsJsonAsync($"/failures/{id}/give-up", new { reason = LongText });
        (await ended.Content.ReadAsStringAsync()).ShouldNotContain("\\u00");
        var unknown = await _treatment.Client.GetAsync("/failures/" + Uri.EscapeDataString(LongText));
        (await unknown.Content.ReadAsStringAsync()).ShouldContain(LongText);
    }

    [Fact]
    public async Task A_request_that_is_nested_deeply_can_be_shown()
    {
        var deep = JsonElement.Parse(new string('[', 60) + new string(']', 60));
        var task = Events.Task("deep") with { Inputs = JsonSerializer.SerializeToElement(new { deep }) };
        await _treatment.TakeAsync(Events.Errored(task, Events.Access));
        var id = (await _treatment.FindAsync("deep"))!.Value.GetProperty("id").GetString()!;

        (await _treatment.ShowAsync(id))
            .GetProperty("request")
            .GetProperty("inputs")
            .TryGetProperty("deep", out _)
            .ShouldBeTrue();
    }

    [Fact]
    public Task No_route_answers_a_web_page() => GuardedRoutes.RefuseWebPagesAsync(_treatment.App);

    [Fact]
    public async Task Whatever_is_sent_is_answered_and_what_is_refused_changes_nothing()
    {
        await using var treatment = await RunningTreatment.StartAsync(["--Api:BodyTimeout=00:00:00.3"]);
        var id = await treatment.ParkAsync("odd");
        var routes = GuardedRoutes
            .Of(treatment.App.Services)
            .SelectMany(route => new[] { route, (route.Method, route.Path.Replace("/1", $"/{id}")) })
            .ToList();

        await new OddRequests(
            new Uri(treatment.App.Urls.First()),
            routes,
            ["""{"by":"anna"}""", """{"by":"anna","reason":"x"}"""]
        ).RunAsync(async () => $"{await treatment.ListAsync()}{await treatment.ShowAsync(id)}");
    }

    [Fact]
    public async Task A_page_of_another_site_cannot_act()
    {
        var id = await _treatment.ParkAsync("foreign");
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/failures/{id}/retry");
        request.Headers.Add("Sec-Fetch-Site", "cross-site");

        await ProblemAsync(await _treatment.Client.SendAsync(request), HttpStatusCode.Forbidden);

        (await _treatment.StateAsync("foreign")).ShouldBe("parked");
    }

    [Fact]
    public async Task Unknown_routes_and_methods_answer_with_a_problem()
    {
        await ProblemAsync(await _treatment.Client.GetAsync("/failure"), HttpStatusCode.NotFound);
        await ProblemAsync(await _treatment.Client.DeleteAsync("/failures"), HttpStatusCode.MethodNotAllowed);
    }

    private int Sent(string taskId) =>
        _treatment
            .Bus.Of(EventTypes.TaskRequested, ContractJson.Default.TaskRequested)
            .Count(task => task.TaskId == taskId);

    private static IEnumerable<string?> TaskIds(JsonElement list) =>
        list.GetProperty("failures").EnumerateArray().Select(failure => failure.GetProperty("taskId").GetString());

    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        answer.StatusCode.ShouldBe(status);
        answer.Content.Headers.ContentType.ShouldBe(MediaTypeHeaderValue.Parse("application/problem+json"));
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        problem.GetProperty("status").GetInt32().ShouldBe((int)status);
        return problem;
    }
}
