using System.Text.Json;

namespace Integration.Contracts;

/// <summary>
/// What an operation promises, as plain data: enough to ask for it, to check a process against it and to show it to a person,
/// without the service or its code at hand.
/// </summary>
/// <param name="Name">The name that tasks ask for, e.g. <c>s3.put-object</c>.</param>
/// <param name="Version">Major version.</param>
/// <param name="Effect"><c>read</c>, <c>idempotent</c> or <c>once</c>.</param>
/// <param name="Inputs">
/// JSON Schema (2020-12) of the inputs. <c>x-may-hold-secrets</c> marks a field in which <c>{{secrets.NAME}}</c> may stand, and
/// <c>x-checks</c> says what is checked besides that a schema cannot say.
/// </param>
/// <param name="Outputs">JSON Schema (2020-12) of the outputs.</param>
/// <param name="Errors">What it can end with, beside the errors that every operation can end with.</param>
/// <param name="Description">What it does, for a person, in Markdown.</param>
public sealed record OperationContract(
    string Name,
    int Version,
    string Effect,
    JsonElement Inputs,
    JsonElement Outputs,
    IReadOnlyList<DeclaredError> Errors,
    string? Description = null
)
{
    /// <summary>What it is called in a list, e.g. "Put object".</summary>
    public string? Title { get; init; }

    /// <summary>What else a process designer should know, in Markdown.</summary>
    public string? Remarks { get; init; }

    /// <summary>Address of a page for people.</summary>
    public string? Documentation { get; init; }

    /// <summary>How the effect of one call depends on its inputs, in Markdown. Null where it does not.</summary>
    public string? EffectOfInputs { get; init; }

    /// <summary>
    /// The pipe of its own that its tasks come through, <c>integration.&lt;service&gt;.&lt;pipe&gt;</c>. Null for the service's.
    /// </summary>
    public string? Pipe { get; init; }

    /// <summary>What a task says, and what the process gets. Null for none.</summary>
    public IReadOnlyList<OperationExample>? Examples { get; init; }
}

/// <summary>An error that an operation declares.</summary>
/// <param name="Category">Decides the default treatment.</param>
/// <param name="Code">E.g. <c>no-such-key</c>; <c>…</c> for a code that the task names.</param>
/// <param name="Meaning">What happened.</param>
/// <param name="Remedy">What to do about it.</param>
public sealed record DeclaredError(ErrorCategory Category, string Code, string Meaning, string Remedy);

/// <summary>An example of an operation.</summary>
/// <param name="Title">What it does, as a heading: "Look up an order".</param>
/// <param name="Inputs">What a task says.</param>
/// <param name="Outputs">
/// What the process gets. A <c>…</c> stands for what is different each time: a text <c>…</c> for any value, one inside of a
/// text for a part of it, and a property with this name for further properties.
/// </param>
/// <param name="Remark">What a reader has to know besides, in a sentence or two, in Markdown.</param>
public sealed record OperationExample(string Title, JsonElement Inputs, JsonElement Outputs, string? Remark = null);
