using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Errors;
using Integration.Soap.Wsdl;

namespace Integration.Soap.Commands;

/// <summary>A WSDL in words.</summary>
/// <param name="wsdl">What was read.</param>
/// <param name="service">The service that it is configured for; null for none.</param>
/// <param name="operation">The only one to show; null for all.</param>
internal sealed class WsdlText(WsdlDescription wsdl, string? service, string? operation)
{
    private const string Unnamed = "example";

    private static readonly JsonSerializerOptions _indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public async Task WriteAsync(TextWriter output)
    {
        await output.WriteLineAsync($"WSDL {Place}");
        foreach (var ports in wsdl.Ports.GroupBy(port => port.Service))
        {
            await output.WriteLineAsync();
            await output.WriteLineAsync(
                ports.Key.Name.Length > 0
                    ? $"Service {ports.Key.Name} ({ports.Key.Namespace})"
                    : $"No service, only bindings ({ports.Key.Namespace})"
            );
            foreach (var port in ports)
                await WriteAsync(output, port);
        }

        if (wsdl.Notices.Count > 0)
        {
            await output.WriteLineAsync();
            await output.WriteLineAsync("Notices, which hinder nothing but the operations that cannot be called:");
            foreach (var notice in wsdl.Notices)
                await output.WriteLineAsync($"  {notice}");
        }

        await output.WriteLineAsync();
        await output.WriteLineAsync(
            service is null
                ? $"The examples are inputs of soap.call. Try one:\n  --try soap.call 'EXAMPLE' --Soap__Services__{Unnamed}__Wsdl={Place}"
                : "The examples are inputs of soap.call. Try one:\n  --try soap.call 'EXAMPLE'"
        );
    }

    private string Place => wsdl.Location.IsFile ? wsdl.Location.LocalPath : wsdl.Location.ToString();

    private async Task WriteAsync(TextWriter output, WsdlPort port)
    {
        var version = port.Version == SoapVersion.Soap11 ? "SOAP 1.1" : "SOAP 1.2";
        var address = port.Address?.ToString() ?? "without an address: set Address";
        await output.WriteLineAsync();
        await output.WriteLineAsync($"  Port {port.Name}, {version}, {address}");
        foreach (var one in port.Operations.Values.Where(one => operation is null || one.Name == operation))
            await WriteAsync(output, port, one);
    }

    private async Task WriteAsync(TextWriter output, WsdlPort port, WsdlOperation one)
    {
        await output.WriteLineAsync();
        if (one.Messages is null)
        {
            await output.WriteLineAsync($"    {one.Name} cannot be called: {one.Refusal}");
            return;
        }

        await output.WriteLineAsync($"    {one.Name}{(one.IsOneWay ? " (without an answer)" : "")}");
        if (one.Documentation is { } text)
            await output.WriteLineAsync($"      {string.Join(' ', text.Split(default(char[]), SplitAt))}");
        if (one.Faults.Count > 0)
            await output.WriteLineAsync($"      Faults: {string.Join(", ", one.Faults)}");
        var example = Example(port, one);
        foreach (var line in example.ToJsonString(_indented).Split('\n'))
            await output.WriteLineAsync($"      {line}");
        if (Problem(one, example) is { } problem)
            await output.WriteLineAsync(
                $"      It cannot be sent as it is, for not all of it could be made up: {problem}"
            );
    }

    private static string? Problem(WsdlOperation one, JsonObject example)
    {
        try
        {
            one.Messages!.Map(Element(example["input"]), Element(example["headers"]));
            return null;
        }
        catch (DataErrorException e)
        {
            return e.Message;
        }
    }

    private static JsonElement? Element(JsonNode? node) =>
        node is null ? null : JsonSerializer.SerializeToElement(node);

    private const StringSplitOptions SplitAt = StringSplitOptions.RemoveEmptyEntries;

    private JsonObject Example(WsdlPort port, WsdlOperation one)
    {
        var inputs = new JsonObject { ["service"] = service ?? Unnamed, ["operation"] = one.Name };
        if (wsdl.Ports.Count > 1)
            inputs["port"] = port.Name;
        inputs["input"] = one.Messages!.ExampleInput();
        if (one.Messages.ExampleHeaders() is { } headers)
            inputs["headers"] = headers;
        return inputs;
    }
}
