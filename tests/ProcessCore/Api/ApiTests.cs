using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Integration.Fixtures;
using Integration.ProcessCore.Tests.Persistence;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.ProcessCore.Tests.Api;

public sealed class ApiTests : CoreTest
{
    private static async Task<JsonElement> ProblemAsync(HttpResponseMessage answer, HttpStatusCode status)
    {
        answer.StatusCode.ShouldBe(status);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/problem+json");
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    [Fact]
    public async Task A_deployed_process_runs_to_its_end()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(
            new Drawing().Start().Service("Call", inputs: [("id", "=orderId")]).End().Flow("Start", "Call", "End")
        );

        var instance = await core.BeginAsync(variables: new { orderId = 7 });
        await RequestedAsync(1);
        Bus.Requests[0].Inputs.GetProperty("id").GetInt32().ShouldBe(7);
        var waiting = await core.ShowAsync(instance);
        waiting.GetProperty("open")[0].GetProperty("element").GetString().ShouldBe("Call");
        waiting.GetProperty("open")[0].GetProperty("taskId").GetString().ShouldBe(Bus.Requests[0].TaskId);
        await Bus.CompleteAsync(Bus.Requests[0], new { answer = 42 });

        var shown = await core.ShowAsync(instance);
        shown.GetProperty("state").GetString().ShouldBe("completed");
        shown.GetProperty("variables").GetProperty("answer").GetInt32().ShouldBe(42);
        (await core.HistoryAsync(instance)).ShouldBe([
            "instance.started",
            "flow.taken",
            "element.entered",
            "task.requested",
            "task.completed",
            "flow.taken",
            "element.entered",
            "instance.completed",
        ]);
    }

    [Fact]
    public async Task Deploying_changed_XML_makes_a_new_version_and_the_same_XML_does_not()
    {
        await using var core = await StartAsync();
        using var first = await core.PostXmlAsync(OneTask().Xml);
        using var same = await core.PostXmlAsync(OneTask().Xml);
        using var changed = await core.PostXmlAsync(OneTask().Raw("<bpmn:documentation>new</bpmn:documentation>").Xml);

        first.StatusCode.ShouldBe(HttpStatusCode.Created);
        first.Headers.Location!.ToString().ShouldBe("/definitions/order/1");
        same.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await same.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("version").GetInt32().ShouldBe(1);
        changed.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await changed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("version").GetInt32().ShouldBe(2);
        (await core.GetAsync("/definitions"))
            .EnumerateArray()
            .Select(d => d.GetProperty("version").GetInt32())
            .ShouldBe([2, 1]);
        (await core.GetAsync("/definitions/order/1")).GetProperty("xml").GetString().ShouldBe(OneTask().Xml);
        using var none = await core.Http.GetAsync("/definitions/order/3");
        await ProblemAsync(none, HttpStatusCode.NotFound);
    }

    [Theory]
    [InlineData("Prüfung")]
    [InlineData("日本 語")]
    [InlineData("a/b")]
    [InlineData("a%2Fb")]
    [InlineData("a?b#c")]
    [InlineData("..a")]
    [InlineData("\U0001F600")]
    public async Task A_definition_is_found_where_its_deployment_says_whatever_its_id(string id)
    {
        await using var core = await StartAsync();
        using var deployed = await core.PostXmlAsync(
            new Drawing(id).Start().Service("Call").End().Flow("Start", "Call", "End").Xml
        );

        deployed.StatusCode.ShouldBe(HttpStatusCode.Created);
        var shown = await core.GetAsync(deployed.Headers.Location!.OriginalString);
        shown.GetProperty("id").GetString().ShouldBe(id);
        using var begun = await core.Http.PostAsJsonAsync("/instances", new { definition = id });
        begun.StatusCode.ShouldBe(HttpStatusCode.Created);
        (await core.GetAsync(begun.Headers.Location!.OriginalString))
            .GetProperty("definition")
            .GetString()
            .ShouldBe(id);
    }

