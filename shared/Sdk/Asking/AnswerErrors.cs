using Integration.Contracts;

namespace Integration.Sdk;

/// <summary>Messages that cannot be sent or taken, as errors of the task that asks.</summary>
internal static class AnswerErrors
{
    /// <summary>The reader's error about a message of a step.</summary>
    public static TaskErrorException Of(ErrorInfo unreadable, string what)
    {
        var message = $"{what} {unreadable.Message}";
        return unreadable.Category == ErrorCategory.Volumetric
            ? new VolumetricErrorException(unreadable.Code, message)
            : new DataErrorException(unreadable.Code, message);
    }
}
