using System.Text.Json;
using Integration.Sdk;

namespace Integration.Rest.Request;

/// <summary>The business errors that a task declares.</summary>
internal static class DeclaredErrors
{
    /// <summary>Before anything is sent: a declaration that cannot work would show itself only after the call.</summary>
    public static void Check(IReadOnlyList<DeclaredError>? errors)
    {
        for (var i = 0; i < (errors?.Count ?? 0); i++)
        {
            var error = errors![i] ?? throw InvalidInput.At($"errors[{i}]", "is null.");
            if (error.Code.Length == 0)
                throw InvalidInput.At($"errors[{i}].code", "is empty. Name the BPMN error to raise.");
            if (error is { Status: null, When: null })
                throw InvalidInput.At($"errors[{i}]", "fits every answer. Set status, when, or both.");
            if (error.When is { } condition)
                Check(condition, $"errors[{i}].when");
        }
    }

    /// <summary>The first that fits; null when none does.</summary>
    public static BusinessErrorException? Find(IReadOnlyList<DeclaredError>? errors, int status, JsonElement? body)
    {
        var error = errors?.FirstOrDefault(one =>
            one.Status?.Contains(status) != false && (one.When is null || Holds(one.When, body))
        );
        return error is null
            ? null
            : new BusinessErrorException(
                error.Code,
                error.Message ?? $"The target answered {status}.",
                JsonSerializer.SerializeToElement(new ErrorData(status, body), OperationJson.Options)
            )
            {
                Status = status,
            };
    }

    private static void Check(AnswerCondition condition, string field)
    {
        if (!JsonPointer.IsValid(condition.Pointer))
            throw InvalidInput.At($"{field}.pointer", "is no JSON Pointer: write it like /error/code.");
        if (condition.Exists == false && condition.EqualTo.ValueKind != JsonValueKind.Undefined)
            throw InvalidInput.At(field, "says equals and that it must not exist. Keep one of them.");
    }

    private static bool Holds(AnswerCondition condition, JsonElement? body)
    {
        var found = body is { } root ? JsonPointer.Find(root, condition.Pointer) : null;
        if (condition.EqualTo.ValueKind != JsonValueKind.Undefined)
            return found is { } value && JsonElement.DeepEquals(value, condition.EqualTo);
        return found is not null == (condition.Exists ?? true);
    }

    private sealed record ErrorData(int Status, JsonElement? Body);
}
