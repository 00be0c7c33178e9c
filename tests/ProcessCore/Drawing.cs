using System.Text;

namespace Integration.ProcessCore.Tests;

/// <summary>A process as Camunda Modeler would write it, drawn in a few lines.</summary>
internal sealed class Drawing(string id = "order")
{
    private readonly StringBuilder _process = new();
    private readonly StringBuilder _root = new();
    private readonly List<(string Id, string Source, string Target, string? Condition)> _flows = [];
    private readonly HashSet<string> _messages = [];

    public Drawing Start(string id = "Start", string? message = null, string extensions = "") =>
        Event("startEvent", id, message is null ? "" : MessageEventDefinition(message), extensions);

    public Drawing End(string id = "End", string definition = "", string extensions = "") =>
        Event("endEvent", id, definition, extensions);

    public Drawing ErrorEnd(string id, string code) => End(id, ErrorEventDefinition(code));

    public Drawing Terminate(string id) => End(id, $"<bpmn:terminateEventDefinition id=\"Terminate_{id}\" />");

    public Drawing Service(
        string id,
        string type = "rest.request",
        (string Target, string Source)[]? inputs = null,
        (string Target, string Source)[]? outputs = null,
        (string Key, string Value)[]? headers = null
    ) =>
        Element(
            "serviceTask",
            id,
            $"<zeebe:taskDefinition type=\"{type}\" />" + Mappings(inputs, outputs) + Headers(headers)
        );

