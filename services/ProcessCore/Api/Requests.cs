using System.Text.Json;

namespace Integration.ProcessCore.Api;

/// <summary>Body of <c>POST /instances</c>.</summary>
internal sealed record StartInstance(string? Definition, int? Version, string? BusinessKey, JsonElement? Variables);

/// <summary>Body of <c>POST /instances/{id}/cancel</c>; may be left out.</summary>
internal sealed record CancelInstance(string? Reason);

/// <summary>Body of <c>POST /messages</c>.</summary>
internal sealed record SendMessage(string? Name, string? CorrelationKey, JsonElement? Variables, string? RequestId);

/// <summary>Body of a route that needs nothing; may be left out.</summary>
internal sealed record NoFields;
