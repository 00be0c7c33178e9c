using System.Text.Json;

namespace Integration.Contracts;

/// <summary>
/// A value does not have the form that its JSON converter reads. Thrown by a custom converter: the message goes to the
/// author of the value, behind the name of its place. Of any other <see cref="JsonException"/> only the place is passed on, as its words
/// are the framework's.
/// </summary>
/// <param name="message">A sentence that says how the value is written.</param>
public sealed class JsonMisfitException(string message) : JsonException(message);
