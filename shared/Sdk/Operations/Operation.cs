using Integration.Errors;

namespace Integration.Sdk;

/// <summary>
/// One thing that a service can do. Everything else is derived from it: validation, schema, template, documentation.
/// A new instance, with its dependencies injected, is made for each task.
/// </summary>
/// <typeparam name="TInput">A record; what is not optional must be sent. Attributes of data annotations are checked.</typeparam>
/// <typeparam name="TOutput">A record.</typeparam>
/// <remarks>
/// It fails by throwing a <see cref="TaskErrorException"/>. Any other exception is classified:
/// see <see cref="ExceptionClassifier"/>.
/// </remarks>
public abstract class Operation<TInput, TOutput>
    where TInput : class
    where TOutput : class
{
    /// <summary>Executes the operation for one task.</summary>
    /// <param name="input">The inputs; they fit the record and its attributes.</param>
    /// <param name="task">The task.</param>
    /// <param name="cancellation">
    /// Signalled when the process withdraws the task, when its deadline passes or when the service is stopped the hard
    /// way. Pass it on to every call.
    /// </param>
    public abstract Task<TOutput> ExecuteAsync(TInput input, TaskContext task, CancellationToken cancellation);

    /// <summary>
    /// The effect of this very call, where it depends on the input (a GET reads, a POST does not). The default value is
    /// the one in <see cref="OperationAttribute"/>.
    /// </summary>
    public virtual Effect EffectOf(TInput input, Effect declared) => declared;

    /// <summary>
    /// The external system that this call goes to, e.g. <c>api.example.org:443</c>. Calls to one target share its limits, and
    /// wait while it is down: see <see cref="TargetOptions"/>. The default value is null: none.
    /// </summary>
    /// <exception cref="DataErrorException">The input does not fit.</exception>
    public virtual string? TargetOf(TInput input) => null;
}
