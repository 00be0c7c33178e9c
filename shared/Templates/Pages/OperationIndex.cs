using Integration.Contracts;

namespace Integration.Templates;

/// <summary>The operations of a service as a table that leads to their pages.</summary>
public static class OperationIndex
{
    /// <summary>The table.</summary>
    /// <param name="operations">Of one service.</param>
    /// <param name="folder">From the page that the table stands in to the pages, e.g. <c>operations/</c>; empty for the same folder.</param>
    public static string Of(IEnumerable<OperationContract> operations, string folder) =>
        Markdown.Table(
            ["operation", "what it does", "effect"],
            operations.Select(operation =>
                (string[])
                    [
                        $"[{operation.Name}]({folder}{OperationPage.Name(operation)})",
                        operation.Description ?? "",
                        EffectWords.InATable(operation, folder),
                    ]
            )
        );
}
