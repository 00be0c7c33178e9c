using Integration.Contracts;
using Integration.Errors;
using Integration.Sdk;

namespace Integration.Testing;

/// <summary>Holds operations to the errors that they declare. One that declares none is not held to anything.</summary>
internal static class DeclaredErrors
{
    /// <exception cref="InvalidOperationException">The task ended with an error that its operation does not declare.</exception>
    public static void Check(IEnumerable<OperationDescription> operations, TaskAnswer answer)
    {
        var operation = operations.FirstOrDefault(one =>
            one.Name == answer.Request.Operation && one.Version == answer.Request.Version
        );
        if (operation is null or { Errors.Count: 0 } || ErrorOf(answer) is not { } error)
            return;
        // The error of a task that was asked for and given up is another operation's.
        if (operation.Asks.Count > 0 && answer.Failed is not null)
            return;
        var declared = operation.Errors.Concat(OperationDescription.CommonErrors);
        if (
            declared.Any(one =>
                one.Category == error.Category && (one.Code == error.Code || one.Code == RaisesAttribute.AnyCode)
            )
        )
            return;
        throw new InvalidOperationException(
            $"{operation.Name} ended with {RoutingKeys.Name(error.Category)} {error.Code}, which it does not declare. Put "
                + $"[Raises(ErrorCategory.{error.Category}, \"{error.Code}\", \"what happened\", \"what to do\")] on the class that "
                + $"makes the error, and [RaisesFrom(typeof(…))] for that class on {operation.Type.Name}. The message was: "
                + error.Message
        );
    }

    private static (ErrorCategory Category, string Code, string Message)? ErrorOf(TaskAnswer answer) =>
        answer switch
        {
            { Rejected.Error: { } error } => (ErrorCategory.Business, error.Code, error.Message),
            { Errored.Error: { } error } => (error.Category, error.Code, error.Message),
            { Failed.Error: { } error } => (error.Category, error.Code, error.Message),
            _ => null,
        };
}
