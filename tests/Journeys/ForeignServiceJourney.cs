using System.Diagnostics;

namespace Integration.Journeys.Tests;

/// <summary>A service that is not ours, in another language: it knows docs/reference/contract.md and nothing else.</summary>
public sealed class ForeignServiceJourney(Broker broker)
{
    private const string Definition = """
        <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL"
            xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" targetNamespace="journeys">
          <bpmn:process id="reverse" isExecutable="true">
            <bpmn:startEvent id="Start" />
            <bpmn:sequenceFlow id="ToReverse" sourceRef="Start" targetRef="Reverse" />
            <bpmn:serviceTask id="Reverse">
              <bpmn:extensionElements>
                <zeebe:taskDefinition type="text.reverse" />
                <zeebe:ioMapping>
                  <zeebe:input source="=word" target="text" />
                  <zeebe:output source="=text" target="reversed" />
                </zeebe:ioMapping>
              </bpmn:extensionElements>
            </bpmn:serviceTask>
            <bpmn:sequenceFlow id="ToEnd" sourceRef="Reverse" targetRef="End" />
            <bpmn:endEvent id="End" />
          </bpmn:process>
        </bpmn:definitions>
        """;

    [Fact]
    public async Task The_service_that_the_contract_page_shows_in_Node_works_for_the_process_core_and_reports_what_does_not_fit()
    {
        await using var system = new Deployment(broker.TakeVirtualHost());
        await Task.WhenAll(system.StartAsync("ProcessCore"), system.StartAsync("ErrorTreatment"));
        using var folder = new TemporaryFolder("node-service");
        await using var service = await NodeService.StartAsync(folder, system.Broker);
        await system.Core.DeployAsync(Definition);

        var fitting = await system.Core.StartAsync("reverse", new { word = "lager" });
        var unfitting = await system.Core.StartAsync("reverse", new { word = 17 });

        (await system.Core.CompletedAsync(fitting)).Variables.GetProperty("reversed").GetString().ShouldBe("regal");
        var failures = await system.Treatment.UntilAsync(failures => failures.ShouldHaveSingleItem());
        failures[0].Error.Code.ShouldBe("invalid-input");
        failures[0].Error.Message.ShouldContain("'text'");
        await system.Core.UntilAsync(unfitting, instance => instance.Incidents.ShouldHaveSingleItem());
    }

    /// <summary>The page's program, for as long as the test runs.</summary>
    private sealed class NodeService(Process process) : IAsyncDisposable
    {
        public static async Task<NodeService> StartAsync(TemporaryFolder folder, Uri broker)
        {
            var program = Page.Open("docs/reference/contract.md").Section("A service in Node").Block("js");
            await File.WriteAllTextAsync(folder.Combine("service.mjs"), program);
            await Command.SucceedAsync(folder.Path, "npm install --no-audit --no-fund amqplib");
            var start = new ProcessStartInfo("node", ["service.mjs"])
            {
                WorkingDirectory = folder.Path,
                UseShellExecute = false,
                RedirectStandardOutput = true,
                Environment = { ["AMQP_URL"] = broker.ToString() },
            };
            var process = Process.Start(start)!;
            var service = new NodeService(process);
            (await process.StandardOutput.ReadLineAsync().WaitAsync(Api.Patience)).ShouldBe("text.reverse is ready");
            return service;
        }

        public async ValueTask DisposeAsync()
        {
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
