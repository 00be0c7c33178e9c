using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Integration.Contracts;

namespace Integration.Sdk;

/// <summary>How an operation fails: with one of the classes derived from this, never with a text alone.</summary>
[SuppressMessage("Design", "CA1032", Justification = "Category and code are what an error is made of.")]
public abstract class TaskErrorException : Exception
{
    private bool _effectUnknown;

    private protected TaskErrorException(
        ErrorCategory category,
        string code,
        string message,
        bool retryable,
        Exception? innerException
    )
        : base(message, innerException)
    {
        Category = category;
        Code = code;
        Retryable = retryable;
    }

    /// <summary>Decides the treatment.</summary>
    public ErrorCategory Category { get; }

    /// <summary>Kebab case, stable.</summary>
    public string Code { get; }

    /// <summary>Whether the same request can succeed later without anybody changing it.</summary>
    public bool Retryable { get; init; }

    /// <summary>Status by the connector convention; see <see cref="ErrorInfo.Status"/>.</summary>
    public int? Status { get; init; }

    /// <summary>How long the target asked to wait.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>What was called.</summary>
    public string? Target { get; init; }

    /// <summary>More for an operator. Never a secret.</summary>
    public JsonElement? Details { get; init; }

    /// <summary>
    /// True when the call may have had its effect although it failed: a timeout or a reset after the request was sent.
    /// For an operation with <see cref="Effect.Once"/> this turns the error into <c>in-doubt</c>. The default value is
    /// false: whoever throws a typed error knows what happened.
    /// </summary>
    public bool EffectUnknown
    {
        get => _effectUnknown;
        init => _effectUnknown = value;
    }

    /// <summary>
    /// True when the target works although the category says that it is out of reach or overloaded: the error is about one
    /// row that others hold, or one mailbox, and other tasks need not wait. The default value is false.
    /// </summary>
    public bool TargetWorks { get; init; }

    /// <summary>
    /// The same error of a call that was only a step, e.g. reading a file that was to be sent: whatever became of it, the
    /// operation had no effect by it.
    /// </summary>
    public TaskErrorException WithoutEffect() => With(effectUnknown: false);

    /// <summary>
    /// The same error of something else in the middle of a call, e.g. of the store that its answer could not be saved in: the
    /// error is right, and whether the call had its effect is not known any more.
    /// </summary>
    public TaskErrorException WithUnknownEffect() => With(effectUnknown: true);

    private TaskErrorException With(bool effectUnknown)
    {
        if (_effectUnknown == effectUnknown)
            return this;
        var copy = (TaskErrorException)MemberwiseClone();
        copy._effectUnknown = effectUnknown;
        return copy;
    }
}
