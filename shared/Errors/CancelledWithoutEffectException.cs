using System.Diagnostics.CodeAnalysis;

namespace Integration.Errors;

/// <summary>
/// An operation was cancelled and knows that its call had no effect, e.g. because its transaction was undone. Thrown in
/// the place of a plain <see cref="OperationCanceledException"/>, it keeps a call with the effect <c>Once</c> from
/// being in doubt.
/// </summary>
/// <param name="cause">The plain one.</param>
[SuppressMessage("Design", "CA1032", Justification = "It stands for the one that it was made of.")]
public sealed class CancelledWithoutEffectException(OperationCanceledException cause)
    : OperationCanceledException(cause.Message, cause, cause.CancellationToken);
