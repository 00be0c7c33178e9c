using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Integration.Contracts;
using Integration.Errors;

namespace Integration.Sdk;

/// <summary>What the operation gets of a recorded answer.</summary>
internal static class AnswerReading
{
    // An inner operation may have more outputs than the asking one knows, and absent stands for null in what was written.
    private static readonly JsonSerializerOptions _outputs = new(OperationJson.Options)
    {
        RespectRequiredConstructorParameters = false,
        RespectNullableAnnotations = false,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Skip,
    };

    /// <summary>The outputs of an inner task that was completed.</summary>
    /// <exception cref="TaskErrorException">It was not.</exception>
    public static JsonElement OutputsOf(AskedTask asked) =>
        asked.State switch
        {
            AskedState.Completed => Read(asked, ContractJson.Default.TaskCompleted).Outputs,
            AskedState.Rejected => throw new InnerTaskRejectedException(
                asked,
                Read(asked, ContractJson.Default.TaskRejected).Error
            ),
            AskedState.Failed => throw new InnerTaskFailedException(
                asked,
                Read(asked, ContractJson.Default.TaskFailed)
            ),
            AskedState.Unusable => throw AnswerErrors.Of(
                Read(asked, ContractJson.Default.ErrorInfo),
                $"The answer to step '{asked.Step}' ({asked.Operation}, task {asked.InnerId}) cannot be taken."
            ),
            _ => throw new InvalidOperationException($"Step '{asked.Step}' has no answer."),
        };

    /// <summary>The outputs as the record that the operation wants.</summary>
    /// <exception cref="DataErrorException">They do not fit.</exception>
    public static T Fit<T>(JsonElement outputs, string step, string operation)
    {
        try
        {
            return outputs.Deserialize<T>(_outputs) ?? throw new JsonException("It is null.");
        }
        catch (JsonException e)
        {
            throw new DataErrorException(
                Questions.UnexpectedAnswer,
                $"The outputs of step '{step}' ({operation}) do not fit {typeof(T).Name}: {e.Message}",
                e
            );
        }
    }

    // It is recorded as its service wrote it, so it is read as it was when it was taken.
    private static T Read<T>(AskedTask asked, JsonTypeInfo<T> json) =>
        JsonSerializer.Deserialize(asked.Answer, ContractReading.Of(json))
        ?? throw new InvalidOperationException($"Step '{asked.Step}' has an empty answer.");
}
