using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.OpenApi;

namespace Integration.Hosting;

/// <summary>The OpenAPI document of a service, written from its routes.</summary>
public static class ApiDescription
{
    /// <summary>Where it is.</summary>
    public const string Route = "/openapi/v1.json";

    internal static void AddApiDescription(this WebApplicationBuilder builder) =>
        builder.Services.AddOpenApi(openApi =>
        {
            openApi.OpenApiVersion = OpenApiSpecVersion.OpenApi3_1;
            openApi.AddDocumentTransformer<DocumentDescription>();
            openApi.AddOperationTransformer<RouteDescription>();
            openApi.AddSchemaTransformer<TypeDescription>();
        });

    internal static void MapApiDescription(this WebApplication app) =>
        app.MapOpenApi(Route).WithMetadata(new DescriptionRoute()).For(ApiRole.Viewer);
}

/// <summary>Marks the route of the description, which is none of the API's own.</summary>
internal sealed class DescriptionRoute;
