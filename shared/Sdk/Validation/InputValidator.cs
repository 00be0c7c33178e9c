using System.Text.Json;
using Integration.Contracts;

namespace Integration.Sdk;

/// <summary>
/// Checks inputs by the contract of an operation, without a class: for operations that are data. It comes to the same verdict as the
/// reader of a class with this contract, and says it in the same words. Made once per operation; a check compiles nothing, and inputs
/// that fit cost no memory. Safe to use from several threads.
/// </summary>
public sealed class InputValidator
{
    private readonly SchemaNode _inputs;
    private readonly SecretPlaces _secrets;

    private InputValidator(SchemaNode inputs, SecretPlaces secrets) => (_inputs, _secrets) = (inputs, secrets);

    /// <summary>Compiles the schema of its inputs.</summary>
    /// <exception cref="ArgumentException">
    /// The schema has a keyword that would not be checked, or a value that its keyword cannot have; the message names the place.
    /// </exception>
    public static InputValidator Of(OperationContract contract)
    {
        ArgumentNullException.ThrowIfNull(contract);
        return new InputValidator(
            new SchemaCompiler(contract.Inputs, contract.Name).Compile(),
            new SecretPlaces(FieldsWithSecrets(contract.Inputs))
        );
    }

    /// <summary>What is wrong with the inputs, by field; null when they fit.</summary>
    public string? Check(JsonElement inputs)
    {
        if (_secrets.Problem(inputs) is { } misplaced)
            return misplaced;
        if (inputs.ValueKind == JsonValueKind.Null)
            return "inputs is null; send an object.";
        List<InputFault>? broken = null;
        if (_inputs.Check(inputs, ref broken) is { } fault)
            return fault.In("inputs");
        return broken is null ? null : string.Join(" ", broken.Select(one => one.In("inputs")));
    }

    private static IEnumerable<string> FieldsWithSecrets(JsonElement schema) =>
        schema.TryGetProperty("properties", out var fields)
            ? fields
                .EnumerateObject()
                .Where(field =>
                    field.Value.ValueKind == JsonValueKind.Object
                    && field.Value.TryGetProperty(SchemaForms.Secrets, out var may)
                    && may.ValueKind == JsonValueKind.True
                )
                .Select(field => field.Name)
            : [];
}
