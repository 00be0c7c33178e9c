using Integration.Bus;
using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.ProcessCore.Tests.Persistence;

/// <summary>Whose results the core takes, and for which tasks.</summary>
public sealed class TrustTests : CoreTest
{
    private static readonly string _table = $"--Bus:TrustFile={RepositoryFolder.File("deploy/rabbitmq/trust.json")}";

    [Fact]
    public async Task A_result_of_another_operation_completes_nothing()
    {
        await using var core = await StartAsync();
        var (instance, task) = await AskAsync(core);

        await Bus.DeliverAsync(Bus.Messages.Of(TestBus.Completed(task) with { Operation = "mail.send", Version = 77 }));

        await RefusedAsync("result-mismatch", "'mail.send' version 77");
        (await core.StateAsync(instance)).ShouldBe("running");
        await Bus.CompleteAsync(task);
        await core.EndedAsync(instance);
    }

    [Fact]
    public async Task A_result_of_another_version_or_for_another_engine_completes_nothing()
    {
        await using var core = await StartAsync();
        var (instance, task) = await AskAsync(core);

        await Bus.DeliverAsync(Bus.Messages.Of(TestBus.Completed(task) with { Version = task.Version + 1 }));
        await Bus.DeliverAsync(Bus.Messages.Of(TestBus.Completed(task) with { ReplyTo = "other" }));

        await Eventually.TrueAsync(() => Bus.Errors.Count == 2);
        Bus.Errors.ShouldAllBe(error => error.Error.Code == "result-mismatch");
        (await core.StateAsync(instance)).ShouldBe("running");
    }

    [Fact]
    public async Task A_rejection_a_failure_and_an_incident_of_another_operation_change_nothing()
    {
        await using var core = await StartAsync();
        var (instance, task) = await AskAsync(core);
        var now = DateTimeOffset.UtcNow;
        var service = new ServiceReference("test");
        var error = new ErrorInfo(ErrorCategory.Access, "unauthorized", "No.");

        await Bus.DeliverAsync(
            Bus.Messages.Of(
                new TaskRejected(
                    task.TaskId,
                    "mail.send",
                    1,
                    task.ReplyTo,
                    new BusinessError("NO", "No."),
                    now,
                    now,
                    service
                )
            )
        );
        await Bus.DeliverAsync(
            Bus.Messages.Of(new TaskFailed(task.TaskId, error, now, task.ReplyTo, service, Operation: "mail.send"))
        );
        await Bus.DeliverAsync(
            Bus.Messages.Of(new TaskIncident(task.TaskId, error, now, task.ReplyTo, service, Operation: "mail.send"))
        );

        await Eventually.TrueAsync(() => Bus.Errors.Count == 3);
        Bus.Errors.ShouldAllBe(reported => reported.Error.Code == "result-mismatch");
        (await core.StateAsync(instance)).ShouldBe("running");
        (await core.GetAsync("/incidents")).GetArrayLength().ShouldBe(0);
    }

    public static TheoryData<string> Spellings =>
        [
            "{0}-0{1}",
            "{0}-000000000000{1}",
            "{0}-+{1}",
            "{0}- {1}",
            "{0}-{1} ",
            " {0}-{1}",
            "{0} -{1}",
            "{0}--{1}",
            "{0}-{1}.0",
            "{0}-{1}e0",
            "{0}-٢",
            "{{{0}}}-{1}",
            "({0})-{1}",
            "UPPER-{1}",
            "BARE-{1}",
        ];

