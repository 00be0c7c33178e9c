using System.Text.Json;
using Integration.Bus;
using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.ErrorTreatment.Tests;

/// <summary>
/// What a user of the broker can have error treatment do for it. Each forgery is one that a service can publish, or can have the
/// broker carry by a queue of its own: the table is that of deploy/rabbitmq.
/// </summary>
public sealed partial class TrustTests : IAsyncLifetime
{
    private const string Treatment = "integration.error-treatment";
    private RunningTreatment _treatment = null!;

    public async ValueTask InitializeAsync() =>
        _treatment = await RunningTreatment.StartAsync([
            $"--Bus:TrustFile={RepositoryFolder.File("deploy/rabbitmq/trust.json")}",
        ]);

    public ValueTask DisposeAsync() => _treatment.DisposeAsync();

    [Fact]
    public async Task An_error_of_another_services_operation_has_nothing_sent()
    {
        await TakeAsync("rest", Events.Errored(Mail("forged"), Events.Connectivity()));

        var failure = await RefusedAsync();
        failure.GetProperty("state").GetString().ShouldBe("parked");
        failure.GetProperty("kind").GetString().ShouldBe("message");
        var error = failure.GetProperty("error");
        error.GetProperty("category").GetString().ShouldBe("access");
        error.GetProperty("message").GetString()!.ShouldContain("'rest'");
        error.GetProperty("message").GetString()!.ShouldContain("'mail.send'");
        await NothingElseHappensAsync();
    }

    [Fact]
    public async Task An_error_of_the_services_own_operation_is_retried_under_the_name_of_error_treatment()
    {
        await TakeAsync("rest", Events.Errored(Own("own"), Events.Connectivity()));

        await Eventually.TrueAsync(() => Requests.Count == 1);
        _treatment.Bus.Published.ShouldAllBe(message => message.Properties.UserId == null);
    }

    [Fact]
    public async Task An_error_that_an_engine_reports_of_its_own_task_is_treated()
    {
        await TakeAsync("process-core", Events.Errored(Mail("late"), Events.Access));

        (await _treatment.StateAsync("late")).ShouldBe("parked");
    }

    [Theory]
    [InlineData("integration.tasks", "mail.send.v1")]
    [InlineData("integration.results", "process-core")]
    [InlineData("integration.inbound", "start.order")]
    [InlineData("integration.errors", "connectivity.mail.send")]
    [InlineData("integration.control", "cancel.mail.send")]
    public async Task A_message_that_the_service_cannot_have_got_is_not_published_for_it(string exchange, string key)
    {
        var source = new MessageSource(exchange, key, Body(Mail("smuggled")), "text", Body(Mail("smuggled")).Length);

        await TakeAsync(
            "rest",
            new TaskErrored(Events.Connectivity(), DateTimeOffset.UnixEpoch, Events.Rest, Source: source)
        );

        await RefusedAsync();
        await NothingElseHappensAsync();
    }

    [Theory]
    [InlineData("integration.dead")]
    [InlineData("integration.unrouted")]
    public async Task A_request_that_no_engine_has_published_is_not_sent_again(string queue)
    {
        // By a queue of its own with these as dead-letter exchange and key, and a forged history of deaths.
        var request = _treatment.Messages.Of(Mail("dead"));

        await DeliverAsync("rest", queue, request, new Death("delivery_limit", "integration.mail"));

        await RefusedAsync();
        await NothingElseHappensAsync();
    }

    [Theory]
    [InlineData("integration.dead")]
    [InlineData("integration.unrouted")]
    public async Task A_request_that_cannot_be_read_tells_no_engine_of_an_incident(string queue)
    {
        var request = _treatment.Messages.Of(Mail("unreadable")) with { Body = "{"u8.ToArray() };

        await DeliverAsync("rest", queue, request);

        await RefusedAsync();
        await NothingElseHappensAsync();
    }

    [Fact]
    public async Task A_message_without_a_user_is_not_trusted()
    {
        await TakeAsync(null, Events.Errored(Own("anonymous"), Events.Connectivity()));

        (await RefusedAsync()).GetProperty("error").GetProperty("message").GetString()!.ShouldContain("user_id");
        await NothingElseHappensAsync();
    }

