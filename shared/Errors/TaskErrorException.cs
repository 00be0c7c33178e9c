using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Integration.Contracts;

namespace Integration.Errors;

/// <summary>
/// How an operation fails: with one of the classes derived from this, never with a text alone. Where the category is a value, as in a
/// table of statuses, <see cref="Of"/> makes the right one.
/// </summary>
[SuppressMessage("Design", "CA1032", Justification = "Category and code are what an error is made of.")]
public abstract class TaskErrorException : Exception
{
    private readonly bool _retryableByCategory;
    private ErrorFacts _facts;

    /// <summary>Derived classes set what is the same for all of their errors.</summary>
    /// <param name="category">Decides the treatment.</param>
    /// <param name="code">Kebab case, stable, e.g. <c>not-found</c>.</param>
    /// <param name="message">One sentence for an operator: what, where, and the way out. Never a secret.</param>
    /// <param name="retryable">Whether errors of this class can succeed later unchanged.</param>
    /// <param name="innerException">What caused it; logged, not sent.</param>
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
        _retryableByCategory = retryable;
    }

    /// <summary>Decides the treatment.</summary>
    public ErrorCategory Category { get; }

    /// <summary>Kebab case, stable.</summary>
    public string Code { get; }

    /// <summary>Whether the same request can succeed later without a change. The default value depends on the category.</summary>
    public bool Retryable
    {
        get => _facts.Retryable ?? _retryableByCategory;
        init => _facts = _facts with { Retryable = value };
    }

    /// <summary>Status by the connector convention; see <see cref="ErrorInfo.Status"/>.</summary>
    public int? Status
    {
        get => _facts.Status;
        init => _facts = _facts with { Status = value };
    }

    /// <summary>How long the target asked to wait.</summary>
    public TimeSpan? RetryAfter
    {
        get => _facts.RetryAfter;
        init => _facts = _facts with { RetryAfter = value };
    }

    /// <summary>The external system that was called, as host and port.</summary>
    public string? Target
    {
        get => _facts.Target;
        init => _facts = _facts with { Target = value };
    }

    /// <summary>More for an operator. Never a secret.</summary>
    public JsonElement? Details
    {
        get => _facts.Details;
        init => _facts = _facts with { Details = value };
    }

    /// <summary>
    /// True when the call may have had its effect although it failed: a timeout or a reset after the request was sent.
    /// For an operation with the effect <c>Once</c> this turns the error into <c>in-doubt</c>. The default value is
    /// false: code that throws a typed error knows what happened.
    /// </summary>
    public bool EffectUnknown
    {
        get => _facts.EffectUnknown;
        init => _facts = _facts with { EffectUnknown = value };
    }

    /// <summary>
    /// True when the target works although the category says that it is out of reach or overloaded: the error is about one
    /// row that others hold, or one mailbox, and other tasks need not wait. The default value is false.
    /// </summary>
    public bool TargetWorks
    {
        get => _facts.TargetWorks;
        init => _facts = _facts with { TargetWorks = value };
    }

    /// <summary>The error of a category that is a value.</summary>
    /// <param name="category">Decides class and treatment.</param>
    /// <param name="code">Kebab case, stable, e.g. <c>not-found</c>.</param>
    /// <param name="message">One sentence for an operator: what, where, and the way out. Never a secret.</param>
    /// <param name="innerException">What caused it; logged, not sent.</param>
    /// <param name="facts">What else is known. The default value adds nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">The category is none of the contract.</exception>
    public static TaskErrorException Of(
        ErrorCategory category,
        string code,
        string message,
        Exception? innerException = null,
        ErrorFacts facts = default
    )
    {
        TaskErrorException error = category switch
        {
            ErrorCategory.Connectivity => new ConnectivityErrorException(code, message, innerException),
            ErrorCategory.Access => new AccessErrorException(code, message, innerException),
            ErrorCategory.Data => new DataErrorException(code, message, innerException),
            ErrorCategory.Volumetric => new VolumetricErrorException(code, message, innerException),
            ErrorCategory.Business => new BusinessErrorException(code, message, facts.Details),
            ErrorCategory.InDoubt => new InDoubtErrorException(code, message, innerException),
            ErrorCategory.Internal => new InternalErrorException(code, message, innerException),
            _ => throw new ArgumentOutOfRangeException(nameof(category), category, "No category of the contract."),
        };
        error._facts = facts;
        return error;
    }

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
        if (EffectUnknown == effectUnknown)
            return this;
        var copy = (TaskErrorException)MemberwiseClone();
        copy._facts = _facts with { EffectUnknown = effectUnknown };
        return copy;
    }
}
