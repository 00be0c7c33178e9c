using System.Diagnostics.CodeAnalysis;

namespace Integration.Sdk;

/// <summary>
/// Ends the run of an operation that has asked and has no answer yet; it runs again from its beginning when the answer is
/// there. Let it pass: it is no error. It is an <see cref="OperationCanceledException"/>, so that a
/// <c>catch (Exception e) when (e is not OperationCanceledException)</c> does.
/// </summary>
[SuppressMessage("Design", "CA1032", Justification = "The SDK alone throws it.")]
public sealed class TaskWaitsException : OperationCanceledException
{
    internal TaskWaitsException(string step)
        : base($"The task waits for the answer to its step '{step}'.") { }
}
