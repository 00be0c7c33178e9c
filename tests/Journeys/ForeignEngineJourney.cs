namespace Integration.Journeys.Tests;

/// <summary>An engine that is not ours, in whatever language: it knows docs/reference/contract.md and nothing else.</summary>
public sealed class ForeignEngineJourney(Broker broker)
{
    private const string Tasks = "integration.tasks";

    [Fact]
    public async Task The_engine_that_the_contract_page_shows_in_Node_gets_its_answer()
    {
        await using var shop = await Shop.OpenAsync();
        await using var system = new Deployment(broker.TakeVirtualHost());
        using var folder = new TemporaryFolder("node-engine");
        var program = Page.Open("docs/reference/contract.md").Section("An engine in Node").Block("js");
        await File.WriteAllTextAsync(folder.Combine("engine.mjs"), program);
        await Command.SucceedAsync(folder.Path, "npm install --no-audit --no-fund amqplib");
        await Task.WhenAll(system.StartAsync("Rest"), system.StartAsync("ErrorTreatment"));

        var output = await Command.SucceedAsync(
            folder.Path,
            $"timeout 60 node engine.mjs {shop.Url}prices/lamp",
            new Dictionary<string, string>(StringComparer.Ordinal) { ["AMQP_URL"] = system.Broker.ToString() }
        );

        output.ShouldContain("task.completed");
        output.ShouldContain("price: 7");
        shop.Calls.ShouldHaveSingleItem().Article.ShouldBe("lamp");
    }

    [Fact]
    public async Task Services_get_along_with_what_an_engine_has_declared_before_they_were_deployed()
    {
        await using var shop = await Shop.OpenAsync();
        await using var system = new Deployment(broker.TakeVirtualHost());
        await using var engine = await Wire.ConnectAsync(system.Broker);
        await engine.DeclareAsync();
        await engine.PublishAsync(
            Tasks,
            "rest.request.v1",
            "task.requested",
            TaskFor("early", $"{shop.Url}prices/lamp")
        );
        var results = await engine.ReceiveAsync("integration.my-engine", "integration.results", "my-engine.#");

        await Task.WhenAll(system.StartAsync("Rest"), system.StartAsync("ErrorTreatment"));

        await Eventually.TrueAsync(() => results.Any(result => result.Type == "task.completed"), Api.Patience);
        var completed = results.Single(result => result.Type == "task.completed");
        completed.CorrelationId.ShouldBe("early");
        completed.RoutingKey.ShouldBe("my-engine.retried");
        completed.Body.GetProperty("outputs").GetProperty("body").GetProperty("price").GetInt32().ShouldBe(7);
    }

    [Fact]
    public async Task What_cannot_be_read_or_has_no_receiver_is_told_to_an_operator_with_the_reason()
    {
        await using var system = new Deployment(broker.TakeVirtualHost());
        await Task.WhenAll(system.StartAsync("Rest"), system.StartAsync("ErrorTreatment"));
        await using var engine = await Wire.ConnectAsync(system.Broker);

        await engine.PublishAsync(Tasks, "rest.request.v1", "task.requested", "{ this is no JSON");
        await engine.PublishAsync(Tasks, "rest.request.v1", "task.requested", """{"taskId": "17", "version": 1}""");
        await engine.PublishAsync(Tasks, "rest.request.v1", "task.requested", TaskFor("no-url", url: null));
        await engine.PublishAsync(
            Tasks,
            "rest.telephone.v1",
            "task.requested",
            TaskFor("no-service", "x", "rest.telephone")
        );
        await engine.PublishAsync(Tasks, "rest.request.v1", "task.requested", TaskFor("no-version", "x", version: 9));
        await engine.PublishAsync("integration.inbound", "start.unheard-of", "process.start", new { definition = "x" });

        var failures = await system.Treatment.UntilAsync(failures => failures.Count.ShouldBe(6));
        failures
            .Select(failure => failure.Error.Code)
            .ShouldBe(
                [
                    "malformed-message",
                    "malformed-message",
                    "invalid-input",
                    "no-service",
                    "unknown-version",
                    "no-receiver",
                ],
                ignoreOrder: true
            );
        failures.ShouldContain(failure => failure.Error.Message.Contains("replyTo"), "the missing field is named");
        failures.Single(failure => failure.TaskId == "no-url").Error.Message.ShouldContain("url");
        failures.ShouldAllBe(failure => failure.WayOut.Length > 0);
        var unreadable = failures.Where(failure => failure.Kind == "message").Select(failure => failure.Id);
        foreach (var id in unreadable)
            (await system.Treatment.ShowAsync(id)).Message.ShouldNotBeNull("the message is kept as it came");
    }

    [Fact]
    public async Task Two_engines_that_chose_the_same_id_get_an_answer_each_and_another_request_under_it_is_refused()
    {
        await using var shop = await Shop.OpenAsync();
        await using var system = new Deployment(broker.TakeVirtualHost());
        await Task.WhenAll(system.StartAsync("Rest"), system.StartAsync("ErrorTreatment"));
        await using var engine = await Wire.ConnectAsync(system.Broker);
        var mine = await engine.ReceiveAsync("integration.my-engine", "integration.results", "my-engine.#");
        var others = await engine.ReceiveAsync("integration.other-engine", "integration.results", "other-engine.#");

        await SendAsync(TaskFor("17", $"{shop.Url}prices/lamp"));
        await SendAsync(TaskFor("17", $"{shop.Url}prices/chair", engine: "other-engine"));
        await Eventually.TrueAsync(() => mine.Count == 1 && others.Count == 1, Api.Patience);
        await SendAsync(TaskFor("17", $"{shop.Url}prices/table"));

        var refused = (await system.Treatment.UntilAsync(failures => failures.Count.ShouldBe(1))).Single();
        refused.Error.Code.ShouldBe("task-id-in-use");
        refused.Kind.ShouldBe("message");
        shop.Calls.Select(call => call.Article).ShouldBe(["lamp", "chair"], ignoreOrder: true);
        // An incident would have been published before the failure was listed as parked, or at once afterwards: give up, and look.
        await system.Treatment.GiveUpAsync(refused.Id, "The engine was corrected.");
        await SendAsync(TaskFor("18", $"{shop.Url}prices/lamp"));
        await Eventually.TrueAsync(() => mine.Any(result => result.CorrelationId == "18"), Api.Patience);
        mine.Select(result => result.Type).ShouldBe(["task.completed", "task.completed"]);
        others.ShouldHaveSingleItem().Type.ShouldBe("task.completed");

        Task SendAsync(object task) => engine.PublishAsync(Tasks, "rest.request.v1", "task.requested", task);
    }

    private static object TaskFor(
        string id,
        string? url,
        string operation = "rest.request",
        int version = 1,
        string engine = "my-engine"
    ) =>
        new
        {
            taskId = id,
            operation,
            version,
            replyTo = engine,
            inputs = url is null ? (object)new { } : new { url },
        };
}
