using System.Text.Json;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Rest.Request;

/// <summary>The business errors that a task declares.</summary>
[Raises(
    ErrorCategory.Business,
    RaisesAttribute.AnyCode,
    "The answer is one that the task declares in `errors`, which names the code.",
    "Catch it with a boundary event."
)]
internal static class DeclaredErrors
{
    public static void Check(IReadOnlyList<DeclaredError>? errors)
    {
        for (var i = 0; i < (errors?.Count ?? 0); i++)
        {
            var error = errors![i] ?? throw InvalidInput.At($"errors[{i}]", "is null.");
            if (error.Code.Length == 0)
                throw InvalidInput.At($"errors[{i}].code", "is empty. Name the BPMN error to raise.");
            AnswerConditions.Check(error.Status, error.When, $"errors[{i}]");
        }
    }

    /// <summary>The first that fits; null when none does.</summary>
    public static BusinessErrorException? Find(
        IReadOnlyList<DeclaredError>? errors,
        int status,
        AnswerContent content
    ) =>
        errors?.FirstOrDefault(one => AnswerConditions.Hold(one.Status, one.When, status, content)) is { } error
            ? new BusinessErrorException(
                error.Code,
                error.Message ?? $"The target answered {status}.",
                JsonSerializer.SerializeToElement(new ErrorData(status, content.Body), OperationJson.Options)
            )
            {
                Status = status,
            }
            : null;

    private sealed record ErrorData(int Status, JsonElement? Body);
}
