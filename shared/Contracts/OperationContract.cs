using System.Text.Json;

namespace Integration.Contracts;

/// <summary>
/// What an operation promises, as plain data: enough to ask for it, to check a process against it and to show it to a person,
/// without the service or its code at hand.
/// </summary>
/// <param name="Name">E.g. <c>s3.put-object</c>.</param>
/// <param name="Version">Major version.</param>
/// <param name="Effect"><c>read</c>, <c>idempotent</c> or <c>once</c>.</param>
/// <param name="Inputs">JSON Schema (2020-12) of the inputs.</param>
/// <param name="Outputs">JSON Schema (2020-12) of the outputs.</param>
/// <param name="Errors">What it can end with, beside the errors that every operation can end with.</param>
/// <param name="Description">What it does, for a person.</param>
public sealed record OperationContract(
    string Name,
    int Version,
    string Effect,
    JsonElement Inputs,
    JsonElement Outputs,
    IReadOnlyList<DeclaredError> Errors,
    string? Description = null
);

/// <summary>An error that an operation declares.</summary>
/// <param name="Category">Decides the default treatment.</param>
/// <param name="Code">E.g. <c>no-such-key</c>; <c>…</c> for a code that the task names.</param>
/// <param name="Meaning">What happened.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record DeclaredError(ErrorCategory Category, string Code, string Meaning, string Remedy);