    public static TheoryData<string, string> Unnamable =>
        new()
        {
            { new Drawing("a&#10;b").Start().End().Flow("Start", "End").Xml, "control character" },
            { new Drawing("a&#x85;b").Start().End().Flow("Start", "End").Xml, "control character" },
            { new Drawing("..").Start().End().Flow("Start", "End").Xml, "step in a path" },
            { new Drawing().Start().End("En&#10;d").Flow("Start", "En&#10;d").Xml, "control character" },
            { new Drawing().Start(message: "m&#9;n").End().Flow("Start", "End").Xml, "control character" },
            { new Drawing(new string('ü', 115)).Start().End().Flow("Start", "End").Xml, "Use up to 229 bytes" },
            {
                new Drawing().Start(message: new string('ü', 114)).End().Flow("Start", "End").Xml,
                "Use up to 227 bytes"
            },
            {
                new Drawing().Start().Receive("R", new string('語', 76)).End().Flow("Start", "R", "End").Xml,
                "Use up to 227 bytes"
            },
        };

    [Theory]
    [MemberData(nameof(Unnamable))]
    public async Task What_no_event_or_address_could_name_is_not_deployed(string xml, string reason)
    {
        await using var core = await StartAsync();

        using var answer = await core.PostXmlAsync(xml);

        (await ProblemAsync(answer, HttpStatusCode.UnprocessableEntity))
            .GetProperty("detail")
            .GetString()!
            .ShouldContain(reason.StartsWith("Use", StringComparison.Ordinal) ? "bytes in UTF-8" : reason);
        (await core.GetAsync("/definitions")).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Names_are_counted_in_characters_whichever_way_they_come()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());
        var longest = string.Concat(Enumerable.Repeat("\U0001F600", 256));

        using var taken = await core.Http.PostAsJsonAsync(
            "/instances",
            new { definition = "order", businessKey = longest }
        );
        using var refused = await core.Http.PostAsJsonAsync(
            "/instances",
            new { definition = "order", businessKey = longest + "x" }
        );

        taken.StatusCode.ShouldBe(HttpStatusCode.Created);
        await ProblemAsync(refused, HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task An_incident_is_not_found_by_another_spelling_of_its_id()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());
        var instance = await core.BeginAsync();
        await RequestedAsync(1);
        await Bus.DeliverAsync(
            Bus.Messages.Of(
                new Contracts.TaskFailed(
                    Bus.Requests[0].TaskId,
                    new Contracts.ErrorInfo(Contracts.ErrorCategory.Data, "x", "X."),
                    DateTimeOffset.UtcNow,
                    Bus.Requests[0].ReplyTo,
                    new Contracts.ServiceReference("error-treatment")
                )
            )
        );
        var id = (await core.GetAsync("/incidents"))[0].GetProperty("id").GetString()!;
        var key = id[(instance.Length + 1)..];

        foreach (var other in new[] { $"{instance}-0{key}", $"{instance}-+{key}", id.ToUpperInvariant(), $"{id}%20" })
        {
            using var none = await core.Http.PostAsync($"/incidents/{other}/retry", null);
            await ProblemAsync(none, HttpStatusCode.NotFound);
        }

        using var found = await core.Http.PostAsync($"/incidents/{id}/retry", null);
        found.StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_definition_that_is_not_taken_is_answered_with_every_problem()
    {
        await using var core = await StartAsync();
        using var answer = await core.PostXmlAsync(
            new Drawing()
                .Start()
                .Raw("<bpmn:userTask id=\"Ask\" />")
                .Service("Call", "=x")
                .Flow("Start", "Ask", "Call")
                .Xml
        );

        var problems = (await ProblemAsync(answer, HttpStatusCode.UnprocessableEntity)).GetProperty("problems");
        problems
            .EnumerateArray()
            .Select(problem => problem.GetProperty("element").GetString())
            .ShouldBe(["Ask", "Call"]);
        problems[0].GetProperty("reason").GetString()!.ShouldContain("bpmn:userTask");
        problems[0].GetProperty("wayOut").GetString().ShouldNotBeNullOrEmpty();
        (await core.GetAsync("/definitions")).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_certain_version_can_be_started()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());
        await core.DeployAsync(new Drawing().Start().Service("Other").End().Flow("Start", "Other", "End"));

