using System.Diagnostics.Metrics;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Integration.Bus;
using Integration.Contracts;
using Integration.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Integration.ProcessCore.Tests.Persistence;

/// <summary>What whoever started an instance learns of it.</summary>
public sealed class EndOfInstanceTests : CoreTest
{
    private Task<Settlement> AskAsync(string requestId, object? variables = null, string definition = "order") =>
        Bus.DeliverAsync(
            Bus.Messages.Of(
                new ProcessStart(
                    definition,
                    JsonSerializer.SerializeToElement(variables ?? new { a = 1 }),
                    requestId,
                    "CR-17",
                    Tenant: "north",
                    ReplyTo: "gateway"
                )
            )
        );

    private Task ToldAsync(int completions = 0, int failures = 0) =>
        Eventually.TrueAsync(() => Bus.Completions.Count == completions && Bus.Failures.Count == failures);

    [Fact]
    public async Task Whoever_started_an_instance_learns_its_outputs_when_it_ends()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());
        await AskAsync("r1");
        await RequestedAsync(1);
        Bus.Completions.ShouldBeEmpty();

        await Bus.CompleteAsync(Bus.Requests[0], new { granted = true });

        await ToldAsync(completions: 1);
        var told = Bus.Completions[0];
        told.RequestId.ShouldBe("r1");
        told.ReplyTo.ShouldBe("gateway");
        told.Engine.ShouldBe("process-core");
        told.InstanceId.ShouldBe(Bus.Requests[0].Process!.InstanceId);
        told.BusinessKey.ShouldBe("CR-17");
        told.Tenant.ShouldBe("north");
        told.Version.ShouldBe(1);
        told.Outputs.ToString().ShouldBe("""{"a":1,"granted":true}""");
        var message = Bus.Published.Single(one => one.Properties.Type == EventTypes.InstanceCompleted);
        message.Exchange.ShouldBe(Exchanges.Results);
        message.RoutingKey.ShouldBe("gateway");
        message.Properties.CorrelationId.ShouldBe("r1");
    }

    [Fact]
    public async Task It_is_told_once_however_often_start_and_result_are_delivered()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());
        await AskAsync("r1");
        await AskAsync("r1");
        await RequestedAsync(1);

        await Bus.CompleteAsync(Bus.Requests[0]);
        await Bus.CompleteAsync(Bus.Requests[0]);
        await AskAsync("r1");

        await ToldAsync(completions: 1);
        await Eventually.TrueAsync(async () => await core.CountAsync("outbox") == 0);
        Bus.Completions.Count.ShouldBe(1);
        Bus.Failures.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_process_that_ends_with_an_error_is_told_with_its_code()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(new Drawing().Start().ErrorEnd("Refused", "BLACKLISTED").Flow("Start", "Refused"));

        await AskAsync("r1");

        await ToldAsync(failures: 1);
        var told = Bus.Failures[0];
        told.Error.Category.ShouldBe(ErrorCategory.Business);
        told.Error.Code.ShouldBe("BLACKLISTED");
        told.Error.Message.ShouldContain("Refused");
        told.InstanceId.ShouldNotBeNull();
        told.RequestId.ShouldBe("r1");
    }

    [Fact]
    public async Task A_process_that_an_operator_cancels_is_told_with_the_reason()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());
        await AskAsync("r1");
        await RequestedAsync(1);

        using var answer = await core.Http.PostAsJsonAsync(
            $"/instances/{Bus.Requests[0].Process!.InstanceId}/cancel",
            new { reason = "The customer has changed their mind." },
            TestContext.Current.CancellationToken
        );

        answer.EnsureSuccessStatusCode();
        await ToldAsync(failures: 1);
        Bus.Failures[0].Error.Category.ShouldBe(ErrorCategory.Internal);
        Bus.Failures[0].Error.Code.ShouldBe("cancelled");
        Bus.Failures[0].Error.Message.ShouldContain("changed their mind");
    }

    [Fact]
    public async Task A_message_that_starts_a_process_and_names_a_replyTo_is_answered_too()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(new Drawing().Start("Start", "placed").End().Flow("Start", "End"));

        await Bus.DeliverAsync(
            Bus.Messages.Of(new MessageReceived("placed", JsonElement.Parse("{}"), "m1", ReplyTo: "gateway"))
        );

        await ToldAsync(completions: 1);
        Bus.Completions[0].RequestId.ShouldBe("m1");
    }

    [Fact]
    public async Task A_message_that_has_expired_and_is_sent_again_counts_again_under_the_same_id()
    {
        await using var core = await StartAsync("--Core:MessageTimeToLive=00:00:00.05");
        var message = new MessageReceived("placed", JsonElement.Parse("{}"), "m1", ReplyTo: "gateway");
        await Bus.DeliverAsync(Bus.Messages.Of(message));
        await Eventually.TrueAsync(() => Bus.Errors.Count == 1);
        await core.DeployAsync(new Drawing().Start("Start", "placed").End().Flow("Start", "End"));

        var source = Bus.Errors[0].Source!;
        await Bus.DeliverAsync(
            new OutgoingMessage(
                source.Exchange,
                source.RoutingKey,
                new MessageProperties { Type = source.Type, MessageId = source.MessageId },
                System.Text.Encoding.UTF8.GetBytes(source.Body)
            )
        );

        await ToldAsync(completions: 1);
        Bus.Completions[0].RequestId.ShouldBe("m1");
    }

    [Fact]
    public async Task Nobody_is_told_who_does_not_want_to_know()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(new Drawing().Start().End().Flow("Start", "End"));

        await Bus.DeliverAsync(Bus.Messages.Of(new ProcessStart("order", JsonElement.Parse("{}"), "r1")));
        await core.EndedAsync(await core.BeginAsync());

        Bus.Published.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("x")]
    [InlineData("\u00e4")]
    [InlineData("\U0001F600")]
    public async Task A_reason_that_is_too_long_for_an_event_is_cut_with_the_way_to_all_of_it(string character)
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());
        await AskAsync("r1");
        await RequestedAsync(1);
        var instance = Bus.Requests[0].Process!.InstanceId;
        var reason = string.Concat(
            Enumerable.Repeat(character, (Limits.Body - 100) / Encoding.UTF8.GetByteCount(character))
        );

        using var answer = await core.Http.PostAsync(
            $"/instances/{instance}/cancel",
            new StringContent($"{{\"reason\":\"{reason}\"}}", Encoding.UTF8, "application/json"),
            TestContext.Current.CancellationToken
        );

        answer.EnsureSuccessStatusCode();
        await ToldAsync(failures: 1);
        Bus.Published.Single(one => one.Properties.Type == EventTypes.InstanceFailed)
            .Body.Length.ShouldBeLessThan(Limits.Body);
        Bus.Failures[0].Error.Code.ShouldBe("cancelled");
        Bus.Failures[0].Error.Message.ShouldStartWith(character);
        Bus.Failures[0].Error.Message.ShouldContain($"GET /instances/{instance}/history");
    }

    [Fact]
    public async Task The_code_of_an_error_end_that_is_too_long_for_an_event_is_cut()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(
            new Drawing().Start().ErrorEnd("Refused", new string('C', Limits.Body)).Flow("Start", "Refused")
        );

        await AskAsync("r1");

        await ToldAsync(failures: 1);
        Bus.Failures[0].Error.Category.ShouldBe(ErrorCategory.Business);
        Bus.Published.Single(one => one.Properties.Type == EventTypes.InstanceFailed)
            .Body.Length.ShouldBeLessThan(Limits.Body);
    }

    [Fact]
    public async Task A_start_that_cannot_be_and_repeats_one_that_was_done_is_counted_and_not_answered()
    {
        await using var core = await StartAsync();
        var counted = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listening) =>
            {
                if (
                    instrument.Name == "integration.starts.repeated_and_refused"
                    && ReferenceEquals(instrument.Meter.Scope, core.Services.GetRequiredService<IMeterFactory>())
                )
                    listening.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref counted, value));
        listener.Start();
        await core.DeployAsync(OneTask());
        await AskAsync("r1");
        await RequestedAsync(1);

        await Bus.DeliverAsync(
            new OutgoingMessage(
                Exchanges.Inbound,
                "start.order",
                new MessageProperties { MessageId = "m2" },
                Encoding.UTF8.GetBytes("""{"definition":"order","variables":[],"requestId":"r1","replyTo":"gateway"}""")
            )
        );

        Interlocked.Read(ref counted).ShouldBe(1);
        Bus.Failures.ShouldBeEmpty();
        Bus.Errors.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_refused_start_is_answered_with_whole_characters_of_its_definition()
    {
        await using var core = await StartAsync();
        var definition = string.Concat(Enumerable.Repeat("\U0001F600", Limits.Name + 1));

        await Bus.DeliverAsync(
            new OutgoingMessage(
                Exchanges.Inbound,
                "start.x",
                new MessageProperties { MessageId = "m1" },
                Encoding.UTF8.GetBytes(
                    $$"""{"definition":"a{{definition}}","variables":{},"requestId":"r1","replyTo":"gateway"}"""
                )
            )
        );

        Bus.Failures.ShouldHaveSingleItem().Definition.ShouldBe("a" + definition[..(2 * (Limits.Name - 1))]);
    }

    [Fact]
    public async Task Outputs_that_are_too_large_for_an_event_are_left_out_with_the_way_to_them()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());
        await AskAsync("r1");
        await RequestedAsync(1);

        await Bus.CompleteAsync(Bus.Requests[0], new { text = new string('x', Limits.Body) });

        await ToldAsync(completions: 1);
        var told = Bus.Completions[0];
        told.Outputs.ToString().ShouldBe("{}");
        told.Omitted!.ShouldContain($"GET /instances/{told.InstanceId}");
        (await core.ShowAsync(told.InstanceId))
            .GetProperty("variables")
            .GetProperty("text")
            .GetString()!
            .Length.ShouldBe(Limits.Body);
    }

    [Fact]
    public async Task Outputs_that_are_nested_deeper_than_readers_take_are_left_out_too()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());
        await AskAsync("r1");
        await RequestedAsync(1);
        var instance = Bus.Requests[0].Process!.InstanceId;
        var deep = string.Concat(Enumerable.Repeat("[", 62)) + string.Concat(Enumerable.Repeat("]", 62));
        using var set = await core.Http.PatchAsync(
            $"/instances/{instance}/variables",
            new StringContent($"{{\"deep\":{deep}}}", System.Text.Encoding.UTF8, "application/json"),
            TestContext.Current.CancellationToken
        );
        set.EnsureSuccessStatusCode();

        await Bus.CompleteAsync(Bus.Requests[0]);

        await ToldAsync(completions: 1);
        Bus.Completions[0].Omitted!.ShouldContain("levels");
    }

    [Fact]
    public async Task The_end_that_was_committed_and_not_published_is_told_by_the_next_run_under_the_same_message_id()
    {
        await using (var core = await StartAsync())
        {
            await core.DeployAsync(OneTask());
            await AskAsync("r1");
            await RequestedAsync(1);
            Bus.GoAway();
            await Bus.CompleteAsync(Bus.Requests[0]);
            Bus.Completions.ShouldBeEmpty();
        }

        await using var other = new TestBus();
        await using var next = await Core.StartAsync(Database, other);
        await Eventually.TrueAsync(() => other.Completions.Count == 1);
        other.Completions[0].RequestId.ShouldBe("r1");
        await Eventually.TrueAsync(async () => await next.CountAsync("outbox") == 0);
    }

    [Fact]
    public async Task Who_is_to_be_told_is_known_in_the_next_run_too()
    {
        await using (var core = await StartAsync())
        {
            await core.DeployAsync(OneTask());
            await AskAsync("r1");
            await RequestedAsync(1);
        }

        await using var next = await StartAsync();
        await Bus.CompleteAsync(Bus.Requests[0]);

        await ToldAsync(completions: 1);
        Bus.Completions[0].ReplyTo.ShouldBe("gateway");
    }

    public static TheoryData<string, string, string> Refused =>
        new()
        {
            {
                """{"definition":"none","variables":{},"requestId":"r1","replyTo":"gateway"}""",
                "unknown-process",
                "none"
            },
            {
                """{"definition":"order","version":9,"variables":{},"requestId":"r1","replyTo":"gateway"}""",
                "unknown-process",
                "Version 9"
            },
            {
                """{"definition":"message","variables":{},"requestId":"r1","replyTo":"gateway"}""",
                "no-plain-start",
                "placed"
            },
            {
                """{"definition":"order","variables":[],"requestId":"r1","replyTo":"gateway"}""",
                "malformed-message",
                "variables"
            },
            {
                """{"definition":"order","version":0,"variables":{},"requestId":"r1","replyTo":"gateway"}""",
                "malformed-message",
                "version"
            },
            {
                """{"definition":"order","variables":{},"requestId":"r1","businessKey":"","replyTo":"gateway"}""",
                "malformed-message",
                "businessKey"
            },
            {
                """{"definition":"order","variables":{},"requestId":"r1","tenant":"a\u0000","replyTo":"gateway"}""",
                "malformed-message",
                "tenant"
            },
            {
                """{"definition":"a\u0000","variables":{},"requestId":"r1","replyTo":"gateway"}""",
                "malformed-message",
                "definition"
            },
        };

    [Theory]
    [MemberData(nameof(Refused))]
    public async Task A_start_that_cannot_be_is_answered_at_once_and_is_no_failure(
        string body,
        string code,
        string word
    )
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());
        await core.DeployAsync(new Drawing("message").Start("Start", "placed").End().Flow("Start", "End"));
        var start = new OutgoingMessage(
            Exchanges.Inbound,
            "start.order",
            new MessageProperties { MessageId = "m1" },
            System.Text.Encoding.UTF8.GetBytes(body)
        );

        await Bus.DeliverAsync(start);
        await Bus.DeliverAsync(start);

        Bus.Errors.ShouldBeEmpty();
        Bus.Failures.Count.ShouldBe(2);
        // A redelivery: the receiver knows the second by its message id.
        Bus.Published.Select(message => message.Properties.MessageId).Distinct().ShouldHaveSingleItem();
        var told = Bus.Failures[0];
        told.Error.Category.ShouldBe(ErrorCategory.Data);
        told.Error.Code.ShouldBe(code);
        told.Error.Message.ShouldContain(word);
        told.InstanceId.ShouldBeNull();
        EventRules.Check(told).ShouldBeNull();
        (await core.GetAsync("/instances")).GetArrayLength().ShouldBe(0);
    }

    public static TheoryData<string> Unanswerable =>
        [
            """{"definition":"none","variables":{},"requestId":"r1","replyTo":"a.b"}""",
            """{"definition":"none","variables":{},"requestId":"r1","replyTo":""}""",
            """{"definition":"none","variables":{},"requestId":"","replyTo":"gateway"}""",
            """{"definition":"none","variables":{},"requestId":"r1"}""",
            """{"definition":"none","variables":{},"requestId":"r1","requestId":"r2","replyTo":"gateway"}""",
        ];

    [Theory]
    [MemberData(nameof(Unanswerable))]
    public async Task A_start_that_cannot_be_answered_either_is_a_failure_as_ever(string body)
    {
        await using var core = await StartAsync();

        await Bus.DeliverAsync(
            new OutgoingMessage(
                Exchanges.Inbound,
                "start.order",
                new MessageProperties(),
                System.Text.Encoding.UTF8.GetBytes(body)
            )
        );

        Bus.Failures.ShouldBeEmpty();
        Bus.Errors.Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_request_that_was_refused_may_be_repeated_once_the_process_is_deployed()
    {
        await using var core = await StartAsync();
        await AskAsync("r1");
        await ToldAsync(failures: 1);

        await core.DeployAsync(new Drawing().Start().End().Flow("Start", "End"));
        await AskAsync("r1");

        await ToldAsync(completions: 1, failures: 1);
    }

    [Fact]
    public async Task A_request_that_has_started_an_instance_gets_no_second_answer_of_another_kind()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());
        await AskAsync("r1");
        await RequestedAsync(1);

        await AskAsync("r1", definition: "none");

        Bus.Failures.ShouldBeEmpty();
        Bus.Errors.ShouldBeEmpty();
        await Bus.CompleteAsync(Bus.Requests[0]);
        await ToldAsync(completions: 1);
    }
}
