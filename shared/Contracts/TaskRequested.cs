using System.Text.Json;
using System.Text.Json.Serialization;

namespace Integration.Contracts;

/// <summary><c>task.requested</c>: an engine asks for one execution of an operation.</summary>
/// <param name="TaskId">Unique for ever, chosen by the engine (a UUID is recommended); the key of everything that follows.</param>
/// <param name="Operation">Name of the operation, e.g. <c>s3.put-object</c>.</param>
/// <param name="Version">Its major version, from 1.</param>
/// <param name="ReplyTo">Name of the engine that asked, without dots: the routing key of the answer.</param>
/// <param name="Inputs">A JSON object that fits the operation's input schema.</param>
/// <param name="Attempt">1 for the first; error treatment counts on with every retry.</param>
/// <param name="Process">Where the task comes from.</param>
/// <param name="Deadline">After this moment the engine no longer waits for the answer.</param>
/// <param name="Tenant">The tenant that the task is for, where one system serves many.</param>
/// <param name="AfterDoubt">
/// An operator who knows that the earlier attempt is in doubt has decided to repeat it nevertheless. Without this, a task
/// in doubt stays in doubt, whatever the attempt. The default value is false.
/// </param>
/// <param name="Parent">The task whose operation asks for this one; absent for a task of an engine.</param>
public sealed record TaskRequested(
    string TaskId,
    string Operation,
    int Version,
    string ReplyTo,
    JsonElement Inputs,
    int Attempt = 1,
    ProcessReference? Process = null,
    DateTimeOffset? Deadline = null,
    string? Tenant = null,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)] bool AfterDoubt = false,
    ParentTask? Parent = null
);