        using var answer = await core.Http.PostAsJsonAsync(
            "/instances",
            new
            {
                definition = "order",
                version = 1,
                businessKey = "CR-17",
            }
        );

        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        await RequestedAsync(1);
        Bus.Requests[0].Process!.Element.ShouldBe("Call");
        Bus.Requests[0].Process!.BusinessKey.ShouldBe("CR-17");
    }

    [Fact]
    public async Task The_same_idempotency_key_starts_one_instance()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());

        async Task<(HttpStatusCode Status, string Id)> BeginAsync()
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/instances");
            request.Headers.Add("Idempotency-Key", "k1");
            request.Content = JsonContent.Create(new { definition = "order" });
            using var answer = await core.Http.SendAsync(request);
            return (
                answer.StatusCode,
                (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!
            );
        }

        var first = await BeginAsync();
        var again = await BeginAsync();

        first.Status.ShouldBe(HttpStatusCode.Created);
        again.ShouldBe((HttpStatusCode.OK, first.Id));
        (await core.GetAsync("/instances")).GetArrayLength().ShouldBe(1);
    }

    [Theory]
    [InlineData("/instances", "{", "body")]
    [InlineData("/instances", "null", "body")]
    [InlineData("/instances", """{"variables":{}}""", "definition")]
    [InlineData("/instances", """{"definition":"none"}""", "definition")]
    [InlineData("/instances", """{"definition":"order","version":9}""", "definition")]
    [InlineData("/instances", """{"definition":"order","version":"x"}""", "version")]
    [InlineData("/instances", """{"definition":"order","variables":[1]}""", "variables")]
    [InlineData("/instances", """{"definition":"order","businessKey":"a\u0000b"}""", "businessKey")]
    [InlineData("/messages", """{"variables":{}}""", "name")]
    [InlineData("/messages", """{"name":"m","correlationKey":""}""", "correlationKey")]
    [InlineData("/messages", """{"name":"m","requestId":"a\nb"}""", "requestId")]
    [InlineData("/messages", """{"name":"m","variables":3}""", "variables")]
    public async Task A_wrong_request_is_answered_with_the_field_and_the_way_out(string path, string body, string field)
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());

        using var answer = await core.Http.PostAsync(path, new StringContent(body, Encoding.UTF8, "application/json"));

        var problem = await ProblemAsync(answer, HttpStatusCode.BadRequest);
        problem.GetProperty("field").GetString().ShouldBe(field);
        problem.GetProperty("detail").GetString().ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public async Task A_process_that_only_messages_start_says_so()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(new Drawing().Start("Start", "placed").End().Flow("Start", "End"));

        using var answer = await core.Http.PostAsJsonAsync("/instances", new { definition = "order" });

        (await ProblemAsync(answer, HttpStatusCode.BadRequest))
            .GetProperty("detail")
            .GetString()!
            .ShouldContain("\"placed\"");
    }

    [Fact]
    public async Task A_body_over_the_limit_is_not_taken()
    {
        await using var core = await StartAsync();

        using var answer = await core.Http.PostAsJsonAsync(
            "/instances",
            new { definition = "order", variables = new { text = new string('x', 300_000) } }
        );

        await ProblemAsync(answer, HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task Instances_are_listed_by_state_definition_and_business_key_page_by_page()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());
        await core.DeployAsync(new Drawing("quick").Start().End().Flow("Start", "End"));
        var one = await core.BeginAsync();
        var two = await core.BeginAsync("quick");
        var three = await core.BeginAsync("quick");

        async Task<IReadOnlyList<string>> ListAsync(string query) =>
            [
                .. (await core.GetAsync($"/instances{query}"))
                    .EnumerateArray()
                    .Select(i => i.GetProperty("id").GetString()!),
            ];

        // Ids begin with the millisecond; within one there is no newest.
        string[] newest = [.. new[] { one, two, three }.OrderDescending(StringComparer.Ordinal)];
        (await ListAsync("")).ShouldBe(newest);
        (await ListAsync("?state=running")).ShouldBe([one]);
        (await ListAsync("?state=completed&definition=quick")).ShouldBe(newest.Where(id => id != one));
        (await ListAsync("?businessKey=none")).ShouldBeEmpty();
        (await ListAsync("?limit=1")).ShouldBe([newest[0]]);
        (await ListAsync($"?limit=1&before={newest[0]}")).ShouldBe([newest[1]]);
        (await ListAsync($"?limit=1&after={newest[0]}")).ShouldBe([newest[1]]);
        using var both = await core.Http.GetAsync($"/instances?after={newest[0]}&before={newest[0]}");
        (await ProblemAsync(both, HttpStatusCode.BadRequest)).GetProperty("field").GetString().ShouldBe("before");
        using var wrong = await core.Http.GetAsync("/instances?state=asleep");
        (await ProblemAsync(wrong, HttpStatusCode.BadRequest))
            .GetProperty("detail")
            .GetString()!
            .ShouldContain("running");
        using var many = await core.Http.GetAsync("/instances?limit=100000");
        await ProblemAsync(many, HttpStatusCode.BadRequest);
    }

    [Theory]
    [InlineData("/instances?definition=order&limit=2", "id")]
    [InlineData("/incidents?limit=2", "instanceId")]
    public async Task A_page_links_to_the_next_one_and_the_last_does_not(string path, string id)
    {
        await using var core = await StartAsync();
        await core.DeployAsync(
            new Drawing()
                .Start()
                .Exclusive("Gate")
                .End("Yes")
                .End("No")
                .Flow("Start", "Gate")
                .If("Gate", "Yes", "=amount > 1")
                .If("Gate", "No", "=amount <= 1")
        );
        foreach (var _ in Enumerable.Range(0, 3))
            await core.BeginAsync(variables: new { amount = "many" });

        var found = new List<string?>();
        var pages = 0;
        for (string? next = path; next is not null; pages++)
        {
            using var answer = await core.Http.GetAsync(next);
            found.AddRange(
                (await answer.Content.ReadFromJsonAsync<JsonElement>())
                    .EnumerateArray()
                    .Select(entry => entry.GetProperty(id).GetString())
            );
            next = answer.Headers.TryGetValues("Link", out var links)
                ? links.Single()[1..links.Single().IndexOf('>', StringComparison.Ordinal)]
                : null;
        }

        pages.ShouldBe(2);
        found.Distinct().Count().ShouldBe(3);
        found.ShouldBe(found.OrderDescending(StringComparer.Ordinal));
    }

    [Fact]
    public async Task History_names_the_verified_caller_of_what_was_asked_for()
    {
        const string TokenText = "intk_of-this-test";
        await using var core = await StartAsync(
            $"--Api:Tokens:anna:Hash={Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(TokenText)))}",
            "--Api:Tokens:anna:Role=administrator"
        );
        core.Http.DefaultRequestHeaders.Authorization = new("Bearer", TokenText);
        await core.DeployAsync(OneTask());
        var instance = await core.BeginAsync();
        await core.Http.PatchAsJsonAsync($"/instances/{instance}/variables", new { amount = 5 });
        await core.Http.PostAsync($"/instances/{instance}/cancel", null);

        var by = (await core.GetAsync($"/instances/{instance}/history"))
            .EnumerateArray()
            .ToLookup(
                entry => entry.GetProperty("type").GetString()!,
                entry => entry.TryGetProperty("by", out var name) ? name.GetString() : null
            );

        by["instance.started"].ShouldBe(["anna"]);
        by["variables.set"].ShouldBe(["anna"]);
        by["instance.cancelled"].ShouldBe(["anna"]);
        by["task.requested"].ShouldBe([null]);
    }

    [Fact]
    public async Task Its_description_is_the_one_that_was_accepted()
    {
        await using var core = await StartAsync();
        await ApiDescriptions.MatchAsync(core.Http, "tests/ProcessCore/Api/openapi.json", "tests/ProcessCore");
    }

    [Fact]
    public async Task An_operator_cancels_an_instance_and_its_task_is_withdrawn()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());
        var instance = await core.BeginAsync();
        await RequestedAsync(1);

        using var answer = await core.Http.PostAsJsonAsync(
            $"/instances/{instance}/cancel",
            new { reason = "Withdrawn." }
        );
        answer.EnsureSuccessStatusCode();
        await Eventually.TrueAsync(() => Bus.Cancellations.Count == 1);
        Bus.Cancellations[0].Reason.ShouldBe("Withdrawn.");
        await Bus.CompleteAsync(Bus.Requests[0]);

        (await core.StateAsync(instance)).ShouldBe("cancelled");
        (await core.HistoryAsync(instance))[^1].ShouldBe("result.ignored");
        using var again = await core.Http.PostAsync($"/instances/{instance}/cancel", null);
        await ProblemAsync(again, HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task An_operator_corrects_variables_and_retries()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(
            new Drawing()
                .Start()
                .Exclusive("Gate")
                .End("Yes")
                .End("No")
                .Flow("Start", "Gate")
                .If("Gate", "Yes", "=amount > 1")
                .If("Gate", "No", "=amount <= 1")
        );
        var instance = await core.BeginAsync(variables: new { amount = "many" });
        var incident = (await core.ShowAsync(instance)).GetProperty("incidents")[0];
        incident.GetProperty("kind").GetString().ShouldBe("expression");
        incident.GetProperty("message").GetString()!.ShouldContain("amount > 1");

        using var wrong = await core.Http.PatchAsJsonAsync($"/instances/{instance}/variables", new[] { 1 });
        await ProblemAsync(wrong, HttpStatusCode.BadRequest);
        using var set = await core.Http.PatchAsJsonAsync($"/instances/{instance}/variables", new { amount = 5 });
        set.EnsureSuccessStatusCode();
        using var retry = await core.Http.PostAsync($"/incidents/{incident.GetProperty("id").GetString()}/retry", null);
        retry.EnsureSuccessStatusCode();

        (await core.StateAsync(instance)).ShouldBe("completed");
        using var gone = await core.Http.PostAsync($"/incidents/{incident.GetProperty("id").GetString()}/retry", null);
        await ProblemAsync(gone, HttpStatusCode.Conflict);
    }

    [Theory]
    [InlineData("GET", "/instances/none")]
    [InlineData("GET", "/instances/none/history")]
    [InlineData("POST", "/instances/none/cancel")]
    [InlineData("POST", "/incidents/none/retry")]
    [InlineData("POST", "/incidents/0198f3c2-0000-7000-8000-000000000001-1/retry")]
    public async Task What_is_not_there_is_answered_with_404(string method, string path)
    {
        await using var core = await StartAsync();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        using var answer = await core.Http.SendAsync(request);
        await ProblemAsync(answer, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_message_sent_over_the_API_reaches_its_instance()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(new Drawing().Start().Receive("Pay", "payment").End().Flow("Start", "Pay", "End"));
        var message = new
        {
            name = "payment",
            correlationKey = "A1",
            requestId = "r1",
            variables = new { amount = 5 },
        };

        using var early = await core.Http.PostAsJsonAsync("/messages", message);
        early.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var instance = await core.BeginAsync(variables: new { orderId = "A1" });
        await core.EndedAsync(instance);
        using var again = await core.Http.PostAsJsonAsync("/messages", message);
        (await again.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("repeated").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public async Task A_mapping_that_cannot_be_computed_is_seen_in_the_history()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(
            new Drawing().Start().Service("Call", inputs: [("total", "=net * tax")]).End().Flow("Start", "Call", "End")
        );

        var instance = await core.BeginAsync(variables: new { net = 5 });

        var line = (await core.GetAsync($"/instances/{instance}/history"))
            .EnumerateArray()
            .Single(entry => entry.GetProperty("type").GetString() == "mapping.null");
        line.GetProperty("element").GetString().ShouldBe("Call");
        line.GetProperty("detail")
            .GetString()!
            .ShouldStartWith("The mapping of total gives null. There is no variable 'tax'.");
    }

    [Fact]
    public async Task The_setting_for_all_processes_sends_the_variables_and_holds_after_a_restart()
    {
        const string Sends = "--Core:TaskInputs=Variables";
        await using (var core = await StartAsync(Sends))
        {
            using var deployed = await core.PostXmlAsync(OneTask().Xml);
            (await deployed.Content.ReadFromJsonAsync<JsonElement>())
                .GetProperty("notices")
                .GetArrayLength()
                .ShouldBe(0);
            await core.BeginAsync(variables: new { a = 1 });
            await RequestedAsync(1);
        }

        await using var again = await StartAsync(Sends);
        await again.BeginAsync(variables: new { a = 2 });

        await RequestedAsync(2);
        Bus.Requests.Select(request => request.Inputs.GetRawText()).ShouldBe(["{\"a\":1}", "{\"a\":2}"]);
    }

    [Fact]
    public async Task What_people_read_has_no_escapes_that_JSON_does_not_need()
    {
        const string Name = "O'Neill + Müller <x> & 日本";
        var xml = OneTask()
            .Xml.Replace("<bpmn:process ", "<bpmn:process name=\"O'Neill + Müller &lt;x&gt; &amp; 日本\" ");
        await using var core = await StartAsync();
        using var deployed = await core.PostXmlAsync(xml);
        (await deployed.Content.ReadAsStringAsync()).ShouldContain(Name);
        var instance = await core.BeginAsync(variables: new { customer = Name });
        await Bus.DeliverAsync(
            Bus.Messages.Of(
                new Contracts.ServiceAnnounced(
                    new Contracts.ServiceReference("rest", "1.0", "one"),
                    DateTimeOffset.UtcNow,
                    [new Contracts.OperationReference("rest.request", 1, "once")],
                    new string('a', 64),
                    [
                        new Contracts.OperationContract(
                            "rest.request",
                            1,
                            "once",
                            JsonElement.Parse("""{"type":"object"}"""),
                            JsonElement.Parse("""{"type":"object"}"""),
                            [],
                            Name
                        ),
                    ]
                )
            )
        );

        foreach (var path in new[] { "/definitions", "/definitions/order/1", $"/instances/{instance}", "/contracts" })
            (await core.Http.GetStringAsync(path)).ShouldContain(Name, Case.Sensitive, path);
        using var refused = await core.Http.PostAsJsonAsync("/instances", new { definition = Name });
        (await refused.Content.ReadAsStringAsync()).ShouldContain(Name);
        using var wrong = await core.PostXmlAsync(OneTask().Raw("<bpmn:userTask id=\"Ask\" name=\"O'Neill\" />").Xml);
        (await wrong.Content.ReadAsStringAsync()).ShouldNotContain("\\u00");
        using var unknown = await core.Http.GetAsync("/instances?state=" + Uri.EscapeDataString("it's"));
        (await unknown.Content.ReadAsStringAsync()).ShouldNotContain("\\u00");
    }

    [Fact]
    public async Task The_routes_are_those_that_were_accepted()
    {
        await using var core = await StartAsync();
        var routes = core
            .Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Select(route =>
                $"{string.Join(",", route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? [])} {route.RoutePattern.RawText}"
            )
            .Order(StringComparer.Ordinal);

        Snapshot.Match(string.Join('\n', routes), "tests/ProcessCore/Api/routes.txt", "tests/ProcessCore");
    }
}
