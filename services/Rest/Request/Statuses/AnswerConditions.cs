using System.Text.Json;
using Integration.Errors;
using Integration.Sdk;

namespace Integration.Rest.Request;

/// <summary>Which answers an entry of <c>errors</c> or <c>failures</c> is about.</summary>
internal static class AnswerConditions
{
    /// <summary>Before anything is sent: a declaration that cannot work would show itself only after the call.</summary>
    public static void Check(StatusRange? status, AnswerCondition? when, string field)
    {
        if (status is null && when is null)
            throw InvalidInput.At(field, "fits every answer. Set status, when, or both.");
        if (when is null)
            return;
        if (!JsonPointer.IsValid(when.Pointer))
            throw InvalidInput.At($"{field}.when.pointer", "is no JSON Pointer: write it like /error/code.");
        if (when.Exists == false && when.EqualTo.ValueKind != JsonValueKind.Undefined)
            throw InvalidInput.At($"{field}.when", "says equals and that it must not exist. Keep one of them.");
    }

    /// <summary>Nothing holds of what an answer says when it cannot be read.</summary>
    public static bool Hold(StatusRange? statuses, AnswerCondition? when, int status, AnswerContent content) =>
        statuses?.Contains(status) != false && (when is null || (content.Problem is null && Holds(when, content.Body)));

    private static bool Holds(AnswerCondition condition, JsonElement? body)
    {
        var found = body is { } root ? JsonPointer.Find(root, condition.Pointer) : null;
        if (condition.EqualTo.ValueKind != JsonValueKind.Undefined)
            return found is { } value && JsonElement.DeepEquals(value, condition.EqualTo);
        return found is not null == (condition.Exists ?? true);
    }
}