    [Theory]
    [MemberData(nameof(Spellings))]
    public async Task A_task_that_is_named_by_another_spelling_of_its_id_is_unknown(string spelling)
    {
        await using var core = await StartAsync(_table);
        var (instance, task) = await AskAsync(core);
        var before = await core.CountAsync("history");
        var key = task.TaskId[(task.TaskId.LastIndexOf('-') + 1)..];
        key.ShouldBe("2");
        var id = spelling
            .Replace("UPPER", instance.ToUpperInvariant(), StringComparison.Ordinal)
            .Replace("BARE", instance.Replace("-", "", StringComparison.Ordinal), StringComparison.Ordinal)
            .Replace("{{", "{", StringComparison.Ordinal)
            .Replace("}}", "}", StringComparison.Ordinal)
            .Replace("{0}", instance, StringComparison.Ordinal)
            .Replace("{1}", key, StringComparison.Ordinal);
        var now = DateTimeOffset.UtcNow;
        var service = new ServiceReference("test");
        var error = new ErrorInfo(ErrorCategory.Access, "unauthorized", "No.");
        var forged = TestBus.Completed(task) with { TaskId = id, Operation = "rest.request", Version = 77 };

        await DeliverAsync("rest", Bus.Messages.Of(forged));
        await DeliverAsync("rest", Bus.Messages.Of(forged with { Version = task.Version }));
        await DeliverAsync(
            "rest",
            Bus.Messages.Of(
                new TaskRejected(id, "rest.request", 1, task.ReplyTo, new BusinessError("NO", "No."), now, now, service)
            )
        );
        await DeliverAsync(
            "error-treatment",
            Bus.Messages.Of(new TaskFailed(id, error, now, task.ReplyTo, service, Operation: "rest.request"))
        );
        await DeliverAsync(
            "error-treatment",
            Bus.Messages.Of(new TaskIncident(id, error, now, task.ReplyTo, service, Operation: "rest.request"))
        );

        Bus.Errors.Select(reported => reported.Error.Code).ShouldBe(Enumerable.Repeat("unknown-task", 5));
        (await core.CountAsync("history")).ShouldBe(before);
        (await core.GetAsync("/incidents")).GetArrayLength().ShouldBe(0);
        await DeliverAsync("rest", Bus.Messages.Of(TestBus.Completed(task)));
        await core.EndedAsync(instance);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("1")]
    [InlineData("3")]
    [InlineData("99999")]
    [InlineData("2147483647")]
    [InlineData("2147483648")]
    public async Task A_number_that_was_never_given_to_a_task_is_unknown_and_leaves_no_history(string number)
    {
        await using var core = await StartAsync(_table);
        var (instance, task) = await AskAsync(core);
        var before = await core.CountAsync("history");

        await DeliverAsync("rest", Bus.Messages.Of(TestBus.Completed(task) with { TaskId = $"{instance}-{number}" }));

        await RefusedAsync("unknown-task", $"{instance}-{number}");
        (await core.CountAsync("history")).ShouldBe(before);
    }

    [Theory]
    [InlineData("mail")]
    [InlineData("process-core")]
    [InlineData("stranger")]
    [InlineData(null)]
    public async Task A_result_by_anybody_but_the_service_that_executes_it_completes_nothing(string? user)
    {
        await using var core = await StartAsync(_table);
        var (instance, task) = await AskAsync(core);

        await DeliverAsync(user, Bus.Messages.Of(TestBus.Completed(task)));

        await RefusedAsync("not-trusted", $"'{task.Operation}'");
        (await core.StateAsync(instance)).ShouldBe("running");
    }

    [Theory]
    [InlineData("rest")]
    [InlineData("error-treatment")]
    public async Task A_result_by_its_service_or_passed_on_by_error_treatment_completes_the_task(string user)
    {
        await using var core = await StartAsync(_table);
        var (instance, task) = await AskAsync(core);

        await DeliverAsync(user, Bus.Messages.Of(TestBus.Completed(task)));

        await core.EndedAsync(instance);
        Bus.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task Only_error_treatment_parks_a_task()
    {
        await using var core = await StartAsync(_table);
        var (_, task) = await AskAsync(core);
        var incident = new TaskIncident(
            task.TaskId,
            new ErrorInfo(ErrorCategory.Access, "unauthorized", "No."),
            DateTimeOffset.UtcNow,
            task.ReplyTo,
            new ServiceReference("test"),
            Operation: task.Operation
        );

        await DeliverAsync("rest", Bus.Messages.Of(incident));
        await RefusedAsync("not-trusted", "incident");
        (await core.GetAsync("/incidents")).GetArrayLength().ShouldBe(0);

        await DeliverAsync("error-treatment", Bus.Messages.Of(incident));
        (await core.GetAsync("/incidents")).GetArrayLength().ShouldBe(1);
    }

    private async Task<(string Instance, TaskRequested Task)> AskAsync(Core core)
    {
        await core.DeployAsync(
            new Drawing().Start().Service("Call", "rest.request").End().Flow("Start", "Call", "End")
        );
        var instance = await core.BeginAsync();
        await RequestedAsync(1);
        return (instance, Bus.Requests[0]);
    }

    private Task<Settlement> DeliverAsync(string? user, OutgoingMessage message) =>
        Bus.DeliverAsync(message with { Properties = message.Properties with { UserId = user } });

    /// <summary>It went to error treatment as it came, once, with the reason.</summary>
    private async Task RefusedAsync(string code, string text)
    {
        await Eventually.TrueAsync(() => Bus.Errors.Count == 1);
        Bus.Errors[0].Error.Code.ShouldBe(code);
        Bus.Errors[0].Error.Message.ShouldContain(text);
        Bus.Errors[0].Source.ShouldNotBeNull();
        Bus.Errors[0].Request.ShouldBeNull();
    }
}
