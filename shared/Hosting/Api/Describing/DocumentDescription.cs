using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Integration.Hosting;

/// <summary>What holds for a whole API: its name, how callers show who they are, and the answers that every route may give.</summary>
internal sealed class DocumentDescription(ServiceDescription service) : IOpenApiDocumentTransformer
{
    /// <summary>Name of the security scheme.</summary>
    public const string Bearer = "bearer";

    /// <summary>The only version so far; what is added does not change it.</summary>
    private const string Version = "1";

    public async Task TransformAsync(
        OpenApiDocument document,
        OpenApiDocumentTransformerContext context,
        CancellationToken cancellationToken
    )
    {
        document.Info = new OpenApiInfo
        {
            Title = service.Name,
            Version = Version,
            Description =
                "Errors are problem details (RFC 9457): 'detail' says what to do instead, 'field' names what is wrong. Fields and "
                + "parameters that are not listed are refused.",
        };
        // Where it is called is the caller's matter, and not the same for any two.
        document.Servers?.Clear();
        // They would be called after classes of ours.
        document.Tags = null;
        document.AddComponent(
            Bearer,
            new OpenApiSecurityScheme
            {
                Type = SecuritySchemeType.Http,
                Scheme = "bearer",
                Description =
                    $"An API token ('{ApiTokenText.Prefix}…') of this service, or a JWT of the provider that it is configured with.",
            }
        );
        document.AddComponent(
            nameof(ProblemDetails),
            await context.GetOrCreateSchemaAsync(typeof(ProblemDetails), cancellationToken: cancellationToken)
        );
        foreach (var answer in CommonAnswer.All)
            document.AddComponent(
                answer.Name,
                new OpenApiResponse
                {
                    Description = answer.Meaning,
                    Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                    {
                        ["application/problem+json"] = new()
                        {
                            Schema = new OpenApiSchemaReference(nameof(ProblemDetails), document),
                        },
                    },
                }
            );
    }
}
