using System.Text.Json.Nodes;
using Integration.Contracts;
using Integration.Sdk;

namespace Integration.Testing;

/// <summary>Runs the example that an operation declares, so that what its reference page shows is true.</summary>
public static class ExampleRun
{
    /// <summary>Sends the inputs as a task and compares the outputs.</summary>
    /// <param name="service">The service, with what the example needs in place.</param>
    /// <param name="operation">Whose example.</param>
    /// <param name="example">The example.</param>
    /// <param name="adapt">
    /// Replaces in the text of inputs and outputs what an example says in general by what it is in the test, e.g.
    /// <c>https://api.example.org/</c> by the address of a target.
    /// </param>
    /// <returns>Every difference as a line; empty when the example is true.</returns>
    public static async Task<IReadOnlyList<string>> RunAsync(
        ServiceHarness service,
        OperationDescription operation,
        OperationExample example,
        Func<string, string>? adapt = null
    )
    {
        ArgumentNullException.ThrowIfNull(service);
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(example);
        adapt ??= text => text;
        var answer = await service.RunAsync(
            operation.Name,
            JsonNode.Parse(adapt(example.Inputs.GetRawText()))!,
            request => request with { Version = operation.Version }
        );
        return answer.Completed is { } completed
            ?
            [
                .. JsonPattern.Differences(
                    JsonNode.Parse(adapt(example.Outputs.GetRawText())),
                    JsonNode.Parse(completed.Outputs.GetRawText()),
                    "outputs"
                ),
            ]
            : [$"{answer.Type} instead of task.completed: {answer.Error ?? answer.Rejected?.Error.Message}"];
    }
}
