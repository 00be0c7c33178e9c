using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Integration.ProcessCore.Tests.Persistence;

/// <summary>A process is taken out of service, and files that have several.</summary>
public sealed class WithdrawTests : CoreTest
{
    private static Drawing ByMessage(string id, string message) =>
        new Drawing(id).Start(message: message).Service("Call").End().Flow("Start", "Call", "End");

    private static async Task<JsonElement> WithdrawAsync(Core core, string id)
    {
        using var answer = await core.Http.PostAsync(
            $"/definitions/{Uri.EscapeDataString(id)}/withdraw",
            content: null
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return await answer.Content.ReadFromJsonAsync<JsonElement>();
    }

    private static async Task<string?> TakerAsync(Core core, string message)
    {
        using var answer = await core.Http.PostAsJsonAsync("/messages", new { name = message });
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return body.TryGetProperty("instanceId", out var instance) ? instance.GetString() : null;
    }

    [Fact]
    public async Task What_is_withdrawn_starts_no_more_and_what_runs_goes_on()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(OneTask());
        var instance = await core.BeginAsync();
        await RequestedAsync(1);

        var shown = await WithdrawAsync(core, "order");

        shown.GetProperty("version").GetInt32().ShouldBe(1);
        shown.TryGetProperty("withdrawnAt", out _).ShouldBeTrue();
        foreach (var start in new object[] { new { definition = "order" }, new { definition = "order", version = 1 } })
        {
            using var refused = await core.Http.PostAsJsonAsync("/instances", start);
            refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
            (await refused.Content.ReadAsStringAsync()).ShouldContain("withdrawn");
        }
        await Bus.CompleteAsync(Bus.Requests[0]);
        await core.EndedAsync(instance);
        (await core.GetAsync("/definitions"))[0].TryGetProperty("withdrawnAt", out _).ShouldBeTrue();
        (await core.GetAsync("/definitions/order/1")).GetProperty("xml").GetString().ShouldBe(OneTask().Xml);
    }

    [Fact]
    public async Task It_stays_withdrawn_over_a_restart_and_comes_back_when_it_is_deployed_again()
    {
        await using (var core = await StartAsync())
        {
            await core.DeployAsync(OneTask());
            await WithdrawAsync(core, "order");
            (await WithdrawAsync(core, "order")).GetProperty("version").GetInt32().ShouldBe(1);
        }
        await using var again = await StartAsync();
        using var refused = await again.Http.PostAsJsonAsync("/instances", new { definition = "order" });
        refused.StatusCode.ShouldBe(HttpStatusCode.BadRequest);

        using var deployed = await again.PostXmlAsync(OneTask().Xml);

        deployed.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await deployed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("version").GetInt32().ShouldBe(1);
        await again.BeginAsync();
        (await again.GetAsync("/definitions"))[0].TryGetProperty("withdrawnAt", out _).ShouldBeFalse();
    }

    [Fact]
    public async Task The_message_that_started_it_is_free_for_another_process()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(ByMessage("a/b", "order placed"));
        using var taken = await core.PostXmlAsync(ByMessage("other", "order placed").Xml);
        taken.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await taken.Content.ReadAsStringAsync()).ShouldContain("withdraw that process");

        await WithdrawAsync(core, "a/b");

        (await TakerAsync(core, "order placed")).ShouldBeNull();
        await core.DeployAsync(ByMessage("other", "order placed"));
        var instance = await TakerAsync(core, "order placed");
        (await core.ShowAsync(instance!)).GetProperty("definition").GetString().ShouldBe("other");
        using var back = await core.PostXmlAsync(ByMessage("a/b", "order placed").Xml);
        back.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task What_was_never_deployed_cannot_be_withdrawn()
    {
        await using var core = await StartAsync();

        using var answer = await core.Http.PostAsync("/definitions/order/withdraw", content: null);

        answer.StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private static string Two(string message) =>
        ByMessage("first", message)
            .Root(
                """
                <bpmn:process id="second" name="Second" isExecutable="true">
                <bpmn:startEvent id="Begin" />
                <bpmn:serviceTask id="Work"><bpmn:extensionElements><zeebe:taskDefinition type="rest.request" /></bpmn:extensionElements></bpmn:serviceTask>
                <bpmn:sequenceFlow id="Begin_Work" sourceRef="Begin" targetRef="Work" />
                </bpmn:process>
                """
            )
            .Xml;

    [Fact]
    public async Task A_file_with_two_processes_deploys_both_or_none()
    {
        await using var core = await StartAsync();
        await core.DeployAsync(ByMessage("other", "taken"));
        using var refused = await core.PostXmlAsync(Two("taken"));
        refused.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await core.CountAsync("definitions")).ShouldBe(1);

        using var deployed = await core.PostXmlAsync(Two("placed"));

        deployed.StatusCode.ShouldBe(HttpStatusCode.Created);
        var answer = await deployed.Content.ReadFromJsonAsync<JsonElement>();
        answer.GetProperty("id").GetString().ShouldBe("first");
        answer
            .GetProperty("definitions")
            .EnumerateArray()
            .Select(definition => definition.GetProperty("id").GetString())
            .ShouldBe(["first", "second"]);
        await core.BeginAsync("second");
        (await TakerAsync(core, "placed")).ShouldNotBeNull();
        await RequestedAsync(2);
        using var same = await core.PostXmlAsync(Two("placed"));
        same.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await core.CountAsync("definitions")).ShouldBe(3);
    }

    [Fact]
    public async Task A_file_with_two_processes_is_found_again_by_a_core_that_did_not_deploy_it()
    {
        await using (var core = await StartAsync())
        {
            using var deployed = await core.PostXmlAsync(Two("placed"));
            deployed.StatusCode.ShouldBe(HttpStatusCode.Created);
        }
        await using var again = await StartAsync();

        var instance = await again.BeginAsync("second");

        (await again.ShowAsync(instance)).GetProperty("open")[0].GetProperty("element").GetString().ShouldBe("Work");
    }

    [Fact]
    public async Task Two_processes_of_a_file_cannot_begin_by_the_same_message()
    {
        await using var core = await StartAsync();
        var xml = Two("placed")
            .Replace(
                "<bpmn:startEvent id=\"Begin\" />",
                "<bpmn:startEvent id=\"Begin\"><bpmn:messageEventDefinition messageRef=\"Message_placed\" /></bpmn:startEvent>"
            );

        using var answer = await core.PostXmlAsync(xml);

        answer.StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await core.CountAsync("definitions")).ShouldBe(0);
    }
}
