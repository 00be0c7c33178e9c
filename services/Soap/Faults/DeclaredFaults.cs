using System.Text.Json;
using System.Text.Json.Nodes;
using Integration.Contracts;
using Integration.Errors;
using Integration.Sdk;
using Integration.Soap.Mapping;
using Integration.Soap.Wsdl;

namespace Integration.Soap.Faults;

/// <summary>The business errors that a task declares.</summary>
[Raises(
    ErrorCategory.Business,
    RaisesAttribute.AnyCode,
    "The service answered with a fault that `errors` declares.",
    "Catch it with a boundary event; its data is the fault."
)]
internal static class DeclaredFaults
{
    /// <summary>Before anything is sent: a declaration that cannot work would show itself only after the call.</summary>
    public static void Check(IReadOnlyList<DeclaredFault>? errors, WsdlOperation operation)
    {
        for (var i = 0; i < (errors?.Count ?? 0); i++)
        {
            var error = errors![i] ?? throw InvalidInput.At($"errors[{i}]", "is null.");
            if (error.Code.Length == 0)
                throw InvalidInput.At($"errors[{i}].code", "is empty. Name the BPMN error to raise.");
            if (error is { Fault: null, FaultCode: null, When: null })
                throw InvalidInput.At(
                    $"errors[{i}]",
                    "fits every fault. Set fault, faultCode, when, or several of them."
                );
            if (error.Fault is { } fault && !fault.StartsWith('{') && operation.Faults.Count == 0)
                throw InvalidInput.At(
                    $"errors[{i}].fault",
                    $"is '{fault}', but the WSDL declares no fault of {operation.Name}. Write the element of the detail with its namespace, "
                        + "as {urn:orders}Locked, or use faultCode."
                );
            if (error.When is { } condition)
                Check(condition, $"errors[{i}].when");
        }
    }

    /// <summary>The first that fits; null when none does.</summary>
    public static BusinessErrorException? Find(IReadOnlyList<DeclaredFault>? errors, SoapFault fault, int status)
    {
        if (errors is not { Count: > 0 })
            return null;
        var view = FaultView.Of(fault);
        var error = errors.FirstOrDefault(one => Fits(one, fault, view));
        return error is null
            ? null
            : new BusinessErrorException(
                error.Code,
                error.Message
                    ?? (fault.Reason.Length > 0 ? fault.Reason : $"The service answered with {fault.Code.Name}."),
                view
            )
            {
                Status = status,
            };
    }

    private static void Check(FaultCondition condition, string field)
    {
        if (!JsonPointer.IsValid(condition.Pointer))
            throw InvalidInput.At($"{field}.pointer", "is no JSON Pointer: write it like /OrderFault/code.");
        if (condition.Exists == false && condition.EqualTo.ValueKind != JsonValueKind.Undefined)
            throw InvalidInput.At(field, "says equals and that it must not exist. Keep one of them.");
    }

    private static bool Fits(DeclaredFault error, SoapFault fault, JsonElement view) =>
        (
            error.Fault is null
            || fault.Details.Any(detail =>
                detail.Faults.Contains(error.Fault) || (Says(detail) && FaultNames.Is(error.Fault, detail.Element))
            )
        )
        && (
            error.FaultCode is null
            || fault.Subcodes.Prepend(fault.Code).Any(code => FaultNames.Is(error.FaultCode, code))
        )
        && (error.When is null || Holds(error.When, view));

    // An empty element that the WSDL declares with content is no such fault.
    private static bool Says(SoapFaultDetail detail) => detail.Content is not (null or JsonObject { Count: 0 });

    private static bool Holds(FaultCondition condition, JsonElement view)
    {
        var found = view.TryGetProperty("detail", out var detail) ? JsonPointer.Find(detail, condition.Pointer) : null;
        if (condition.EqualTo.ValueKind != JsonValueKind.Undefined)
            return found is { } value && JsonElement.DeepEquals(value, condition.EqualTo);
        return found is not null == (condition.Exists ?? true);
    }
}
