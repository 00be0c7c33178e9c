using Integration.Contracts;
using Integration.Errors;

namespace Integration.Sdk;

/// <summary>Messages that cannot be sent or taken, as errors of the task that asks.</summary>
internal static class AnswerErrors
{
    /// <summary>The reader's error about a message of a step.</summary>
    public static TaskErrorException Of(ErrorInfo unreadable, string what) =>
        TaskErrorException.Of(unreadable.Category, unreadable.Code, $"{what} {unreadable.Message}");
}
