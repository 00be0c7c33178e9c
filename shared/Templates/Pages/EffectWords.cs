using Integration.Contracts;

namespace Integration.Templates;

/// <summary>What an effect means for whoever operates or designs a process.</summary>
internal static class EffectWords
{
    public static string InATable(OperationContract operation, string folder) =>
        operation.EffectOfInputs is null
            ? operation.Effect
            : $"{operation.Effect} unless [its inputs say otherwise]({folder}{OperationPage.Name(operation)}#when-the-answer-is-lost)";

    public static string WhenTheAnswerIsLost(OperationContract operation)
    {
        var words = operation.Effect switch
        {
            "read" => "The operation only reads. When the answer is lost, the call is repeated.",
            "idempotent" => "A second call has no second effect. When the answer is lost, the call is repeated.",
            _ =>
                "The call must not have its effect twice. When the answer is lost, and nobody knows whether the call arrived, it is "
                    + "**not** repeated: the task ends `in-doubt` (`outcome-unknown`), and an operator decides. What is known to have "
                    + "had no effect is retried as usual.",
        };
        return operation.EffectOfInputs is null ? words : $"{words}\n\n{operation.EffectOfInputs}";
    }
}
