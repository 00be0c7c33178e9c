using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.Bus.Tests;

/// <summary>The table that is made of deploy/rabbitmq/users, and what it is asked.</summary>
public sealed class TrustTableTests : IDisposable
{
    private static readonly ErrorInfo _error = new(ErrorCategory.Connectivity, "refused", "Refused.", Retryable: true);

    private readonly TemporaryFolder _folder = new("trust");
    private readonly TrustTable _table = TrustTable.Load(
        new BusOptions { TrustFile = RepositoryFolder.File("deploy/rabbitmq/trust.json") }
    );

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("rest", "rest.request", true)]
    [InlineData("rest", "mail.send", false)]
    [InlineData("rest", "restaurant.order", false)]
    [InlineData("rest", "rest", false)]
    [InlineData("rest", null, false)]
    [InlineData("process-core", "rest.request", false)]
    [InlineData("error-treatment", "rest.request", true)]
    [InlineData("stranger", "rest.request", false)]
    [InlineData(null, "rest.request", false)]
    public void Only_a_user_who_executes_an_operation_answers_for_it_or_error_treatment(
        string? user,
        string? operation,
        bool trusted
    ) => (_table.Answer(From(user), operation) is null).ShouldBe(trusted);

    [Theory]
    [InlineData("error-treatment", true)]
    [InlineData("rest", false)]
    [InlineData("process-core", false)]
    public void Only_error_treatment_says_that_a_task_is_parked(string user, bool trusted) =>
        (_table.Treat(From(user), "rest.request") is null).ShouldBe(trusted);

    [Theory]
    [InlineData("process-core", "process-core", true)]
    [InlineData("sender", "process-core", false)]
    [InlineData("rest", "process-core", false)]
    [InlineData("process-core", null, false)]
    public void Only_the_engine_itself_withdraws_its_tasks_and_asks(string user, string? engine, bool trusted)
    {
        (_table.Withdraw(From(user), engine) is null).ShouldBe(trusted);
        (_table.Request(From(user), "mail.send", engine) is null).ShouldBe(trusted);
    }

    [Theory]
    [InlineData("rest", "rest.request", "process-core", true)]
    [InlineData("rest", "mail.send", "process-core", false)]
    [InlineData("process-core", "mail.send", "process-core", true)]
    [InlineData("process-core", "mail.send", "sender", false)]
    [InlineData("sender", "mail.send", "sender", true)]
    public void An_error_with_a_request_comes_from_who_executes_it_or_has_asked_for_it(
        string user,
        string operation,
        string engine,
        bool trusted
    )
    {
        var request = new TaskRequested("t", operation, 1, engine, default);

        (_table.Report(From(user), Errored(operation, request)) is null).ShouldBe(trusted);
        (_table.Report(From(user), Errored(operation: null, request)) is null).ShouldBe(trusted);
    }

    [Fact]
    public void An_error_must_not_name_another_operation_than_its_request() =>
        _table
            .Report(
                From("rest"),
                Errored("rest.request", new TaskRequested("t", "mail.send", 1, "process-core", default))
            )
            .ShouldNotBeNull();

    [Theory]
    [InlineData("rest", "rest.request", true)]
    [InlineData("rest", "mail.send", false)]
    [InlineData("rest", null, false)]
    [InlineData("process-core", "mail.send", false)]
    public void An_error_without_a_request_comes_from_who_executes_the_operation(
        string user,
        string? operation,
        bool trusted
    ) => (_table.Report(From(user), Errored(operation)) is null).ShouldBe(trusted);

    [Theory]
    [InlineData("rest", Exchanges.Tasks, "rest.request.v1", true)]
    [InlineData("rest", Exchanges.Tasks, "mail.send.v1", false)]
    [InlineData("rest", Exchanges.Results, "process-core", false)]
    [InlineData("rest", Exchanges.Inbound, "start.order", false)]
    [InlineData("rest", Exchanges.Control, "cancel.rest.request", true)]
    [InlineData("rest", Exchanges.Control, "cancel.mail.send", false)]
    [InlineData("rest", Exchanges.Control, "describe.rest", true)]
    [InlineData("rest", Exchanges.Control, "describe.mail", false)]
    [InlineData("rest", Exchanges.Errors, "data.rest.request", false)]
    [InlineData("rest", "integration.rest.own", "rest.request.v1", false)]
    [InlineData("process-core", Exchanges.Results, "process-core", true)]
    [InlineData("process-core", Exchanges.Results, "process-core.retried", true)]
    [InlineData("process-core", Exchanges.Results, "sender", false)]
    [InlineData("process-core", Exchanges.Inbound, "start.order", true)]
    [InlineData("process-core", Exchanges.Inbound, "message.paid", true)]
    [InlineData("process-core", Exchanges.Inbound, "engine.process-core.start.order", true)]
    [InlineData("process-core", Exchanges.Inbound, "engine.sender.start.order", false)]
    [InlineData("process-core", Exchanges.Inbound, "engine.sender", false)]
    [InlineData("sender", Exchanges.Inbound, "engine.sender.start.order", true)]
    [InlineData("sender", Exchanges.Inbound, "start.order", false)]
    [InlineData("sender", Exchanges.Inbound, "message.paid", false)]
    [InlineData("process-core", Exchanges.Tasks, "mail.send.v1", false)]
    public void A_message_is_reported_only_by_who_can_have_got_it(
        string user,
        string exchange,
        string key,
        bool trusted
    ) =>
        (
            _table.Report(
                From(user),
                Errored(operation: null) with
                {
                    Source = new MessageSource(exchange, key, "{}", "text", 2),
                }
            )
            is null
        ).ShouldBe(trusted);

    [Theory]
    [InlineData("rest", "rest", "rest.request", true)]
    [InlineData("rest", "mail", "rest.request", false)]
    [InlineData("rest", "rest", "mail.send", false)]
    public void A_service_announces_itself_and_what_it_executes(
        string user,
        string service,
        string operation,
        bool trusted
    ) => (_table.Announce(From(user), service, [operation]) is null).ShouldBe(trusted);

    [Fact]
    public void A_refusal_names_the_user_what_it_claimed_what_it_may_and_the_way_out()
    {
        var refusal = _table.Answer(From("rest"), "mail.send").ShouldNotBeNull();

        refusal.Category.ShouldBe(ErrorCategory.Access);
        refusal.Code.ShouldBe("not-trusted");
        refusal.Message.ShouldContain("'rest'");
        refusal.Message.ShouldContain("'mail.send'");
        refusal.Message.ShouldContain("'rest.'");
        refusal.Message.ShouldContain("deploy/rabbitmq/users");
    }

    [Fact]
    public void Without_a_file_everybody_is_trusted()
    {
        TrustTable.Load(new BusOptions()).Restricts.ShouldBeFalse();
        TrustTable.Everybody.Answer(From(null), "mail.send").ShouldBeNull();
    }

    [Theory]
    [InlineData("", "not what it should be")]
    [InlineData("{}", "names no users")]
    [InlineData("""{"users": {}}""", "names no users")]
    [InlineData("""{"users": {"rest": null}}""", "'rest'")]
    [InlineData("""{"users": {"rest": {"operation": ["rest."]}}}""", "operation")]
    [InlineData("""{"users": {"rest": {"operations": ["rest"]}}}""", "'rest'; a prefix ends with a dot")]
    [InlineData("""{"users": {"rest": {"operations": ["*"]}}}""", "a prefix ends with a dot")]
    [InlineData("""{"users": {"rest": {"operations": [null]}}}""", "a prefix ends with a dot")]
    [InlineData("""{"users": {"rest": {"operations": null}}}""", "null for a list")]
    [InlineData("""{"users": {"shop": {"asks": ["rest"]}}}""", "or is * for all")]
    [InlineData("""{"users": {"shop": {"engines": ["a.b"]}}}""", "'a.b'")]
    [InlineData("""{"users": {"a": {"engines": ["e"]}, "b": {"engines": ["e"]}}}""", "the engine 'e' to several users")]
    public async Task A_file_that_is_not_as_it_should_be_is_refused_with_the_setting_and_the_place(
        string json,
        string place
    )
    {
        var file = _folder.Combine("trust.json");
        await File.WriteAllTextAsync(file, json, TestContext.Current.CancellationToken);

        var refused = Should.Throw<ArgumentException>(() => TrustTable.Load(new BusOptions { TrustFile = file }));

        refused.Message.ShouldContain("Bus__TrustFile");
        refused.Message.ShouldContain(place);
    }

    [Fact]
    public void A_file_that_is_not_there_is_refused_with_the_setting() =>
        Should
            .Throw<ArgumentException>(() =>
                TrustTable.Load(new BusOptions { TrustFile = _folder.Combine("missing.json") })
            )
            .Message.ShouldContain("Bus__TrustFile");

    [Fact]
    public async Task A_service_that_asks_others_passes_on_that_a_task_of_its_own_waits()
    {
        var file = _folder.Combine("asking.json");
        await File.WriteAllTextAsync(
            file,
            """
            {"users": {
              "buyer": {"operations": ["buyer."], "engines": ["buyer"], "asks": ["rest."]},
              "rest": {"operations": ["rest."]}
            }}
            """,
            TestContext.Current.CancellationToken
        );
        var table = TrustTable.Load(new BusOptions { TrustFile = file });

        table.Treat(From("buyer"), "buyer.buy").ShouldBeNull();
        table.Treat(From("buyer"), "rest.request").ShouldNotBeNull();
        table.Treat(From("buyer"), operation: null).ShouldNotBeNull();
        table.Treat(From("rest"), "rest.request").ShouldNotBeNull();
    }

    private static Delivery From(string? user) =>
        new("integration.x", "key", new MessageProperties { UserId = user }, ReadOnlyMemory<byte>.Empty);

    private static TaskErrored Errored(string? operation, TaskRequested? request = null) =>
        new(_error, DateTimeOffset.UnixEpoch, new ServiceReference("rest"), "t", 1, operation, request);
}