    [Fact]
    public async Task An_outcome_of_another_services_operation_resolves_nothing()
    {
        await SentAsync("asked");

        await DeliverAsync("rest", Treatment, _treatment.Messages.Of(Events.Completed(Requests[0])));

        await RefusedAsync();
        (await StateOfTaskAsync("asked")).ShouldBe("sent");
    }

    [Fact]
    public async Task An_outcome_that_only_names_the_task_of_another_operation_resolves_nothing()
    {
        await SentAsync("asked");

        var other = Events.Completed(Requests[0]) with { Operation = "rest.request" };
        await DeliverAsync("rest", Treatment, _treatment.Messages.Of(other));

        await RefusedAsync("result-mismatch");
        (await StateOfTaskAsync("asked")).ShouldBe("sent");

        await DeliverAsync("mail", Treatment, _treatment.Messages.Of(Events.Completed(Requests[0])));
        (await StateOfTaskAsync("asked")).ShouldBe("resolved");
    }

    [Fact]
    public async Task An_error_of_the_services_own_operation_does_not_replace_the_request_of_another()
    {
        await TakeAsync("mail", Events.Errored(Mail("held"), Events.Access));

        await TakeAsync("rest", Events.Errored(Own("held", attempt: 9), Events.Connectivity()));

        await RefusedAsync("result-mismatch");
        (await StateOfTaskAsync("held")).ShouldBe("parked");
        Requests.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_end_that_a_service_tells_of_the_task_of_another_closes_nothing_now_or_later()
    {
        var failed = new TaskFailed(
            "ended",
            Events.Access,
            DateTimeOffset.UnixEpoch,
            "process-core",
            Events.Rest,
            2,
            Operation: "rest.request"
        );
        await DeliverAsync("rest", Treatment, _treatment.Messages.Of(failed));

        await TakeAsync("mail", Events.Errored(Mail("ended"), Events.Access));
        (await StateOfTaskAsync("ended")).ShouldBe("parked");

        await DeliverAsync("rest", Treatment, _treatment.Messages.Of(failed));
        (await StateOfTaskAsync("ended")).ShouldBe("parked");
        await RefusedAsync("result-mismatch");
    }

    [Theory]
    [InlineData("rest", "process-core")]
    [InlineData("sender", "process-core")]
    [InlineData("sender", null)]
    public async Task A_cancellation_by_anybody_but_the_engine_closes_nothing(string user, string? engine)
    {
        await TakeAsync("mail", Events.Errored(Mail("wanted"), Events.Access));

        var cancelled = new TaskCancelled("wanted", "mail.send", DateTimeOffset.UnixEpoch, ReplyTo: engine);
        await DeliverAsync(user, Treatment, _treatment.Messages.Of(cancelled));

        await RefusedAsync();
        (await StateOfTaskAsync("wanted")).ShouldBe("parked");
    }

    [Fact]
    public async Task What_bears_no_type_is_held_against_the_table_all_the_same()
    {
        await SentAsync("asked");
        var cancelled = new TaskCancelled("asked", "mail.send", DateTimeOffset.UnixEpoch, ReplyTo: "process-core");
        OutgoingMessage[] forgeries =
        [
            _treatment.Messages.Of(cancelled),
            _treatment.Messages.Of(Events.Completed(Requests[0])),
        ];

        foreach (var forgery in forgeries)
            await DeliverAsync(
                "rest",
                Treatment,
                forgery with
                {
                    Properties = forgery.Properties with { Type = null },
                }
            );

        (await StateOfTaskAsync("asked")).ShouldBe("sent");
        (await _treatment.ListAsync("limit=100"))
            .GetProperty("failures")
            .EnumerateArray()
            .Count(failure => failure.GetProperty("error").GetProperty("code").GetString() == "not-trusted")
            .ShouldBe(2);
    }

    [Fact]
    public async Task A_cancellation_by_the_engine_closes_the_failure()
    {
        await TakeAsync("mail", Events.Errored(Mail("unwanted"), Events.Access));

        var cancelled = new TaskCancelled("unwanted", "mail.send", DateTimeOffset.UnixEpoch, ReplyTo: "process-core");
        await DeliverAsync("process-core", Treatment, _treatment.Messages.Of(cancelled));

        (await StateOfTaskAsync("unwanted")).ShouldBe("cancelled");
    }

    [Fact]
    public async Task A_result_for_an_engine_that_is_away_is_checked_on_the_way_in()
    {
        var result = _treatment.Messages.Of(Events.Completed(Mail("away")));

        await DeliverAsync("rest", "integration.unrouted", result);

        (await RefusedAsync()).GetProperty("error").GetProperty("message").GetString()!.ShouldContain("'mail.send'");
        await NothingElseHappensAsync();
    }

    [Fact]
    public async Task A_forged_incident_that_no_engine_takes_is_shown_and_not_forgotten()
    {
        var incident = new TaskIncident(
            "t",
            Events.Access,
            DateTimeOffset.UnixEpoch,
            "process-core",
            Events.Rest,
            Operation: "rest.request"
        );

        await DeliverAsync("rest", "integration.unrouted", _treatment.Messages.Of(incident));

        await RefusedAsync();
    }

    [Fact]
    public async Task An_operator_who_sends_it_again_vouches_for_it()
    {
        var result = _treatment.Messages.Of(Events.Completed(Mail("vouched")));
        await DeliverAsync(null, "integration.unrouted", result);
        var failure = await RefusedAsync();
        failure.GetProperty("wayOut").GetString()!.ShouldContain("vouches");

        using var answer = await _treatment.Client.PostAsync(
            $"/failures/{failure.GetProperty("id").GetString()}/retry",
            null,
            TestContext.Current.CancellationToken
        );
        answer.EnsureSuccessStatusCode();

        await Eventually.TrueAsync(() =>
            _treatment.Bus.Published.Any(message => message.Properties.MessageId == result.Properties.MessageId)
        );
    }

    private IReadOnlyList<TaskRequested> Requests =>
        _treatment.Bus.Of(EventTypes.TaskRequested, ContractJson.Default.TaskRequested);

    private static TaskRequested Own(string id, int attempt = 1) =>
        Events.Task(id, attempt) with
        {
            ReplyTo = "process-core",
        };

    private static TaskRequested Mail(string id) => Own(id) with { Operation = "mail.send" };

    private static string Body(TaskRequested request) =>
        JsonSerializer.Serialize(request, ContractJson.Default.TaskRequested);

    private Task TakeAsync(string? user, TaskErrored errored) =>
        DeliverAsync(user, Treatment, _treatment.Messages.Of(errored));

    private async Task DeliverAsync(string? user, string queue, OutgoingMessage message, Death? death = null) =>
        (
            await _treatment.Bus.DeliverAsync(
                queue,
                message with
                {
                    Properties = message.Properties with { UserId = user },
                },
                death
            )
        ).ShouldBe(Settlement.Acknowledge);

    /// <summary>A task of mail that error treatment has sent again.</summary>
    private async Task SentAsync(string id)
    {
        await TakeAsync("mail", Events.Errored(Mail(id), Events.Connectivity()));
        await Eventually.TrueAsync(() => Requests.Count == 1);
        await Eventually.TrueAsync(async () => await _treatment.StateAsync(id) == "sent");
    }

    /// <summary>The only failure with the code, as an operator sees it.</summary>
    private async Task<JsonElement> RefusedAsync(string code = "not-trusted")
    {
        var found = (await _treatment.ListAsync("limit=100")).GetProperty("failures").EnumerateArray();
        return found.Single(failure => failure.GetProperty("error").GetProperty("code").GetString() == code);
    }

    private async Task<string?> StateOfTaskAsync(string id) =>
        (await _treatment.ListAsync($"q={id}"))
            .GetProperty("failures")
            .EnumerateArray()
            .Single(failure => failure.GetProperty("kind").GetString() == "task")
            .GetProperty("state")
            .GetString();

    /// <summary>An error of another task that is treated afterwards shows that what came before has led to nothing.</summary>
    private async Task NothingElseHappensAsync()
    {
        await TakeAsync("rest", Events.Errored(Own("marker"), Events.Connectivity()));
        await Eventually.TrueAsync(() => Requests.Any(request => request.TaskId == "marker"));
        _treatment.Bus.Published.ShouldAllBe(message => message.Properties.CorrelationId == "marker");
    }
}
