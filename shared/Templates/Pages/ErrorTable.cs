using Integration.Contracts;
using Integration.Errors;

namespace Integration.Templates;

/// <summary>Errors with what they mean and what to do, by category.</summary>
public static class ErrorTable
{
    private static readonly ErrorCategory[] _order =
    [
        ErrorCategory.Business,
        ErrorCategory.Data,
        ErrorCategory.Access,
        ErrorCategory.Connectivity,
        ErrorCategory.Volumetric,
        ErrorCategory.InDoubt,
        ErrorCategory.Internal,
    ];

    /// <summary>The table; each code and category once.</summary>
    public static string Of(IEnumerable<DeclaredError> errors) =>
        Markdown.Table(
            ["category", "code", "what happened", "what to do"],
            errors
                .DistinctBy(error => (error.Category, error.Code))
                .OrderBy(error => Array.IndexOf(_order, error.Category))
                .Select(error =>
                    (string[])
                        [
                            $"`{RoutingKeys.Name(error.Category)}`",
                            error.Code == RaisesAttribute.AnyCode ? "*any*" : $"`{error.Code}`",
                            error.Meaning,
                            error.Remedy,
                        ]
                )
        );
}