    public Drawing Exclusive(string id, string? defaultFlow = null) =>
        Raw($"<bpmn:exclusiveGateway id=\"{id}\"{(defaultFlow is null ? "" : $" default=\"{defaultFlow}\"")} />");

    public Drawing Parallel(string id) => Raw($"<bpmn:parallelGateway id=\"{id}\" />");

    public Drawing Receive(
        string id,
        string message,
        string correlationKey = "=orderId",
        (string Target, string Source)[]? outputs = null
    )
    {
        DefineMessage(message, correlationKey);
        return Element("receiveTask", id, Mappings(null, outputs), $" messageRef=\"Message_{message}\"");
    }

    public Drawing CatchMessage(string id, string message, string correlationKey = "=orderId")
    {
        DefineMessage(message, correlationKey);
        return Event("intermediateCatchEvent", id, MessageEventDefinition(message));
    }

    public Drawing CatchTimer(string id, string duration) =>
        Event("intermediateCatchEvent", id, TimerEventDefinition("timeDuration", duration));

    public Drawing CatchDate(string id, string date) =>
        Event("intermediateCatchEvent", id, TimerEventDefinition("timeDate", date));

    public Drawing OnError(string id, string activity, string? code, string extensions = "") =>
        Raw(
            $"<bpmn:boundaryEvent id=\"{id}\" attachedToRef=\"{activity}\">{Extensions(extensions)}"
                + $"{(code is null ? $"<bpmn:errorEventDefinition id=\"Any_{id}\" />" : ErrorEventDefinition(code))}</bpmn:boundaryEvent>"
        );

    public Drawing OnTimer(string id, string activity, string duration, bool interrupting = true) =>
        Raw(
            $"<bpmn:boundaryEvent id=\"{id}\"{(interrupting ? "" : " cancelActivity=\"false\"")} attachedToRef=\"{activity}\">"
                + $"{TimerEventDefinition("timeDuration", duration)}</bpmn:boundaryEvent>"
        );

    /// <summary>Flows from each to the next; their ids are <c>A_B</c>.</summary>
    public Drawing Flow(params string[] nodes)
    {
        for (var i = 1; i < nodes.Length; i++)
            _flows.Add(($"{nodes[i - 1]}_{nodes[i]}", nodes[i - 1], nodes[i], null));
        return this;
    }

    public Drawing If(string source, string target, string condition)
    {
        _flows.Add(($"{source}_{target}", source, target, condition));
        return this;
    }

    public Drawing Element(string name, string id, string extensions, string attributes = "") =>
        Raw($"<bpmn:{name} id=\"{id}\"{attributes}>{Extensions(extensions)}</bpmn:{name}>");

    public Drawing Raw(string xml)
    {
        _process.AppendLine(xml);
        return this;
    }

    public Drawing Root(string xml)
    {
        _root.AppendLine(xml);
        return this;
    }

    public string Xml =>
        $"""
            <?xml version="1.0" encoding="UTF-8"?>
            <bpmn:definitions xmlns:bpmn="http://www.omg.org/spec/BPMN/20100524/MODEL" xmlns:zeebe="http://camunda.org/schema/zeebe/1.0" xmlns:camunda="http://camunda.org/schema/1.0/bpmn" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:modeler="http://camunda.org/schema/modeler/1.0" id="Definitions_1" targetNamespace="http://bpmn.io/schema/bpmn" modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.6.0">
            <bpmn:process id="{id}" isExecutable="true">
            {_process}{string.Concat(_flows.Select(Write))}
            </bpmn:process>
            {_root}
            </bpmn:definitions>
            """;

    public static string Mappings(
        (string Target, string Source)[]? inputs,
        (string Target, string Source)[]? outputs
    ) =>
        inputs is null && outputs is null
            ? ""
            : $"<zeebe:ioMapping>{Write("input", inputs)}{Write("output", outputs)}</zeebe:ioMapping>";

    private static string Write(string kind, (string Target, string Source)[]? mappings) =>
        string.Concat(
            (mappings ?? []).Select(mapping =>
                $"<zeebe:{kind} source=\"{Escape(mapping.Source)}\" target=\"{mapping.Target}\" />"
            )
        );

    private static string Headers((string Key, string Value)[]? headers) =>
        headers is null
            ? ""
            : $"<zeebe:taskHeaders>{string.Concat(headers.Select(header => $"<zeebe:header key=\"{header.Key}\" value=\"{header.Value}\" />"))}</zeebe:taskHeaders>";

    private static string Extensions(string extensions) =>
        extensions.Length == 0 ? "" : $"<bpmn:extensionElements>{extensions}</bpmn:extensionElements>";

    private static string Write((string Id, string Source, string Target, string? Condition) flow) =>
        $"<bpmn:sequenceFlow id=\"{flow.Id}\" sourceRef=\"{flow.Source}\" targetRef=\"{flow.Target}\">"
        + (
            flow.Condition is null
                ? ""
                : $"<bpmn:conditionExpression xsi:type=\"bpmn:tFormalExpression\">{Escape(flow.Condition)}</bpmn:conditionExpression>"
        )
        + "</bpmn:sequenceFlow>\n";

    private static string Escape(string text) => System.Security.SecurityElement.Escape(text);

    private static string TimerEventDefinition(string kind, string value) =>
        $"<bpmn:timerEventDefinition><bpmn:{kind} xsi:type=\"bpmn:tFormalExpression\">{Escape(value)}</bpmn:{kind}></bpmn:timerEventDefinition>";

    private string MessageEventDefinition(string message)
    {
        DefineMessage(message, correlationKey: null);
        return $"<bpmn:messageEventDefinition messageRef=\"Message_{message}\" />";
    }

    private string ErrorEventDefinition(string code)
    {
        if (_messages.Add("error " + code))
            Root($"<bpmn:error id=\"Error_{code}\" name=\"{code}\" errorCode=\"{code}\" />");
        return $"<bpmn:errorEventDefinition errorRef=\"Error_{code}\" />";
    }

    private void DefineMessage(string message, string? correlationKey)
    {
        if (!_messages.Add(message))
            return;
        var subscription = correlationKey is null
            ? ""
            : $"<bpmn:extensionElements><zeebe:subscription correlationKey=\"{Escape(correlationKey)}\" /></bpmn:extensionElements>";
        Root($"<bpmn:message id=\"Message_{message}\" name=\"{message}\">{subscription}</bpmn:message>");
    }

    private Drawing Event(string name, string id, string definition, string extensions = "") =>
        Raw($"<bpmn:{name} id=\"{id}\">{Extensions(extensions)}{definition}</bpmn:{name}>");
}
