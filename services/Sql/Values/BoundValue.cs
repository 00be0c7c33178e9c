using System.Text.Json;
using Integration.Contracts;
using Integration.Sql.Statements;

namespace Integration.Sql.Values;

/// <summary>A value of a task for a parameter of a statement.</summary>
/// <param name="Type">What it must be.</param>
/// <param name="Json">Null for the database's null.</param>
/// <param name="Field">Where it stands in the inputs, for messages.</param>
internal sealed record BoundValue(ParameterType Type, JsonElement? Json, string Field)
{
    /// <summary>Set when the value is the content of a file; it is opened when the statement is run.</summary>
    public FileReference? File { get; init; }
}
