using System.Text.Json;

namespace Integration.ProcessCore.Api;

/// <summary>Body of <c>POST /instances</c>.</summary>
/// <param name="Definition">BPMN process id. Required.</param>
/// <param name="Version">A certain version; the latest unless given.</param>
/// <param name="BusinessKey">What the instance is known by outside.</param>
/// <param name="Variables">An object; what the process begins with.</param>
internal sealed record StartInstance(string? Definition, int? Version, string? BusinessKey, JsonElement? Variables);

/// <summary>Body of <c>POST /instances/{id}/cancel</c>; may be left out.</summary>
/// <param name="Reason">Why, for the history and the services whose tasks are withdrawn.</param>
internal sealed record CancelInstance(string? Reason);

/// <summary>Body of <c>POST /messages</c>.</summary>
/// <param name="Name">Of the BPMN message. Required.</param>
/// <param name="CorrelationKey">Which of the instances that wait for it gets it.</param>
/// <param name="Variables">An object; what the instance gets.</param>
/// <param name="RequestId">Repeating it delivers nothing a second time.</param>
internal sealed record SendMessage(string? Name, string? CorrelationKey, JsonElement? Variables, string? RequestId);

/// <summary>Body of a route that needs nothing; may be left out.</summary>
internal sealed record NoFields;
