using System.Text.Json;

namespace Integration.Contracts;

/// <summary>A declared business error; the engine raises it as a BPMN error with the same code.</summary>
/// <param name="Code">As declared by the operation or its input, e.g. <c>BLACKLISTED</c>.</param>
/// <param name="Message">One sentence for a person.</param>
/// <param name="Data">What the process may map from, e.g. the external system's answer.</param>
public sealed record BusinessError(string Code, string Message, JsonElement? Data = null);
