using System.Net.Http.Json;
using System.Text.Json;
using Integration.Bus;
using Integration.Contracts;
using Integration.Fixtures;

namespace Integration.ProcessCore.Tests.Persistence;

public sealed class MessageFlowTests : CoreTest
{
    private static Drawing Paid() =>
        new Drawing().Start().Receive("Payment", "payment").End().Flow("Start", "Payment", "End");

    private Task<Settlement> SendAsync(string name, string? key, object variables, string requestId) =>
        Bus.DeliverAsync(
            Bus.Messages.Of(new MessageReceived(name, JsonSerializer.SerializeToElement(variables), requestId, key))
        );

    [Fact]
    public async Task A_message_reaches_the_instance_with_its_key_and_no_other()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(Paid());
        var one = await core.BeginAsync(variables: new { orderId = "A1" });
        var two = await core.BeginAsync(variables: new { orderId = "A2" });

        await SendAsync("payment", "A2", new { amount = 5 }, "r1");

        await core.EndedAsync(two);
        (await core.StateAsync(one)).ShouldBe("running");
    }

    [Fact]
    public async Task A_message_that_comes_too_early_waits_for_its_instance()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(Paid());

        await SendAsync("payment", "A1", new { amount = 5 }, "r1");
        var instance = await core.BeginAsync(variables: new { orderId = "A1" });

        await core.EndedAsync(instance);
    }

    [Fact]
    public async Task A_message_is_taken_once_however_often_it_is_sent()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(Paid());
        var one = await core.BeginAsync(variables: new { orderId = "A1" });
        await SendAsync("payment", "A1", new { }, "r1");
        await core.EndedAsync(one);

        await SendAsync("payment", "A1", new { }, "r1");
        var two = await core.BeginAsync(variables: new { orderId = "A1" });

        (await core.StateAsync(two)).ShouldBe("running");
        await SendAsync("payment", "A1", new { }, "r2");
        await core.EndedAsync(two);
    }

    [Fact]
    public async Task One_message_has_one_taker_the_one_that_has_waited_longest()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(Paid());
        var one = await core.BeginAsync(variables: new { orderId = "A1" });
        var two = await core.BeginAsync(variables: new { orderId = "A1" });

        await SendAsync("payment", "A1", new { }, "r1");

        await core.EndedAsync(one);
        (await core.StateAsync(two)).ShouldBe("running");
    }

    [Fact]
    public async Task Many_messages_and_instances_at_once_all_find_each_other()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(Paid());
        var keys = Enumerable.Range(0, 50).Select(number => $"A{number}").ToList();

        var instances = keys.Select(key => core.BeginAsync(variables: new { orderId = key })).ToList();
        await Task.WhenAll(keys.Select(key => SendAsync("payment", key, new { }, key)));

        foreach (var instance in instances)
            await core.EndedAsync(await instance);
        (await core.CountAsync("subscriptions")).ShouldBe(0);
    }

    [Fact]
    public async Task A_message_start_event_begins_an_instance_once()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(
            new Drawing().Start("Start", "placed").Service("Call").End().Flow("Start", "Call", "End")
        );

        await SendAsync("placed", null, new { amount = 5 }, "r1");
        await SendAsync("placed", null, new { amount = 5 }, "r1");

        var instance = (await core.GetAsync("/instances")).EnumerateArray().ShouldHaveSingleItem();
        instance.GetProperty("definition").GetString().ShouldBe("order");
        await RequestedAsync(1);
    }

    [Fact]
    public async Task A_message_starts_the_latest_version_and_only_one_process()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(new Drawing().Start("Start", "placed").End().Flow("Start", "End"));
        await core.DeployAsync(new Drawing().Start("Begin", "placed").End().Flow("Begin", "End"));
        using var refused = await core.PostXmlAsync(
            new Drawing("other").Start("Start", "placed").End().Flow("Start", "End").Xml
        );
        refused.StatusCode.ShouldBe(System.Net.HttpStatusCode.UnprocessableEntity);
        (await refused.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).ShouldContain(
            "already starts the process"
        );

        await SendAsync("placed", null, new { }, "r1");

        (await core.GetAsync("/instances"))[0].GetProperty("version").GetInt32().ShouldBe(2);
    }

    [Fact]
    public async Task A_message_that_nobody_wants_in_time_goes_to_error_treatment()
    {
        await using var core = await StartAsync("--Core:MessageTimeToLive=00:00:00.05");

        await SendAsync("payment", "A1", new { amount = 5 }, "r1");

        await Eventually.TrueAsync(() => Bus.Errors.Count == 1);
        Bus.Errors[0].Error.Code.ShouldBe("message-expired");
        Bus.Errors[0].Error.Message.ShouldContain("\"A1\"");
        Bus.Errors[0].Source!.RoutingKey.ShouldBe("message.payment");
    }

    [Fact]
    public async Task A_message_that_nobody_wants_in_time_names_its_engine_when_that_is_not_the_default_one()
    {
        await using var core = await StartAsync(
            "--Core:MessageTimeToLive=00:00:00.05",
            "--Core:Name=billing",
            "--Core:DefaultEngine=false"
        );
        using var sent = await core.Http.PostAsJsonAsync(
            "/messages",
            new { name = "payment", requestId = "r1" },
            TestContext.Current.CancellationToken
        );
        sent.IsSuccessStatusCode.ShouldBeTrue();

        await Eventually.TrueAsync(() => Bus.Errors.Count == 1);

        var source = Bus.Errors[0].Source!;
        source.RoutingKey.ShouldBe("engine.billing.message.payment");
        JsonElement.Parse(source.Body).GetProperty("engine").GetString().ShouldBe("billing");
    }

    [Fact]
    public async Task A_process_start_from_the_bus_counts_once()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());
        var start = Bus.Messages.Of(
            new ProcessStart("order", JsonSerializer.SerializeToElement(new { a = 1 }), "r1", "CR-17")
        );

        await Task.WhenAll(Bus.DeliverAsync(start), Bus.DeliverAsync(start));
        await Bus.DeliverAsync(start);

        var instance = (await core.GetAsync("/instances")).EnumerateArray().ShouldHaveSingleItem();
        instance.GetProperty("businessKey").GetString().ShouldBe("CR-17");
        Bus.Errors.ShouldBeEmpty();
    }
}
