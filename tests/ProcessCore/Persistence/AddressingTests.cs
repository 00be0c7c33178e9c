using System.Text.Json;
using Integration.Bus;
using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.ProcessCore.Tests.Persistence;

public sealed class AddressingTests : CoreTest
{
    private static readonly JsonElement _none = JsonElement.Parse("{}");
    private static readonly Binding _starts = new(Exchanges.Inbound, "start.#");
    private static readonly Binding _messages = new(Exchanges.Inbound, "message.#");

    private static readonly string[] _billing = ["--Core:Name=billing"];

    private async Task<int> InstancesAsync(Core core) => (await core.GetAsync("/instances")).GetArrayLength();

    [Fact]
    public async Task The_core_of_that_name_takes_what_names_no_engine()
    {
        await using var core = await StartAsync();

        var pipe = Bus.PipeOf("integration.process-core");

        pipe.Bindings.ShouldBe([
            new Binding(Exchanges.Results, "process-core.#"),
            new Binding(Exchanges.Inbound, "engine.process-core.#"),
            _starts,
            _messages,
        ]);
        pipe.Unbound.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("--Core:Name=billing")]
    [InlineData("--Core:DefaultEngine=false")]
    public async Task A_core_that_is_not_the_default_engine_gives_up_the_bindings_of_earlier_releases(string setting)
    {
        await using var core = await StartAsync(setting);

        var pipe = Bus.PipeOf(
            setting.EndsWith("billing", StringComparison.Ordinal) ? "integration.billing" : "integration.process-core"
        );

        pipe.Bindings.ShouldNotContain(_starts);
        pipe.Unbound.ShouldBe([_starts, _messages]);
    }

    [Theory]
    [InlineData("--Core:Name=billing", 1)]
    [InlineData("--Core:Name=process-core", 0)]
    [InlineData("--Core:DefaultEngine=false", 0)]
    public async Task A_core_that_is_not_the_default_engine_says_what_does_not_reach_it_unless_it_is_meant_so(
        string setting,
        int lines
    )
    {
        using var log = new LogLines();
        await using var core = await Core.StartAsync(Database, Bus, log, setting);

        log.Count("Process starts and messages that name no engine do not reach billing").ShouldBe(lines, log.Text);
        log.Count("Core__DefaultEngine=true").ShouldBe(lines, log.Text);
    }

    [Fact]
    public async Task A_core_of_another_name_can_be_made_the_default_engine()
    {
        await using var core = await StartAsync([.. _billing, "--Core:DefaultEngine=true"]);
        await core.DeployAsync(OneTask());

        await Bus.DeliverAsync(Bus.Messages.Of(new ProcessStart("order", _none, "r1")));

        Bus.PipeOf("integration.billing").Bindings.ShouldContain(_messages);
        (await InstancesAsync(core)).ShouldBe(1);
    }

    [Fact]
    public async Task A_start_and_a_message_that_name_the_engine_are_taken_by_it()
    {
        await using var core = await StartAsync(_billing);
        await core.DeployAsync(
            new Drawing()
                .Start()
                .Start("Placed", "placed")
                .Service("Call")
                .End()
                .Flow("Start", "Call", "End")
                .Flow("Placed", "Call")
        );

        await Bus.DeliverAsync(Bus.Messages.Of(new ProcessStart("order", _none, "r1", Engine: "billing")));
        await Bus.DeliverAsync(Bus.Messages.Of(new MessageReceived("placed", _none, "r2", Engine: "billing")));

        Bus.Errors.ShouldBeEmpty();
        (await InstancesAsync(core)).ShouldBe(2);
    }

    public static TheoryData<string, string?> Astray =>
        new()
        {
            // Another engine's, the default engine's, and a name with a dot in the key.
            { "engine.shipping.start.order", "shipping" },
            { "start.order", null },
            { "engine.billing.start.order", null },
            { "start.order", "billing" },
            { "engine.shipping.start.order", "billing" },
            { "engine.billing.start.order", "shipping" },
            { "engine.billing.start.other", "billing" },
            { "engine.billing.start", "billing" },
            { "engine.billing.message.order", "billing" },
        };

    [Theory]
    [MemberData(nameof(Astray))]
    public async Task What_is_for_another_engine_or_says_two_things_is_a_visible_failure_and_starts_nothing(
        string key,
        string? engine
    )
    {
        await using var core = await StartAsync(_billing);
        await core.DeployAsync(OneTask());
        // An answer would say that this engine has decided about it.
        var start = Bus.Messages.Of(new ProcessStart("order", _none, "r1", Engine: engine, ReplyTo: "gateway"));

        (await Bus.DeliverAsync(start with { RoutingKey = key })).ShouldBe(Settlement.Acknowledge);

        (await InstancesAsync(core)).ShouldBe(0);
        Bus.Failures.ShouldBeEmpty();
        var error = Bus.Errors.ShouldHaveSingleItem();
        error.Error.Category.ShouldBe(ErrorCategory.Data);
        error.Source!.RoutingKey.ShouldBe(key);
    }

    [Fact]
    public async Task A_start_without_a_type_is_known_by_its_key()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());
        var start = Bus.Messages.Of(new ProcessStart("order", _none, "r1"));

        await Bus.DeliverAsync(start with { Properties = new MessageProperties() });
        await Bus.DeliverAsync(start with { Properties = new MessageProperties { Type = "nonsense" } });

        (await InstancesAsync(core)).ShouldBe(1);
        Bus.Errors.ShouldBeEmpty();
    }
}
